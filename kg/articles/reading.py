"""Paths → articles: what each file holds, read by the reader of its kind."""

import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.articles.feeds import read_feed
from kg.articles.fields import HTML, Failure, safe_id
from kg.articles.identity import Place, other_ids, short_digest
from kg.articles.pages import read_page
from kg.articles.places import SUFFIXES, find_files, locate, split_name
from kg.articles.streams import LONGEST_DOCUMENT, LONGEST_LINE, limit, open_content, recode
from kg.articles.tables import read_csv, read_json_lines, read_parquet
from kg.articles.text import parse_text
from kg.errors import ArticleError
from kg.language import resolve_language
from kg.model import Article

__all__ = ["count_articles", "read_articles", "scan_articles"]

STDIN, INPUT = "-", "standard input"
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
FEED = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF)\b")
RECORDS = {"json lines": read_json_lines, "csv": read_csv, "feed": read_feed}
MEDIA_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/csv": ".csv",
}
Found = Iterator[tuple[Place, Article | Failure]]


def read_articles(
    paths: Iterable[str | Path], *, language: str | None = None, allow_private: bool = False
) -> Iterator[Article | Failure]:
    """The articles of paths in order, with a `Failure` in the place of a bad one.

    A path is a file, a folder, a pattern, an address, or `-` for standard input: `scan_articles`. The id is
    that of a row, and a second row with the same is a failure; else the file's stem or, where that is taken,
    as much of its path as tells it from the others. A file that is given twice is read once. `language` wins
    over what an article says; each comes out with one.
    """
    taken: dict[str, tuple[str, str, int]] = {}
    for place, read in scan_articles(paths, allow_private=allow_private):
        if isinstance(read, Failure):
            yield read
            continue
        content = hash(read)
        for id_ in (read.id, *other_ids(read.id, place)):
            where, key, before = taken.setdefault(id_, (place, place.key, content))
            if where is place:
                try:
                    known = resolve_language(read.text, language or read.language)
                    yield replace(read, id=id_, language=known)
                except ArticleError as error:
                    yield Failure(str(place), str(error))
            elif place.own or (key == place.key and before != content):
                yield Failure(str(place), f"the id {id_!r} is taken by {where}; ids must differ")
            elif key != place.key:
                continue
            break


def scan_articles(
    paths: Iterable[str | Path], *, allow_private: bool = False, apart: Sequence[Path] = ()
) -> Found:
    """The articles of `read_articles` as they say of themselves, each with its file and line.

    Files and folders `apart` aren't read: what a build writes, where it is told to read the folder around it.

    Their languages may be unknown and their ids may recur: a `Place` tells what makes an article. One is in
    memory at a time. An address that isn't public is refused unless `allow_private`; nothing is fetched
    but the addresses given.
    """
    for path in map(str, paths):
        if path == STDIN:
            found = _read(Place(INPUT, INPUT), "stdin", "", sys.stdin.buffer)
            yield from _report(Place(INPUT, INPUT), found)
        elif ADDRESS.match(path):
            yield from _report(Place(path, path), _read_address(path, allow_private=allow_private))
        else:
            for file in find_files(path, apart):
                if isinstance(file, Failure):
                    yield Place(file.where, locate(file.where)), file
                else:
                    yield from _read_place(Place(file, locate(file)))


def count_articles(paths: Iterable[str | Path], apart: Sequence[Path] = ()) -> int | None:
    """How many articles and failures `scan_articles` gives, `None` where that can't be told beforehand."""
    given = [str(path) for path in paths]
    if STDIN in given or any(map(ADDRESS.match, given)):
        return None
    return sum(map(_count, (file for path in given for file in find_files(path, apart))))


def _count(file: str | Failure) -> int:
    if isinstance(file, Failure) or SUFFIXES.get(split_name(file)[1]) in ("text", "page"):
        return 1
    return sum(1 for _ in _read_place(Place(file, file)))


def _read_place(place: Place) -> Found:
    return _report(place, _read_file(place))


def _report(place: Place, found: Found) -> Found:
    """What was found, and a failure in the place of an error, or of nothing."""
    empty = True
    try:
        for each in found:
            empty = False
            yield each
        reason = "no article in it: the file is empty" if empty else None
    except ArticleError as error:
        reason = str(error)
    except FileNotFoundError:
        reason = "no such file or folder"
    except OSError as error:
        reason = f"can't be read: {error.strerror or error}"
    if reason:
        yield place, Failure(str(place), reason)


def _read_file(place: Place) -> Found:
    try:
        file = Path(str(place)).open("rb")  # noqa: SIM115  (it is closed below)
    except ValueError:
        raise FileNotFoundError from None
    with file:
        yield from _read(place, *split_name(place), file)


def _read_address(address: str, *, allow_private: bool) -> Found:
    from kg.articles.fetching import fetch  # noqa: PLC0415  (seldom needed)

    fetched = fetch(address, allow_private=allow_private)
    suffix = MEDIA_TYPES.get(fetched.media_type) or split_name(fetched.path)[1]
    content = io.BytesIO(fetched.content)
    place = Place(address, address, fetched.url)
    yield from _read(place, safe_id(fetched.url), suffix, content, fetched.url, fetched.charset)


def _read(
    place: Place,
    stem: str,
    suffix: str,
    file: BinaryIO,
    url: str | None = None,
    charset: str | None = None,
) -> Found:
    where = str(place)
    kind = SUFFIXES.get(suffix)
    if kind == "parquet":
        yield from _place_rows(place, kind, read_parquet(where, file))
        return
    head, chunks = recode(where, *open_content(file), charset)
    kind = kind or _recognise(head)
    if kind in RECORDS:
        yield from _place_rows(place, kind, RECORDS[kind](where, chunks))
    elif kind == "page":
        page = b"".join(limit(chunks, LONGEST_DOCUMENT)).decode("utf-8", "replace")
        yield _lasting(place, page), read_page(page, stem, url)
    else:
        try:
            text = b"".join(limit(chunks, LONGEST_LINE)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ArticleError(
                f"byte {error.start} is not UTF-8: a binary file, or text to be saved as UTF-8"
            ) from None
        yield _lasting(place, text), parse_text(text, stem)


def _place_rows(place: Place, kind: str, rows: Iterable[tuple[str, Article | Failure]]) -> Found:
    """The rows or entries of a file with the place of each; an entry of a feed is where it links to."""
    for at, item in rows:
        if isinstance(item, Failure):
            yield Place(at, place.file), item
        elif kind == "feed":
            yield Place(at, place.file, f"{'' if item.url else place.file}\n{item.url or item.id}"), item
        else:
            yield Place(at, place.file, _row_key(place, item), own=True), item


def _row_key(place: Place, row: Article) -> str:
    return _lasting(place, repr(row)).key if place.file == INPUT else f"{place.file}\n{row.id}"


def _lasting(place: Place, content: str) -> Place:
    """The place of what is found there; what comes on standard input is found nowhere but in what it says."""
    return Place(place, INPUT, f"{INPUT}\n{short_digest(content)}") if place.file == INPUT else place


def _recognise(head: bytes) -> str:
    """What a file without a known suffix holds, by how it starts."""
    start = head.decode("utf-8", "replace")
    if start.lstrip().startswith("{"):
        return "json lines"
    if HTML.match(start) or (FEED.match(start) and "<html" in start):
        return "page"
    return "feed" if FEED.match(start) else "text"
