"""What the tests of articles share: a sentence, files, and what is read of them."""

import gzip

import zstandard

from kg.articles import Failure, read_articles

SENTENCE = "Franța a mulțumit Italiei pentru ajutor."
PACKED = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}


def read(*paths, **options):
    return list(read_articles(paths, **options))


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only_failure(items):
    assert len(items) == 1
    assert isinstance(items[0], Failure)
    return items[0]
