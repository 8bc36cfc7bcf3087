"""An HTML page → its article: the text without menus and footers, and what the page says of it.

The date is that of `article:published_time`, else of JSON-LD's `datePublished`, else of the first
`<time datetime>`, else the one that the page shows after a word of `kg/lang/*/articles.toml`.
"""

import json
import logging
import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.articles.fields import make_article, read_date
from kg.articles.words import text_words
from kg.errors import ArticleError
from kg.lexicon import languages, load_lexicon
from kg.model import Article

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["lay_out", "read_page", "strip_markup"]

# What trafilatura raises on pages that no browser would show; it costs that page.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
SPACE = re.compile(r"\s+")
HIDDEN = ("script", "style", "noscript", "template")
# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})
# fmt: on
NUMERIC = r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
BETWEEN = 30  # characters between a word for "published" and its date: "on Tuesday, "


def read_page(content: str, id: str, url: str | None = None) -> Article:  # noqa: A002
    """The article of a page.

    Raises: ArticleError where no text is found, or elements are nested too deeply.

    >>> page = "<html><title>Help</title><body><p>France thanked Italy for the help.</p></body></html>"
    >>> read_page(page, "a").text
    'France thanked Italy for the help.'
    """
    import trafilatura  # noqa: PLC0415  (half a second to import)
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415

    # Its warnings tell of pages without a text, which are failures here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = _parse(content)
    published = _published(tree)
    try:
        said = extract_metadata(tree, default_url=url, extensive=False)
        text = trafilatura.extract(tree, include_comments=False)
    except FAULTS as error:
        raise ArticleError(f"a page that can't be read: {error!r}") from error
    if not text:
        raise ArticleError("no article in the page")
    fields = {
        "language": _language(tree),
        "title": _meta(tree, "og:title") or said.title,
        "publisher": _meta(tree, "og:site_name") or said.sitename,
        "published": published,
        "url": url or said.url,
    }
    return make_article(id, text, {key: _plain(value) for key, value in fields.items()})


def strip_markup(fragment: str) -> str:
    """The text of a piece of HTML, a line for each block.

    Raises: ArticleError where elements are nested too deeply.

    >>> strip_markup("<p>France <b>thanked</b> Italy.</p><p>It smiled &amp; left.")
    'France thanked Italy.\\nIt smiled & left.'
    """
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    return lay_out(_parse(f"<div>{fragment}</div>"))


def lay_out(root: "Element") -> str:
    """The text of an element, a line for each block."""
    text = "".join("\n" if piece is None else SPACE.sub(" ", piece) for piece in _pieces(root))
    return "\n".join(filter(None, map(_plain, text.split("\n"))))


def _pieces(root: "Element") -> Iterator[str | None]:
    """The texts in their order, `None` where a block begins or ends."""
    from lxml.etree import iterwalk  # noqa: PLC0415

    skipped = 0
    for event, element in iterwalk(root, events=("start", "end")):
        name = str(element.tag).rpartition("}")[2]
        skipped += (name in HIDDEN) * (1 if event == "start" else -1)
        if name in BLOCKS:
            yield None
        text = element.text if event == "start" else element.tail
        if text and not skipped:
            yield text


def _parse(content: str) -> "Element":
    from lxml.etree import LxmlError  # noqa: PLC0415
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(content.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, AssertionError) as error:
        raise ArticleError(f"no HTML: {error}") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError("elements are nested more than 256 deep")
    return tree


def _meta(tree: "Element", name: str) -> str | None:
    found = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]) if found else None


def _plain(value: str | None) -> str | None:
    return SPACE.sub(" ", value.replace("\0", "")).strip() if value else None


def _language(tree: "Element") -> str | None:
    return (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or _meta(tree, "og:locale")
    )


def _published(tree: "Element") -> str | None:
    for said in _said_dates(tree):
        try:
            return read_date(said.strip())
        except ArticleError:
            continue
    return None


def _said_dates(tree: "Element") -> Iterator[str]:
    yield _meta(tree, "article:published_time") or ""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from _linked_dates(script)
    yield from tree.xpath("//*[self::article or self::main]//time/@datetime")
    yield from tree.xpath("//time/@datetime")
    yield _shown_date(lay_out(tree))


def _linked_dates(script: str) -> list[str]:
    """The values of `datePublished` in JSON-LD, in their order."""
    dates: list[str] = []
    try:
        waiting: deque[Any] = deque([json.loads(script)])
    except (ValueError, RecursionError):
        return dates
    while waiting:
        node = waiting.popleft()
        if isinstance(node, dict):
            dates.append(str(node.get("datePublished", "")))
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return dates


def _shown_date(text: str) -> str:
    """The first date after a word for "published" that begins a line or a part of it, as ISO 8601, else "".

    >>> _shown_date("Copyright 2026 · Publicat: marți, 17 iunie 2025, 10:30")
    '2025-06-17'
    """
    pattern, months = _shown_dates()
    for found in pattern.finditer(text):
        numbers = re.findall(r"\d+", found["numeric"] or "")
        if name := found["name"] or found["name_first"]:
            day, month = int(found["day"] or found["day_after"]), months[name.lower()]
            year = found["year"] or found["year_last"]
        elif len(numbers[0]) == 4:
            year, month, day = numbers[0], int(numbers[1]), int(numbers[2])
        else:
            day, month, year = int(numbers[0]), int(numbers[1]), numbers[2]
            if "/" in found["numeric"] and max(day, month) <= 12 and month != day:
                continue  # 5/6/2025: May in America, June elsewhere
            if "/" in found["numeric"] and month > 12:
                day, month = month, day
        return f"{int(year):04}-{month:02}-{day:02}"
    return ""


@cache
def _shown_dates() -> tuple[re.Pattern[str], dict[str, int]]:
    """What matches a date that is shown as that of publication, and the numbers of months."""
    months = {
        name.lower(): number
        for code in languages()
        for name, number in load_lexicon(code).time.months.items()
    }
    words = [word for each in text_words() for word in each.published]
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    word = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    pattern = (
        rf"(?:^|[|·•–—] ?)(?:{word})\b\D{{0,{BETWEEN}}}?(?:(?P<numeric>{NUMERIC})"
        rf"|(?P<day>\d{{1,2}})[a-z.]{{0,2}} (?P<name>{month})\.?,? (?P<year>\d{{4}})"
        rf"|\b(?P<name_first>{month})\.? (?P<day_after>\d{{1,2}})[a-z]{{0,2}},? (?P<year_last>\d{{4}}))"
    )
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE), months
