"""Bytes as they are read: decompressed, in UTF-8, line by line, and never more of them than a limit allows.

The limits, in bytes: a line, a row or a text may have 64 MB, a page or feed 20 MB. A compressed file of more
than 64 MB may not unfold to more than 200 times its size.
"""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg.articles.encodings import UTF_8, find_encoding
from kg.errors import ArticleError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "LONGEST_DOCUMENT",
    "LONGEST_LINE",
    "Content",
    "limit",
    "open_content",
    "read_lines",
    "recode",
]

HEAD = 65_536  # bytes by which the format and the encoding are known
CHUNK = 65_536
LONGEST_LINE = 64_000_000
LONGEST_DOCUMENT = 20_000_000
RATIO = 200  # text that repeats itself a lot shrinks to a hundredth, a bomb to a thousandth and less
MORSEL = 1024  # bytes of Zstandard data unfolded at once: 4 of them may give 128 kB
TRUNCATED = "truncated: the compressed data end too early"
GZIP, ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class Content(io.RawIOBase):
    """Chunks of bytes as a file to read."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """That it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """The number of bytes read into the buffer, 0 at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        room = memoryview(buffer).cast("B")
        size = min(len(room), len(self._left))
        room[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def open_content(file: BinaryIO) -> tuple[bytes, Iterator[bytes]]:
    """How a file starts, decompressed, and all of its chunks with that start.

    The chunks raise ArticleError where compressed data are broken, cut off, or a bomb.
    """
    return _split_head(_decompress(*_split_head(_chunks(file))))


def recode(
    where: str, head: bytes, chunks: Iterator[bytes], declared: str | None = None
) -> tuple[bytes, Iterator[bytes]]:
    """The same text in UTF-8, without a byte order mark."""
    encoding = find_encoding(where, head, declared)
    return _split_head(_drop_mark(chunks) if encoding == UTF_8 else _encode(chunks, encoding))


def limit(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The chunks. Raises: ArticleError where they are more than `size` bytes."""
    given = 0
    for chunk in chunks:
        given += len(chunk)
        if given > size:
            raise ArticleError(f"longer than {size // 1_000_000} MB")
        yield chunk


def read_lines(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """The lines with their ends; `None` in the place of one that is longer than `LONGEST_LINE`."""
    content = io.BufferedReader(Content(chunks), CHUNK)
    while line := content.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := content.readline(CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield None


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _split_head(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, and all chunks; an error after the first bytes stays where it is."""
    head = bytearray()
    broken: list[ArticleError] = []
    try:
        while len(head) < HEAD and (chunk := next(chunks, None)) is not None:
            head += chunk
    except ArticleError as error:
        broken.append(error)

    def whole() -> Iterator[bytes]:
        yield bytes(head)
        for error in broken:
            raise error
        yield from chunks

    return bytes(head[:HEAD]), whole()


def _decompress(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    unfold = (
        _unfold_gzip if head.startswith(GZIP) else _unfold_zstandard if head.startswith(ZSTANDARD) else None
    )
    if unfold is None:
        yield from chunks
        return
    taken = given = 0

    def count() -> Iterator[bytes]:
        nonlocal taken
        for chunk in chunks:
            taken += len(chunk)
            yield chunk

    for piece in unfold(count()):
        given += len(piece)
        if given > max(LONGEST_LINE, RATIO * taken):
            raise ArticleError(f"a compressed file that unfolds to more than {RATIO} times its size")
        yield piece


def _unfold_gzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BufferedReader(Content(chunks), CHUNK)) as file:
        try:
            while piece := file.read1(CHUNK):
                yield piece
        except EOFError:
            raise ArticleError(TRUNCATED) from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise ArticleError(f"broken gzip data: {error}") from None


def _unfold_zstandard(chunks: Iterator[bytes]) -> Iterator[bytes]:
    from zstandard import ZstdDecompressor, ZstdError  # noqa: PLC0415  (few files need it)

    frame = ZstdDecompressor().decompressobj()
    for chunk in chunks:
        for start in range(0, len(chunk), MORSEL):
            morsel = chunk[start : start + MORSEL]
            try:
                while morsel:
                    frame = ZstdDecompressor().decompressobj() if frame.eof else frame
                    yield frame.decompress(morsel)
                    morsel = frame.unused_data
            except ZstdError as error:
                raise ArticleError(f"broken Zstandard data: {error}") from None
    if not frame.eof:
        raise ArticleError(TRUNCATED)


def _drop_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield next(chunks, b"").removeprefix(codecs.BOM_UTF8)
    yield from chunks


def _encode(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise ArticleError(f"not {encoding}: {error}") from None
