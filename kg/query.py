"""Questions to a store: the saved ones of kg/queries/, and SPARQL as it is given."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.errors import QueryError
from kg.model import Status
from kg.ontology import PREFIXES, SR, actor_iri, compact, load_ontology, nearest
from kg.records import csv_line
from kg.store.base import Store
from kg.workbooks import write_workbook

__all__ = ["Parameter", "QueryResult", "Question", "explain", "fill", "list_questions", "run_query"]

Term = NamedNode | BlankNode | Literal | Triple
XSD = PREFIXES["xsd"]
READERS: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "date": date.fromisoformat,
}
BOUNDS = {"since": ">=", "until": "<="}
DAYS = ("date", *BOUNDS)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be given to a saved question.

    `kind` is actor, relation, event, status, date, since, until, integer or string; without a default it
    stays open.
    """

    name: str
    kind: str
    default: str | None

    def __str__(self) -> str:
        return f"{self.name} ({self.kind}{f', {self.default}' if self.default else ''})"


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question: its name, what it asks, what can be given to it, and its SPARQL."""

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    sparql: str


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a question: a table of RDF terms, `None` where a cell is unbound.

    `boolean` is the answer of an ASK, which has no rows; a CONSTRUCT has the columns subject,
    predicate and object.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    boolean: bool | None = None

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as words: an IRI with its prefix (`actor:PRK`), a literal as it is, empty if unbound.

        >>> QueryResult(("who",), ((NamedNode(actor_iri("PRK")),), (None,))).texts()
        [('actor:PRK',), ('',)]
        """
        if self.boolean is not None:
            return [(str(self.boolean).lower(),)]
        return [tuple(_text(term) for term in row) for row in self.rows]

    def to_csv(self) -> str:
        """The table as CSV with a header, its cells as by `texts`, none a formula to a spreadsheet."""
        return "".join(f"{csv_line(row)}\r\n" for row in (self.columns, *self.texts()))

    def write_parquet(self, path: Path) -> None:
        """Writes the table: numbers as numbers, days as days, everything else as words, `None` if unbound.

        Raises: QueryError where pyarrow is not installed.
        """
        try:
            from pyarrow import parquet, table  # noqa: PLC0415  (an extra, and slow to import)
        except ImportError as error:
            raise QueryError("Parquet needs pyarrow: pip install 'state-relations[parquet]'") from error
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.columns)
        values = map(_typed, columns) if self.boolean is None else [[self.boolean]]
        parquet.write_table(table(dict(zip(self.columns, values, strict=True))), path)

    def write_workbook(self, path: Path) -> None:
        """Writes the table as an Excel workbook, its cells as by `write_parquet`, each for itself.

        Raises: KGError where openpyxl is not installed, and for what Excel can't hold.
        """
        rows = [map(_value, row) for row in self.rows] if self.boolean is None else [[self.boolean]]
        write_workbook({"answer": (self.columns, *rows)}, path)

    def to_json(self) -> str:
        """The answer in the SPARQL 1.1 Query Results JSON format, IRIs in full."""
        if self.boolean is not None:
            return json.dumps({"head": {}, "boolean": self.boolean})
        bindings = [
            {name: _binding(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        answer = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False)


@cache
def list_questions() -> tuple[Question, ...]:
    """The saved questions by name.

    >>> "who-aids-whom" in [question.name for question in list_questions()]
    True
    """
    found = [path for path in files("kg").joinpath("queries").iterdir() if path.name.endswith(".rq")]
    return tuple(
        _question(path.name.removesuffix(".rq"), path.read_text(encoding="utf-8"))
        for path in sorted(found, key=lambda path: path.name)
    )


def run_query(store: Store, query: str, parameters: Mapping[str, str] | None = None) -> QueryResult:
    """The answer of `store` to a saved question, by its name, or to SPARQL.

    SPARQL needs no declaration of the prefixes of `kg.ontology.PREFIXES`, and no GRAPH.
    Raises: QueryError for an unknown question or parameter, a value that doesn't fit, wrong SPARQL;
    OntologyError for an unknown relation.
    """
    sparql = query
    if re.fullmatch(r"[\w.-]+", query.strip()):
        sparql = fill(_named(query.strip()), parameters or {}, store)
    elif parameters:
        raise QueryError(f"parameters ({', '.join(parameters)}) belong to saved questions; write them in")
    try:
        answer = store.query(sparql)
    except SyntaxError as error:
        raise QueryError(explain(str(error))) from error
    if isinstance(answer, QueryBoolean):
        return QueryResult(("answer",), (), bool(answer))
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return QueryResult(columns, tuple(tuple(row) for row in answer))
    triples = ((triple.subject, triple.predicate, triple.object) for triple in answer)
    return QueryResult(("subject", "predicate", "object"), tuple(triples))


def _question(name: str, sparql: str) -> Question:
    comments = [line.removeprefix("#").strip() for line in sparql.splitlines() if line.startswith("#")]
    parameters = []
    for words in (line.split(maxsplit=3) for line in comments[1:] if line.startswith("parameter ")):
        parameters.append(Parameter(words[1], words[2], words[3] if len(words) > 3 else None))
    return Question(name, comments[0], tuple(parameters), sparql)


def _named(name: str) -> Question:
    questions = {question.name: question for question in list_questions()}
    if name not in questions:
        raise QueryError(f"no saved question {name}{nearest(name, questions)}")
    return questions[name]


def fill(question: Question, given: Mapping[str, str], store: Store | None = None) -> str:
    """The question's SPARQL with the values of its parameters in its patterns and after each `WHERE`.

    A subquery that isn't to have them at its head leaves out the word. A day of `since` is the first day of
    publication that counts, `until` the last; where one of them is given, articles without a date don't
    count. With a `store`, an actor may be given by a name.
    Raises: QueryError, OntologyError.
    """
    known = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in known:
            raise QueryError(
                f"{question.name} has no parameter {name}{nearest(name, known)}; "
                f"it has {', '.join(known) or 'none'}"
            )
    sparql = question.sparql
    values = bounds = ""
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            continue
        term = _term(question, parameter, value, store)
        if parameter.name == "limit":
            sparql += f"LIMIT {term.value}\n"
        elif parameter.kind in BOUNDS:
            day = f"SUBSTR({Literal(term.value)}, 1, STRLEN(STR(?date)))"
            bounds += f" FILTER(STR(?date) {BOUNDS[parameter.kind]} {day})"
        else:
            values += f" VALUES ?{parameter.name} {{ {term} }}"
            sparql = _put(parameter.name, term, sparql)
    return sparql.replace("WHERE {", f"WHERE {{{values}").replace("WHERE {", f"WHERE {{{bounds}", 1)


def _put(name: str, term: NamedNode | Literal, sparql: str) -> str:
    """The query with the term for a variable where values count, not where variables are listed."""
    listed = r"(SELECT\b[^{]*|(?:GROUP|ORDER) BY\b[^}]*)"
    parts = re.split(listed, sparql)
    return "".join(
        part if number % 2 else re.sub(rf"(?<!BOUND\()\?{name}\b", lambda _: str(term), part)
        for number, part in enumerate(parts)
    )


def _term(question: Question, parameter: Parameter, value: str, store: Store | None) -> NamedNode | Literal:
    wrong = f"{question.name}: {parameter.name} is {value!r}, but must be "
    if parameter.kind == "actor":
        return _actor(value, store)
    if parameter.kind == "relation":
        return NamedNode(SR + load_ontology().relation(value).id.removeprefix("sr:"))
    if parameter.kind == "event":
        return NamedNode(SR + load_ontology().event_type(value.upper()).id.removeprefix("sr:"))
    if parameter.kind == "status":
        if value not in set(Status):
            raise QueryError(wrong + "one of " + ", ".join(Status))
        return NamedNode(SR + value)
    if parameter.kind in DAYS:
        try:
            return Literal(date.fromisoformat(value).isoformat(), datatype=NamedNode(f"{XSD}date"))
        except ValueError as error:
            raise QueryError(wrong + "a day such as 2025-06-17") from error
    if parameter.kind == "integer":
        if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
            raise QueryError(wrong + "a whole number")
        return Literal(int(value))
    return Literal(value)


def _actor(value: str, store: Store | None) -> NamedNode:
    """The actor of an id, an IRI or, in any language of the store, a name. Raises: QueryError."""
    code = value.removeprefix(PREFIXES["actor"]).removeprefix("actor:")
    term = NamedNode(actor_iri(code))
    told = f"ASK {{ GRAPH ?graph {{ {{ {term} ?p ?o }} UNION {{ ?s ?p {term} }} }} }}"
    if store is None or store.query(told):
        return term
    names = {
        label.casefold(): actor.id
        for actor in store.actors().values()
        for _, label in (*actor.labels, ("", actor.id))
    }
    if value.casefold() not in names:
        raise QueryError(
            f"no actor {value}{nearest(value.casefold(), names)}; `kg actors --list` has them all"
        )
    return NamedNode(actor_iri(names[value.casefold()]))


def explain(message: str) -> str:
    """Where the SPARQL is wrong, in words; Oxigraph begins with `error at LINE:COLUMN:`."""
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return f"not SPARQL: {message}"
    line, column, reason = found.groups()
    reason = "a prefix is not declared" if "Prefix not found" in reason else " ".join(reason.split())
    shortened = reason if len(reason) <= 200 else f"{reason[:200]}…"
    return f"not SPARQL: line {line}, column {column}: {shortened}"


def _typed(terms: Iterable[Term | None]) -> list[Any]:
    """The values of a column, all of one type, or all words."""
    terms = list(terms)
    values = [_value(term) for term in terms]
    if len({type(value) for value in values if value is not None}) <= 1:
        return values
    return [None if term is None else _text(term) for term in terms]


def _value(term: Term | None) -> Any:
    """A number, a day, or words; `None` if unbound."""
    if isinstance(term, Literal):
        with suppress(ValueError):
            return READERS.get(term.datatype.value.removeprefix(XSD), str)(term.value)
    return None if term is None else _text(term)


def _text(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return compact(term.value)
    return term.value if isinstance(term, Literal) else "" if term is None else str(term)


def _binding(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        return {**binding, "xml:lang": term.language}
    return binding if term.datatype.value == f"{XSD}string" else {**binding, "datatype": term.datatype.value}
