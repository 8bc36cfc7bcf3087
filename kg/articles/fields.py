"""An article's fields: what each source says, checked, becomes an `Article`."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_tz
from reprlib import repr as shorten
from typing import Any

from kg.errors import ArticleError
from kg.model import Article

__all__ = ["HTML", "SHAPE", "Failure", "make_article", "read_date", "read_row", "safe_id"]

FIELDS = ("language", "title", "publisher", "published", "url")
SHAPE = '{"id": "…", "text": "…"}'
DATE = re.compile(r"(\d{4}-\d{2})(-\d{2})?(?:[T ].*)?", re.ASCII)
HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_ID = 80  # characters of a name made of an address, without its hash


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


def make_article(id: str, text: str, fields: Mapping[str, str | None]) -> Article:  # noqa: A002
    """The article of these values, of which empty ones are unknown.

    Raises: ArticleError for a text without any word, a date that isn't one, and what can't be written.
    """
    known = {key: fields.get(key) or None for key in FIELDS}
    for value in (id, text, *known.values()):
        if value and (found := UNWRITABLE.search(value)):
            start = value[max(0, found.start() - 20) : found.start() + 20]
            raise ArticleError(f"{start!r} holds a control character or half a surrogate pair: binary?")
    if not text.strip():
        raise ArticleError("the text is empty")
    if not any(character.isalpha() for character in text):
        raise ArticleError(f"no sentence: {text.strip()[:40]!r} has no word")
    if HTML.match(text):
        raise ArticleError("an HTML page; give it as a file with the suffix .html")
    if known["published"] is not None:
        known["published"] = read_date(known["published"])
    return Article(id, text, **known)


def read_row(row: Mapping[str, Any]) -> Article:
    """The article of a row with `id`, `text` and any of `lang`, `title`, `published`, `publisher` and `url`.

    Raises: ArticleError where a value is missing or of the wrong type, else as `make_article`.
    """
    identifier = str(row["id"]) if type(row.get("id")) is int else row.get("id")
    if not isinstance(identifier, str) or not identifier.strip():
        raise ArticleError(f"id is {shorten(row.get('id'))}, not a string; a line is {SHAPE}")
    if not isinstance(row.get("text"), str):
        raise ArticleError(f"text is {shorten(row.get('text'))}, not a string; a line is {SHAPE}")
    for key in ("lang", *FIELDS[1:]):
        if not isinstance(row.get(key), str | None):
            raise ArticleError(f"{key} is {shorten(row[key])}, not a string or null")
    return make_article(identifier, row["text"], {**row, "language": row.get("lang")})


def read_date(value: str) -> str:
    """The month or day of a date as ISO 8601 or RFC 822 write it, in the time zone that it names.

    Raises: ArticleError where it is none.

    >>> read_date("Tue, 17 Jun 2025 23:30:00 -0500"), read_date("2025-06-17T23:30:00Z"), read_date("2025-06")
    ('2025-06-17', '2025-06-17', '2025-06')
    """
    match = DATE.fullmatch(value)
    try:
        if match:
            date.fromisoformat(match[1] + (match[2] or "-01"))
            return match[1] + (match[2] or "")
        if parsed := parsedate_tz(value):
            return date(*parsed[:3]).isoformat()
    except (ValueError, OverflowError):
        pass
    raise ArticleError(f"{value[:40]!r} is no date; write 2025-06 or 2025-06-17")


def safe_id(name: str) -> str:
    """An article's id made of an address or another name, the same each time and different for each.

    >>> safe_id("https://example.org/news?id=7")
    'example.org-news-id-7-e9c75cf2'
    """
    plain = UNSAFE.sub("-", name.partition("://")[2] or name).strip("-")[:LONGEST_ID]
    if plain == name:
        return name
    return f"{plain}-{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"
