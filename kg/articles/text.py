"""A text file's content → its article.

A text may open with header lines, in any order; they are no part of it:

     date 2025-06                    day or month; the text may follow on the same line
    title: …
    published: 2025-06-17            the same as `date`
    publisher: …
    url: …
    language: ro

White space between the header and the text is dropped; nothing else of the text is changed.
"""

import re

from kg.articles.fields import make_article
from kg.model import Article

__all__ = ["parse_text"]

DATE_LINE = re.compile(r" ?date (\d{4}-[\d-]*)(?:[^\S\n]*\n|[^\S\n]+|\Z)")
FIELD_LINE = re.compile(r"(title|published|publisher|url|language):([^\n]*)(?:\n|\Z)")


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
    return make_article(id, text[start:].lstrip() if fields else text, fields)
