"""Files, folders, JSON Lines and standard input → articles, and the reasons for those that can't be read.

A text file may open with header lines, in any order; they are no part of the text:

     date 2025-06                    day or month; the text may follow on the same line
    title: …
    published: 2025-06-17            the same as `date`
    publisher: …
    url: …
    language: ro

White space between the header and the text is dropped; nothing else of the text is changed.
A line of JSON Lines is `{"id": …, "text": …}` with any of `lang`, `title`, `published`, `publisher`
and `url`. Further keys are ignored.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from kg.errors import ArticleError
from kg.language import resolve_language
from kg.model import Article

__all__ = ["Failure", "count_articles", "parse_text", "read_articles", "scan_articles"]

STDIN = "-"
JSON_LINES = frozenset({".jsonl", ".ndjson"})
IN_FOLDERS = JSON_LINES | {".txt"}
DATE_LINE = re.compile(r" ?date (\d{4}-[\d-]*)(?:[^\S\n]*\n|[^\S\n]+|\Z)")
FIELD_LINE = re.compile(r"(title|published|publisher|url|language):([^\n]*)(?:\n|\Z)")
DATE = re.compile(r"(\d{4}-\d{2})(-\d{2})?(?:[T ].*)?")
HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
FIELDS = ("language", "title", "publisher", "published", "url")
SHAPE = '{"id": "…", "text": "…"}'


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no article, or an article that gave no statements, and why.

    >>> print(Failure("news.jsonl:3", "no text"))
    news.jsonl:3: no text
    """

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def read_articles(paths: Iterable[str | Path], *, language: str | None = None) -> Iterator[Article | Failure]:
    """The articles of files and folders in order, with a `Failure` in the place of a bad one.

    `-` is standard input. A folder gives its `.txt`, `.jsonl` and `.ndjson` files at any depth, sorted.
    A `.txt` is one article and a `.jsonl` one a line; anything else is JSON Lines if its first
    character is `{`. The id is that of the JSON object, else the file's stem; a second article with
    the same id is a failure. `language` wins over what an article says; each comes out with one.
    """
    seen: dict[str, str] = {}
    for where, read in scan_articles(paths):
        if isinstance(read, Failure):
            yield read
        elif read.id in seen:
            yield Failure(where, f"the id {read.id!r} is taken by {seen[read.id]}; ids must differ")
        else:
            seen[read.id] = where
            try:
                yield replace(read, language=resolve_language(read.text, language or read.language))
            except ArticleError as error:
                yield Failure(where, str(error))


def scan_articles(paths: Iterable[str | Path]) -> Iterator[tuple[str, Article | Failure]]:
    """The articles of `read_articles` with their places, before languages are detected and ids compared."""
    return chain.from_iterable(map(_read, paths))


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """How many articles and failures the paths have, `None` where that can't be told beforehand."""
    known = [str(path) for path in paths]
    if STDIN in known or any("://" in path for path in known):
        return None
    return sum(1 for _ in scan_articles(known))


def parse_text(text: str, id: str) -> Article:  # noqa: A002
    """The article of a text file's content: its header lines become fields, the rest is the text.

    Raises: ArticleError for a date that isn't one, and for a text without any word.

    >>> parse_text(" date 2025-06 Rusia primește geniști.", "a")
    Article(id='a', text='Rusia primește geniști.', language=None, title=None, publisher=None, \
published='2025-06', url=None)
    """
    fields: dict[str, str] = {}
    start = 0
    while line := DATE_LINE.match(text, start) or FIELD_LINE.match(text, start):
        key, value = line.groups() if line.re is FIELD_LINE else ("published", line[1])
        fields[key] = value.strip()
        start = line.end()
    return _article(id, text[start:].lstrip() if fields else text, fields)


def _read(path: str | Path) -> Iterator[tuple[str, Article | Failure]]:
    """The articles of one path, each with the file and line where it stands."""
    where = "standard input" if str(path) == STDIN else str(path)
    try:
        if str(path) == STDIN:
            yield from _read_lines(where, "stdin", "", sys.stdin.buffer)
        elif not Path(path).is_dir():
            with Path(path).open("rb") as file:
                yield from _read_lines(where, Path(path).stem, Path(path).suffix.lower(), file)
        elif files := [file for file in sorted(Path(path).rglob("*")) if file.suffix.lower() in IN_FOLDERS]:
            yield from chain.from_iterable(_read(file) for file in files if not file.is_dir())
        else:
            yield where, Failure(where, "the folder has no .txt or .jsonl file")
    except FileNotFoundError:
        yield where, Failure(where, "no such file or folder")
    except OSError as error:
        yield where, Failure(where, f"can't be read: {error.strerror}")


def _read_lines(
    where: str, stem: str, suffix: str, lines: Iterable[bytes]
) -> Iterator[tuple[str, Article | Failure]]:
    lines = iter(lines)
    blank: list[bytes] = []
    first = next(lines, b"").removeprefix(BYTE_ORDER_MARK)
    while not first.strip() and (line := next(lines, None)) is not None:
        blank.append(first)
        first = line
    if suffix in JSON_LINES or (suffix != ".txt" and first.lstrip().startswith(b"{")):
        found = False
        for number, line in enumerate(chain([first], lines), len(blank) + 1):
            if line.strip():
                found = True
                at = f"{where}:{number}"
                yield at, _article_or_failure(at, line)
        if not found:
            yield where, Failure(where, "the file is empty")
    else:
        yield where, _article_or_failure(where, b"".join([*blank, first, *lines]), stem)


def _article_or_failure(where: str, content: bytes, stem: str | None = None) -> Article | Failure:
    """The article of a text file with that stem, or of a line of JSON Lines."""
    try:
        text = content.decode("utf-8")
        return _parse_json(text) if stem is None else parse_text(text, stem)
    except UnicodeDecodeError as error:
        return Failure(where, f"byte {error.start} is not UTF-8: a binary file, or text to be saved as UTF-8")
    except ArticleError as error:
        return Failure(where, str(error))


def _parse_json(line: str) -> Article:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ArticleError(f"not JSON ({error}); a line is {SHAPE}") from error
    if not isinstance(row, dict):
        raise ArticleError(f"a JSON {type(row).__name__}, not an object; a line is {SHAPE}")
    identifier = str(row["id"]) if type(row.get("id")) is int else row.get("id")
    if not isinstance(identifier, str) or not identifier.strip():
        raise ArticleError(f"id is {row.get('id')!r}, not a string; a line is {SHAPE}")
    if not isinstance(row.get("text"), str):
        raise ArticleError(f"text is {row.get('text')!r}, not a string; a line is {SHAPE}")
    for key in ("lang", "title", "publisher", "published", "url"):
        if not isinstance(row.get(key), str | None):
            raise ArticleError(f"{key} is {row[key]!r}, not a string or null")
    return _article(identifier, row["text"], {**row, "language": row.get("lang")})


def _article(id: str, text: str, fields: Mapping[str, str | None]) -> Article:  # noqa: A002
    """An article of checked values; empty fields are unknown ones."""
    known = {key: fields.get(key) or None for key in FIELDS}
    for value in (id, text, *known.values()):
        if value and UNWRITABLE.search(value):
            raise ArticleError(f"{value[:40]!r} holds a control character or half a surrogate pair: binary?")
    if not text.strip():
        raise ArticleError("the text is empty")
    if not any(character.isalpha() for character in text):
        raise ArticleError(f"no sentence: {text.strip()[:40]!r} has no word")
    if HTML.match(text):
        raise ArticleError("an HTML page; save the article's text as a .txt file")
    return Article(id, text, **{**known, "published": _checked_date(known["published"])})


def _checked_date(value: str | None) -> str | None:
    if value is None:
        return None
    match = DATE.fullmatch(value)
    try:
        if match:
            date.fromisoformat(match[1] + (match[2] or "-01"))
            return match[1] + (match[2] or "")
    except ValueError:
        pass
    raise ArticleError(f"{value!r} is no date; write 2025-06 or 2025-06-17")
