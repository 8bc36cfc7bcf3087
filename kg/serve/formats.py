"""The forms in which an answer can be written, and the choice among them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from kg.query import XSD, QueryResult, Term

__all__ = ["GRAPHS", "TABLES", "choose"]

RANGE = re.compile(r"([^\s;,/]+/[^\s;,/]+)\s*(?:;(.*))?$", re.DOTALL)
QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.IGNORECASE)
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 can't hold


def choose(accept: str, offered: Mapping[str, Iterable[str]]) -> str | None:
    """The offered media type that an Accept header likes best, `None` where it takes none of them.

    `offered` has other names for each type, whose order decides between equals; no header takes all.

    >>> choose("text/csv;q=0.5, application/*", {"text/csv": (), "application/xml": ("text/xml",)})
    'application/xml'
    """
    ranges = {}
    for part in accept.lower().split(","):
        if found := RANGE.match(part.strip()):
            stated = (QUALITY.fullmatch(each) for each in (found[2] or "").split(";"))
            ranges[found[1]] = min((float(each[1]) for each in stated if each), default=1.0)
    if not accept.strip():
        ranges = {"*/*": 1.0}
    liked = {}
    for media, names in offered.items():
        group = f"{media.partition('/')[0]}/*"
        own = next((ranges[each] for each in (media, group, "*/*") if each in ranges), 0.0)
        liked[media] = max(own, *(ranges.get(name, 0.0) for name in names), 0.0)
    best = max(liked, key=lambda media: liked[media])
    return best if liked[best] > 0 else None


def _write_json(result: QueryResult) -> str:
    return result.to_json()


def _write_xml(result: QueryResult) -> str:
    """The SPARQL Query Results XML Format; what XML can't hold becomes U+FFFD."""
    if result.boolean is not None:
        body = f"<head/><boolean>{str(result.boolean).lower()}</boolean>"
    else:
        head = "".join(f"<variable name={quoteattr(name)}/>" for name in result.columns)
        rows = "".join(f"<result>{_bindings(result.columns, row)}</result>\n" for row in result.rows)
        body = f"<head>{head}</head><results>\n{rows}</results>"
    text = f'<sparql xmlns="http://www.w3.org/2005/sparql-results#">{body}</sparql>\n'
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + UNFIT.sub("\ufffd", text)


def _bindings(columns: Iterable[str], row: Iterable[Term | None]) -> str:
    cells = zip(columns, row, strict=True)
    return "".join(
        f"<binding name={quoteattr(name)}>{_element(term)}</binding>"
        for name, term in cells
        if term is not None
    )


def _element(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_xml(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_xml(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        inside = "".join(f"<{name}>{_element(part)}</{name}>" for name, part in parts.items())
        return f"<triple>{inside}</triple>"
    attribute = ""
    if term.language:
        attribute = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != f"{XSD}string":
        attribute = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{attribute}>{_xml(term.value)}</literal>"


def _xml(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def _write_csv(result: QueryResult) -> str:
    """SPARQL's CSV: bare values, as the standard has them."""
    if result.boolean is not None:
        return str(result.boolean).lower()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(result.columns)
    writer.writerows(["" if term is None else _bare(term) for term in row] for row in result.rows)
    return out.getvalue()


def _bare(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _write_tsv(result: QueryResult) -> str:
    """SPARQL's TSV: terms as in Turtle."""
    if result.boolean is not None:
        return str(result.boolean).lower()
    lines = ["\t".join(f"?{name}" for name in result.columns)]
    lines += ["\t".join("" if term is None else _turtle(term) for term in row) for row in result.rows]
    return "".join(f"{line}\n" for line in lines)


def _turtle(term: Term) -> str:
    return str(term).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


# By media type, best first: what writes it, and other names under which it is asked for.
TABLES: Mapping[str, tuple[Callable[[QueryResult], str], tuple[str, ...]]] = {
    "application/sparql-results+json": (_write_json, ("application/json",)),
    "application/sparql-results+xml": (_write_xml, ("application/xml", "text/xml")),
    "text/csv": (_write_csv, ()),
    "text/tab-separated-values": (_write_tsv, ()),
}
GRAPHS: Mapping[str, tuple[RdfFormat, tuple[str, ...]]] = {
    "text/turtle": (RdfFormat.TURTLE, ("application/turtle", "application/x-turtle")),
    "application/n-triples": (RdfFormat.N_TRIPLES, ("text/plain",)),
    "application/ld+json": (RdfFormat.JSON_LD, ("application/json",)),
    "application/rdf+xml": (RdfFormat.RDF_XML, ("application/xml", "text/xml")),
    "application/n-quads": (RdfFormat.N_QUADS, ("text/x-nquads",)),
    "application/trig": (RdfFormat.TRIG, ("application/x-trig",)),
}
