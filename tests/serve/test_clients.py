"""The endpoint as other programs use it: SPARQLWrapper, rdflib, and `kg` itself."""

import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from kg.ontology import PREFIXES, SR, actor_iri, article_iri
from kg.query import run_query
from kg.store import open_store

SR = rdflib.Namespace(SR)
DECLARED = f"PREFIX sr: <{SR}> "
TABLES = [SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV]
STATEMENTS = DECLARED + "SELECT ?s { ?s a sr:Statement } ORDER BY ?s"


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("sending", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
@pytest.mark.parametrize("form", TABLES)
def test_sparqlwrapper_asks(server, method, sending, form):
    if method == SPARQLWrapper.GET and sending == SPARQLWrapper.POSTDIRECTLY:
        pytest.skip("a GET has no body")
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}query")
    client.setMethod(method)
    client.setRequestMethod(sending)
    client.setReturnFormat(form)
    client.setQuery(STATEMENTS)
    answer = client.queryAndConvert()
    text = answer.toxml() if form == SPARQLWrapper.XML else str(answer)
    assert text.count("/statement/s") == 3


@pytest.mark.parametrize(
    "form", [SPARQLWrapper.TURTLE, SPARQLWrapper.N3, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD]
)
def test_sparqlwrapper_gets_graphs(server, form):
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}query", defaultGraph=article_iri("a1"))
    client.setReturnFormat(form)
    client.setQuery(DECLARED + "CONSTRUCT { ?s a sr:Statement } { ?s a sr:Statement }")
    answer = client.queryAndConvert()
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer)
    assert len(graph) == 2


def test_sparqlwrapper_is_told_of_a_wrong_query(server):
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}query")
    client.setQuery("SELECT nothing")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="not SPARQL: line 1, column"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_store_as_a_graph(server, method):
    graph = rdflib.Graph(SPARQLStore(f"{server.url}query", method=method))
    assert len(set(graph.subjects(rdflib.RDF.type, SR.Statement))) == 3
    assert (None, SR.target, rdflib.URIRef(actor_iri("ZZB"))) in graph
    assert len(list(graph.query(STATEMENTS))) == 3


def test_rdflib_writes_to_the_store(start):
    server = start("--writable")
    graph = rdflib.Graph(SPARQLUpdateStore(f"{server.url}query", f"{server.url}update"), rdflib.URIRef("x:g"))
    triple = (rdflib.URIRef("x:s"), rdflib.URIRef("x:p"), rdflib.Literal('ș "a"\n', lang="ro"))
    graph.add(triple)
    assert list(graph) == [triple]


def test_kg_query_asks_the_server_as_it_asks_the_folder(server):
    with open_store(server.url, read_only=True) as remote, open_store(server.store, read_only=True) as local:
        for question in ("who-aids-whom", "SELECT ?s { ?s a sr:Statement } ORDER BY ?s"):
            answer = run_query(remote, question)
            assert answer == run_query(local, question)
            assert answer.rows


def test_prefixes_need_no_declaration(server):
    query = " ".join(f"OPTIONAL {{ ?s {name}:none ?o{n} }}" for n, name in enumerate(PREFIXES))
    assert server.ask(f"SELECT * {{ ?s a sr:Statement {query} }}").status == 200
