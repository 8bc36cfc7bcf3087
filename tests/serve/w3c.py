"""The SPARQL 1.1 test suite of the W3C, as its manifests have it, and how its answers are compared."""

import csv
import io
import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib import RDF
from rdflib.collection import Collection
from rdflib.compare import isomorphic

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "w3c-sparql11"
FOLDERS = (
    "aggregates bind bindings cast construct csv-tsv-res exists functions grouping json-res negation "
    "project-expression property-path subquery"
)
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
KINDS = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
FORMS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "tsv": "text/tab-separated-values",
    "csv": "text/csv",
    "graph": "text/turtle",
}
PARSERS = {".srx": "xml", ".srj": "json", ".tsv": "tsv", ".csv": "csv"}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Evaluation:
    """A query over some files, and the file of its answer, which is asked for in one of `FORMS`."""

    name: str
    form: str
    query: Path
    default: tuple[Path, ...]
    named: tuple[Path, ...]
    answer: Path

    def parameters(self):
        """What is sent: the query, relative to its file, and its graphs, called by their files.

        A query that names them itself is sent alone.
        """
        sparql = f"BASE <{self.query.as_uri()}>\n{self.query.read_text('utf-8')}"
        if "FROM" in sparql:
            return [("query", sparql)]
        default = [each.as_uri() for each in self.default] or ["urn:nothing"]
        named = [each.as_uri() for each in self.named]
        return [
            ("query", sparql),
            *(("default-graph-uri", each) for each in default),
            *(("named-graph-uri", each) for each in named),
        ]

    def agrees(self, body):
        """Whether an answer is that of the suite."""
        if self.form == "graph":
            got = rdflib.Graph().parse(data=body, format="turtle")
            return isomorphic(got, rdflib.Graph().parse(self.answer))
        bare = "csv" in (self.form, self.answer.suffix[1:])
        return rows(body, self.form, bare) == expected(self.answer, bare)


def evaluations():
    """The tests of evaluation, each in each form that its answer can have."""
    found = []
    for folder in FOLDERS.split():
        graph = manifest(folder)
        for test in Collection(graph, next(graph.objects(None, MF.entries))):
            if not KINDS & set(graph.objects(test, RDF.type)):
                continue
            action = graph.value(test, MF.action)
            query, answer = path(graph.value(action, QT.query)), path(graph.value(test, MF.result))
            default, named = (
                tuple(map(path, graph.objects(action, each))) for each in (QT.data, QT.graphData)
            )
            name = f"{folder}/{str(test).rpartition('#')[2]}"
            forms = ["graph"] if is_graph(answer) else ["json", "xml", "tsv", "csv"]
            found += [Evaluation(name, form, query, default, named, answer) for form in forms]
    return found


def manifest(folder):
    file = SUITE / folder / "manifest.ttl"
    return rdflib.Graph().parse(file, publicID=file.as_uri())


def path(iri):
    return Path(str(iri).removeprefix("file://"))


def is_graph(answer):
    if answer.suffix not in {".ttl", ".rdf"}:
        return False
    return rdflib.Graph().parse(answer).value(None, RDF.type, RS.ResultSet) is None


def n_triples(file):
    """The file's triples, its relative IRIs being so to it."""
    quads = ox.parse(path=file, base_iri=file.as_uri(), rename_blank_nodes=True)
    triples = (quad.triple for quad in quads)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()


def expected(answer, bare):
    if answer.suffix in {".ttl", ".rdf"}:
        return result_set(rdflib.Graph().parse(answer), bare)
    return rows(answer.read_bytes(), PARSERS[answer.suffix], bare)


def result_set(graph, bare):
    """The rows of an answer that is written as a graph."""
    answer = graph.value(None, RDF.type, RS.ResultSet)
    boolean = graph.value(answer, RS.boolean)
    if boolean is not None:
        return boolean.toPython()
    return Counter(
        frozenset(
            (str(graph.value(binding, RS.variable)), key(graph.value(binding, RS.value), bare))
            for binding in graph.objects(solution, RS.binding)
        )
        for solution in graph.objects(answer, RS.solution)
    )


def rows(body, form, bare):
    """The rows of an answer as a bag, or its truth; `bare` as CSV has them, without types."""
    if form == "csv":
        text = body.decode("utf-8")
        if text.strip() in {"true", "false"}:
            return text.strip() == "true"
        names, *lines = csv.reader(io.StringIO(text, newline="")) if text.strip() else ([],)
        lines = [line for line in lines if line or len(names) == 1]
        cells = (dict(zip(names, line or [""], strict=True)) for line in lines)
        return Counter(
            frozenset((name, bare_key(cell)) for name, cell in row.items() if cell) for row in cells
        )
    answer = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, form.upper()))
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    names = [variable.value for variable in answer.variables]
    return Counter(
        frozenset(
            (name, key(term, bare)) for name, term in zip(names, row, strict=True) if is_shown(term, bare)
        )
        for row in answer
    )


def is_shown(term, bare):
    return term is not None and not (bare and isinstance(term, ox.Literal) and not term.value)


def key(term, bare):
    """What makes terms the same: blank nodes all are, and numbers of one type with one value.

    Oxigraph stores integers as `xsd:integer` whatever their subtype, and truth as `true` and `false`.
    """
    if isinstance(term, ox.BlankNode | rdflib.BNode):
        return "_:"
    if isinstance(term, ox.NamedNode | rdflib.URIRef):
        return str(term).strip("<>")
    value = term.value if isinstance(term, ox.Literal) else str(term)
    if bare:
        return bare_key(value)
    datatype = (
        term.datatype.value if isinstance(term, ox.Literal) else str(term.datatype or f"{rdflib.XSD}string")
    )
    kind = datatype.rpartition("#")[2]
    if kind == "boolean":
        value = {"0": "false", "1": "true"}.get(value, value)
    elif kind.endswith("nteger"):
        datatype = str(rdflib.XSD.integer)
    if (kind.endswith("nteger") or kind in {"decimal", "double", "float"}) and NUMBER.fullmatch(value):
        value = float(f"{float(value):.6g}")
    return (value, (term.language or "").lower(), datatype)


def bare_key(value):
    if value.startswith("_:"):
        return "_:"
    if NUMBER.fullmatch(value) and math.isfinite(float(value)):
        return float(f"{float(value):.6g}")
    return value


@dataclass(frozen=True)
class Exchange:
    """A request of the protocol, and what the answer to it must be like."""

    method: str
    query: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str | None


@dataclass(frozen=True)
class Protocol:
    """Requests that are sent one after another, once the graphs hold what the files have."""

    name: str
    graphs: tuple[tuple[str, Path], ...]
    exchanges: tuple[Exchange, ...]


def protocols():
    """The tests of the protocol."""
    graph = manifest("protocol")
    found = []
    for test in Collection(graph, next(graph.objects(None, MF.entries))):
        graphs = tuple(
            (str(graph.value(each, rdflib.RDFS.label)), path(graph.value(each, UT.graph)))
            for each in graph.objects(test, UT.graphData)
        )
        requests = Collection(graph, graph.value(graph.value(test, MF.action), HT.requests))
        exchanges = tuple(exchange(graph, request) for request in requests)
        found.append(Protocol(str(test).rpartition("#")[2], graphs, exchanges))
    return found


def exchange(graph, request):
    body, answer = graph.value(request, HT.body), graph.value(request, HT.resp)
    headers = graph.value(request, HT.headers)
    boolean, form = graph.value(answer, MF.expectedBoolean), graph.value(answer, MF.expectedFormat)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        query=str(graph.value(request, HT.absolutePath)).partition("?")[2],
        headers={
            str(graph.value(each, HT.fieldName)): str(graph.value(each, HT.fieldValue))
            for each in (Collection(graph, headers) if headers else ())
        },
        body=body and str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding))),
        statuses=tuple(str(each)[-3] for each in graph.objects(answer, MF.expectedStatus)),
        boolean=None if boolean is None else boolean.toPython(),
        form=form and str(form),
    )
