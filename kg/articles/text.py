"""A text file's content → its article.

A text may open with header lines, in any order; they are no part of it:

     date 2025-06                    day or month; the text may follow on the same line
    title: …
    date: 2025-06-17                 the same, as is `published: 2025-06-17`
    publisher: …
    url: …
    language: ro

White space between the header and the text is dropped; nothing else of the text is changed.
"""

import re

from kg.articles.fields import make_article, read_date
from kg.errors import ArticleError
from kg.model import Article

__all__ = ["parse_text"]

KEYS = ("date", "title", "published", "publisher", "url", "language")
TIME = r"(?:[T ]\d\d:\S+)?"
DATE_LINE = re.compile(
    rf" ?(?:date[^\S\n]+(?P<bare>\d+[-./]\d\S*{TIME})"
    rf"|(?:date|published):[^\S\n]*(?P<day>\d{{4}}-[\d-]*{TIME}))"
    r"(?:[^\S\n]*\n|[^\S\n]+|\Z)"
)
FIELD_LINE = re.compile(rf" ?({'|'.join(KEYS)}):([^\n]*)(?:\n|\Z)")
OTHER_LINE = re.compile(r" ?[a-z][\w-]*:(?:[^\S\n][^\n]*)?(?:\n|\Z)")
BLANK_LINE = re.compile(r"[^\S\n]*\n")


def parse_text(text: str, id: str) -> Article:  # noqa: A002
    """The article of a text file's content: its header lines become fields, the rest is the text.

    Raises: ArticleError, with the line, for a date that isn't one and for another line in a header that ends
    with a blank one; as `make_article` for a text without any word.

    >>> parse_text(" date 2025-06 Rusia primește geniști.", "a")
    Article(id='a', text='Rusia primește geniști.', language=None, title=None, publisher=None, \
published='2025-06', url=None)
    """
    fields: dict[str, str] = {}
    others: list[re.Match[str]] = []
    start = end = 0
    while line := DATE_LINE.match(text, end) or FIELD_LINE.match(text, end) or OTHER_LINE.match(text, end):
        end = line.end()
        if line.re is OTHER_LINE:
            others.append(line)
        else:
            start = end
            key, value = line.groups() if line.re is FIELD_LINE else ("date", line["bare"] or line["day"])
            fields["published" if key == "date" else key] = _read(key, value.strip(), text, line)
        if not line[0].endswith("\n"):
            break
    if not fields:
        return make_article(id, text, {})
    for line in others:
        if line.end() <= start or BLANK_LINE.match(text, end):
            raise ArticleError(f"{_place(text, line)} is no header line; one begins with {', '.join(KEYS)}")
    return make_article(id, text[start:].lstrip(), fields)


def _read(key: str, value: str, text: str, line: re.Match[str]) -> str:
    try:
        return read_date(value) if value and key in ("date", "published") else value
    except ArticleError as error:
        raise ArticleError(f"{error} ({_place(text, line)})") from None


def _place(text: str, line: re.Match[str]) -> str:
    """The number of a line and how it begins."""
    return f"line {text.count(chr(10), 0, line.start()) + 1}: {line[0].strip()[:60]!r}"
