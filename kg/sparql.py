"""What must be known of a SPARQL text before it is carried out."""

import re

__all__ = ["asks_elsewhere", "names_dataset"]

SPACE = r"(?:\s|#[^\r\n]*[\r\n])*"
IRI = r"(?:<[^<>]*>|[?$]\w+|[\w.-]*:[^\s{}<]*)"
# Looked for without regard to what is a literal or a comment: nothing can be hidden from it.
SERVICE = re.compile(rf"(?<![?$])SERVICE{SPACE}(?:SILENT{SPACE})?{IRI}{SPACE}\{{", re.IGNORECASE)
LOAD = re.compile(rf"(?<![?$:])LOAD{SPACE}(?:SILENT{SPACE})?{IRI}", re.IGNORECASE)

TOKEN = re.compile(
    r"""[#][^\r\n]* | <[^<>"{}|^`\\\s]*>
    | \"\"\"(?:\\.|[^\\])*?\"\"\" | '''(?:\\.|[^\\])*?''' | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*'
    | [?$@]?[\w-]*:?[\w-]+:? """,
    re.VERBOSE | re.DOTALL,
)


def asks_elsewhere(sparql: str) -> bool:
    """Whether the text holds a clause that asks another host or reads a file: SERVICE or LOAD.

    A literal or a comment that holds a whole such clause counts as well.

    >>> asks_elsewhere("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ?service { ?service rdfs:label 'Foreign Intelligence Service' }")
    False
    """
    return bool(SERVICE.search(sparql) or LOAD.search(sparql))


def names_dataset(sparql: str) -> bool:
    """Whether the query names the graphs that it is about (FROM, FROM NAMED).

    >>> names_dataset("SELECT * FROM <x:g> { ?s ?p ?o }"), names_dataset("SELECT ?from { ?from ?p 'from' }")
    (True, False)
    """
    return any(token.upper() == "FROM" for token in TOKEN.findall(sparql))
