"""What must be known of a SPARQL text before it is carried out."""

import re
from collections.abc import Iterator

from kg.errors import RefusedError

__all__ = ["asks_elsewhere", "names_dataset", "read_tokens", "refuse_elsewhere"]

# The alphabets of SPARQL's grammar: PN_CHARS without "-", which a variable can't have, and its escapes.
LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
    r"_0-9\u00b7\u0300-\u036f\u203f\u2040"
)
HEX = "[0-9A-Fa-f]"
UCHAR = rf"\\u(?![Dd][89A-Fa-f]){HEX}{{4}}|\\U00(?:0(?:0(?![Dd][89A-Fa-f])|[1-9A-Fa-f])|10){HEX}{{4}}"
ESCAPE = rf"\\[tbnrf\"'\\]|{UCHAR}"
IN_IRI = rf"(?:[^<>\"{{}}|^`\\\x00-\x20]|{UCHAR})*+"
NAME = rf"(?:[{LETTERS}:.%-]|\\.)++"
# An IRI with an authority can be nothing else; `<a>` may also be the operator `<` and what follows it.
TOKEN = re.compile(
    rf"""(?P<comment>[#][^\r\n]*+)
    | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|{ESCAPE}))*+''' | \"\"\"(?:"{{0,2}}(?:[^"\\]|{ESCAPE}))*+\"\"\"
        | '(?:[^'\\\r\n]|{ESCAPE})*+' | "(?:[^"\\\r\n]|{ESCAPE})*+")
    | (?P<iri><[A-Za-z][A-Za-z0-9+.-]*+://{IN_IRI}>) | (?P<relative><{IN_IRI}>)
    | (?P<variable>[?$][{LETTERS}]++) | (?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
    | (?P<name>{NAME}) | (?P<space>\s++) | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)

WORD = re.compile("SERVICE|LOAD", re.IGNORECASE)
SPACE = r"(?:\s|#[^\r\n]*+)*+"
OPENED = re.compile(rf"{SPACE}\{{")
TARGETED = re.compile(
    rf"{SPACE}(?:SILENT{SPACE})?(?:<{IN_IRI}>|[?$][{LETTERS}]++|{NAME}){SPACE}\{{", re.IGNORECASE | re.DOTALL
)
LOADED = re.compile(rf"{SPACE}(?:;|INTO|\Z)", re.IGNORECASE)


def asks_elsewhere(sparql: str) -> bool:
    """Whether the text may hold a clause that asks another host or reads a file: SERVICE or LOAD.

    Outside literals, IRIs and comments each such word counts, whatever follows. In variables and names it
    doesn't, except in a name that a parser may take apart (`service:x { … }`): in doubt the answer is yes.

    >>> asks_elsewhere("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ?service { ?service rdfs:label 'Foreign Intelligence Service' }")
    False
    """
    return any(
        _asks(text) for text in {sparql, re.sub(UCHAR, lambda found: chr(int(found[0][2:], 16)), sparql)}
    )


def refuse_elsewhere(sparql: str) -> None:
    """Raises RefusedError for a text that `asks_elsewhere`."""
    if asks_elsewhere(sparql):
        raise RefusedError("SERVICE and LOAD are refused: a store asks no server and reads no file")


def names_dataset(sparql: str) -> bool:
    """Whether the query names the graphs that it is about (FROM, FROM NAMED).

    >>> names_dataset("SELECT * FROM <x:g> { ?s ?p ?o }"), names_dataset("SELECT ?from { ?from ?p 'from' }")
    (True, False)
    """
    return "FROM" in sparql.upper() and any(token[0].upper() == "FROM" for token in read_tokens(sparql))


def read_tokens(sparql: str) -> Iterator[re.Match[str]]:
    """The tokens of the text without space and comments, by `lastgroup` of the kinds of `TOKEN`."""
    return (token for token in TOKEN.finditer(sparql) if token.lastgroup not in {"space", "comment"})


def _asks(sparql: str) -> bool:
    if not WORD.search(sparql):
        return False
    return any(token.lastgroup == "name" and _opens(token) for token in _read_all_ways(sparql))


def _read_all_ways(sparql: str) -> Iterator[re.Match[str]]:
    """The tokens of every reading of the text: what may be an IRI or an operator is read as both."""
    starts, seen = [0], set()
    while starts:
        start = starts.pop()
        while start not in seen and (token := TOKEN.match(sparql, start)):
            yield token
            seen.add(start)
            if token.lastgroup == "relative":
                starts.append(start + 1)
            start = token.end()


def _opens(token: re.Match[str]) -> bool:
    """Whether the name is a word of `WORD`, or can be taken apart into one and what belongs to it."""
    name, text, end = token[0].upper(), token.string, token.end()
    if ":" not in name:
        return bool(WORD.search(name))
    if re.search("SERVICE[^:]*:", name) and OPENED.match(text, end):
        return True
    if re.search("SERVICE(?:SILENT)?$", name) and TARGETED.match(text, end):
        return True
    loads = re.match("LOAD[^:]*:(INTO)?", name)
    return bool(loads and (loads[1] or LOADED.match(text, end)))
