"""What may be given anything at all: run by atheris, guided by what of the code an input reaches.

    python tests/fuzz/targets.py TARGET [options of libFuzzer]

A target returns, whatever the bytes: the errors that it is documented to raise are caught in it, any other
is a finding, with the input that leads to it in the working folder.
"""

import gzip
import io
import logging
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

import atheris
import pyarrow
import zstandard
from pyarrow.parquet import write_table

with atheris.instrument_imports(include=["kg"]):
    from kg import lexicon, score
    from kg.articles import Failure, scan_articles
    from kg.articles.places import SUFFIXES
    from kg.errors import ArticleError, LexiconError
    from kg.model import Article

SHIPPED = lexicon.LANGUAGES / "en"
FRAMES = "frames/verbal_conflict.toml"
PARTS = ("language.toml", "cues.toml", "classes.toml", "time.toml", "numbers.toml", FRAMES)


def read_article(folder: Path, suffix: str, content: bytes) -> None:
    path = folder / f"a{suffix}"
    path.write_bytes(content)
    items = [item for _, item in scan_articles([path])]
    assert items
    assert all(isinstance(item, Article | Failure) for item in items)


def load_lexicon(folder: Path, content: bytes) -> None:
    """A shipped language with one line replaced: the first byte says of which file, the next two which."""
    language = folder / "en"
    if not language.exists():
        shutil.copytree(SHIPPED, language)
    number, line, replacement = (*content[:1], 0)[0], int.from_bytes(content[1:3]), content[3:]
    part = PARTS[number % len(PARTS)]
    lines = (SHIPPED / part).read_bytes().split(b"\n")
    lines[line % len(lines)] = replacement
    (language / part).write_bytes(b"\n".join(lines))
    lexicon.LANGUAGES = folder
    lexicon._load.cache_clear()
    with suppress(LexiconError):
        lexicon.load_lexicon("en")
    (language / part).write_bytes((SHIPPED / part).read_bytes())


def read_statements(folder: Path, content: bytes) -> None:
    path = folder / "statements.jsonl"
    path.write_bytes(content)
    with suppress(ArticleError):
        score.score([], score.read_rows(path, ("article", "source", "target", "event_type")))


def parquet() -> bytes:
    out = io.BytesIO()
    write_table(pyarrow.table({"id": ["a"], "text": ["Rusia"]}), out)
    return out.getvalue()


ROW = b'{"id": "a", "text": "Rusia", "lang": "ro", "published": "2025-06"}'
STATEMENT = b'{"article": "a", "source": "RUS", "target": "PRK", "event_type": "AID", "status": "planned"}'
ITEM = (
    b"<item><guid>a</guid><pubDate>17 Jun 2025 10:00 Z</pubDate><description>&lt;p>Rusia</description></item>"
)
ENTRY = b'<entry><id>a</id><content type="xhtml"><p>Rusia</p></content></entry>'
PAGE = b'<html lang="ro"><head><title>T</title><meta property="og:title" content="T">'
SEEDS = {
    "articles.txt": [b" date 2025-06\ntitle: T\nRusia"],
    "articles.jsonl": [ROW],
    "articles.csv": [b'id,text,lang\na,"Rusia\n""b""",ro\n'],
    "articles.parquet": [parquet()],
    "articles.html": [PAGE + b"<body><p>Publicat: 17 iunie 2025</p><article><p>Rusia.</p></article>"],
    "articles.xml": [
        b"<rss><channel><title>T</title>" + ITEM + b"</channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom">' + ENTRY + b"</feed>",
    ],
    "articles.gz": [gzip.compress(ROW)],
    "articles.zst": [zstandard.compress(ROW)],
    "lexicon": [bytes([number, 0, 3]) + b'a = ["b", 1]' for number in range(len(PARTS))],
    "statements": [STATEMENT],
}
TARGETS = {
    f"articles{suffix}": partial(read_article, suffix=suffix) for suffix in ("", *SUFFIXES, ".gz", ".zst")
}
TARGETS |= {"lexicon": load_lexicon, "statements": read_statements}


def write_seeds(name: str, folder: Path) -> None:
    """The inputs that a run starts from."""
    seeds = SEEDS.get(name, [*SEEDS["articles.jsonl"], *SEEDS["articles.html"], *SEEDS["articles.xml"]])
    for number, seed in enumerate(seeds):
        (folder / str(number)).write_bytes(seed)


def main() -> None:
    name = sys.argv.pop(1)
    logging.disable()
    with tempfile.TemporaryDirectory() as seeds, tempfile.TemporaryDirectory() as folder:
        write_seeds(name, Path(seeds))
        atheris.Setup(
            [*sys.argv, "-max_len=4096", seeds], lambda content: TARGETS[name](Path(folder), content=content)
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
