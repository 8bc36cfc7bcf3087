"""RSS and Atom feeds → an article for each entry that has a text."""

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.articles.fields import Failure, make_article, read_date, safe_id
from kg.articles.pages import lay_out, strip_markup
from kg.articles.streams import LONGEST_DOCUMENT, Content, limit
from kg.errors import ArticleError
from kg.model import Article

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read_feed"]

FEEDS = frozenset({"rss", "feed", "RDF"})
ENTRIES = frozenset({"item", "entry"})
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "http://www.w3.org/2005/Atom"
# Names of others, such as those of pictures, are not looked at.
NAMESPACES = frozenset(
    {
        ATOM,
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
)
TEXTS = ("encoded", "content", "description", "summary")  # the fullest first
DATES = ("pubDate", "published", "date", "updated")
NAMES = ("guid", "id", "link")


def read_feed(where: str, chunks: Iterator[bytes]) -> Iterator[tuple[str, Article | Failure]]:
    """The article of each entry, with the entry's number; those before a fault in the XML count.

    Raises: ArticleError for what is no feed, declares entities, or isn't well-formed.
    """
    from lxml.etree import XMLSyntaxError  # noqa: PLC0415

    try:
        for number, (entry, feed) in enumerate(_entries(chunks), 1):
            at = f"{where}:{number}"
            try:
                yield at, _read_entry(entry, feed)
            except ArticleError as error:
                yield at, Failure(at, str(error))
    except XMLSyntaxError as error:
        raise ArticleError(f"not well-formed XML: {error.msg}") from None


def _entries(chunks: Iterator[bytes]) -> "Iterator[tuple[Element, dict[str, str]]]":
    """Each entry, with what the feed said of itself before."""
    from lxml.etree import iterparse  # noqa: PLC0415

    feed: dict[str, str] = {}
    depth = inside = 0
    events = iterparse(
        io.BufferedReader(Content(limit(chunks, LONGEST_DOCUMENT))),
        ("start", "end"),
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
    )
    for event, element in events:
        name = _name(element)
        if event == "start":
            depth += 1
            if depth == 1:
                _check_root(element)
            if depth == 1 and LANGUAGE in element.attrib:
                feed["language"] = element.attrib[LANGUAGE]
            inside += name in ENTRIES
            continue
        depth -= 1
        if name in ENTRIES:
            inside -= 1
            if not inside:
                yield element, feed
                element.clear()
        elif not inside and depth <= 2 and name in ("title", "language"):
            feed.setdefault(name, _text(element))


def _check_root(root: "Element") -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise ArticleError("the XML declares entities, which no feed needs")
    if _name(root) not in FEEDS:
        raise ArticleError(f"XML of {root.tag!r}, not an RSS or Atom feed")


def _read_entry(entry: "Element", feed: Mapping[str, str]) -> Article:
    said: dict[str, Element] = {}
    for child in entry:
        if child.get("rel", "alternate") == "alternate" and (len(child) or child.text or child.get("href")):
            said.setdefault(_name(child), child)
    names = {name: _address(said[name]) for name in NAMES if name in said}
    if not any(names.values()):
        raise ArticleError("an entry without guid, id and link")
    text = next((text for name in TEXTS if name in said and (text := _text(said[name]))), "")
    fields = {
        "language": entry.get(LANGUAGE) or feed.get("language"),
        "title": _text(said["title"]) if "title" in said else None,
        "publisher": feed.get("title"),
        "published": next((day for name in DATES if name in said and (day := _day(said[name]))), None),
        "url": names.get("link") or next((name for name in names.values() if name.startswith("http")), None),
    }
    return make_article(safe_id(next(filter(None, names.values()))), text, fields)


def _name(element: "Element") -> str:
    """The name without its namespace, empty for a name of others."""
    namespace, _, name = str(element.tag).rpartition("}")
    return name if not namespace or namespace[1:] in NAMESPACES else ""


def _address(element: "Element") -> str:
    return (element.get("href") or element.text or "").strip()


def _day(element: "Element") -> str | None:
    try:
        return read_date((element.text or "").strip())
    except ArticleError:
        return None


def _text(element: "Element") -> str:
    """The text of an element that holds text, HTML (as a feed's other elements do), or XHTML."""
    kind = element.get("type", "text" if ATOM in element.tag else "html")
    if kind == "text":
        return "".join(element.itertext()).strip()
    if kind != "xhtml":
        return strip_markup(element.text or "")
    return lay_out(element)
