"""GraphML and GEXF: what their schemas ask for, what Gephi makes of them, and the way back by networkx."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree
from store_factory import ARTICLE, make_statement

from kg.exports import export
from kg.exports.edges import Edge, read_edges
from kg.model import Polarity, Status
from kg.store import EmbeddedStore

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "gexf-1.3"
GEXF = {"g": "http://gexf.net/1.3"}
GRAPHML = {"g": "http://graphml.graphdrawing.org/xmlns"}
YED = {"d3": "label", "d7": "label"}  # keys of yEd that Gephi takes for labels


@pytest.fixture
def store(tmp_path: Path):
    """Parallel edges of one relation and of several, edges both ways, a loop, and dates of each kind."""
    told = {
        "a1": ("2025-06-17", [{}, {"status": Status.DENIED}, {"relation": "sr:sendsWeaponsTo"}]),
        "a2": ("2025-06-20", [{}, {"status": Status.DENIED, "polarity": Polarity.NEGATIVE}]),
        "a3": ("2025-07", [{"source": "FRA", "target": "ZZA"}, {"source": "ZZB", "target": "ZZA"}]),
        "a4": (None, [{"source": "FRA", "target": "ZZB"}, {"source": "FRA", "target": "FRA"}]),
    }
    with EmbeddedStore.open(tmp_path / "store") as opened:
        for name, (published, given) in told.items():
            statements = [
                make_statement(f"{name}-{number}", article=name, **each) for number, each in enumerate(given)
            ]
            opened.replace(replace(ARTICLE, id=name, published=published), statements)
        yield opened


@pytest.fixture(params=["filled", "empty"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "filled":
        yield request.getfixturevalue("store")
    else:
        with EmbeddedStore.open(tmp_path / "nothing") as opened:
            yield opened


@pytest.mark.skipif(not SUITE.is_dir(), reason="the schemas of GEXF are not there")
def test_gexf_is_valid(any_store: EmbeddedStore, tmp_path: Path) -> None:
    export(any_store, "gexf", tmp_path / "out.gexf")
    schema = etree.XMLSchema(etree.parse(str(SUITE / "gexf.xsd")))
    assert schema.validate(etree.parse(str(tmp_path / "out.gexf"))), schema.error_log


def test_gexf_has_a_name_and_days(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "gexf", tmp_path / "out.gexf")
    root = etree.parse(str(tmp_path / "out.gexf")).getroot()
    assert root.findtext("g:meta/g:description", namespaces=GEXF) == "Relations between states"
    (graph,) = root.findall("g:graph", GEXF)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert {title.get("title") for title in graph.iterfind("g:attributes/g:attribute", GEXF)} == {
        "kind", "label_en", "label_ro",
        "relation", "event_type", "status", "polarity", "statements", "articles", "first", "last",
    }  # fmt: skip
    days = {
        (edge.get("source"), edge.get("target"), edge.get("kind")): (edge.get("start"), edge.get("end"))
        for edge in graph.iterfind("g:edges/g:edge", GEXF)
    }
    aid = "sr:sendsPersonnelTo asserted positive"
    assert days["ZZA", "ZZB", aid] == ("2025-06-17", "2025-06-20")
    assert days["FRA", "ZZA", aid] == ("2025-07-01", "2025-07-31")
    assert days["FRA", "ZZB", aid] == (None, None)


def test_graphml_keeps_the_rules_of_its_schema(any_store: EmbeddedStore, tmp_path: Path) -> None:
    export(any_store, "graphml", tmp_path / "out.graphml")
    root = etree.parse(str(tmp_path / "out.graphml")).getroot()
    assert root.tag == f"{{{GRAPHML['g']}}}graphml"
    *keys, graph = root
    assert {etree.QName(key).localname for key in keys} <= {"key"}
    assert graph.get("edgedefault") == "directed"
    types = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in keys}
    assert len(types) == len(keys)
    assert set(types.values()) <= {
        (scope, kind) for scope in ("graph", "node", "edge") for kind in ("string", "long")
    }
    for data in root.iterfind(".//g:data", GRAPHML):
        scope, kind = types[data.get("key")]
        assert etree.QName(data.getparent()).localname == scope
        assert kind == "string" or str(int(data.text)) == data.text
    nodes = [node.get("id") for node in graph.iterfind("g:node", GRAPHML)]
    edges = graph.findall("g:edge", GRAPHML)
    assert len(set(nodes)) == len(nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges) == len(read_edges(any_store))
    assert {edge.get(end) for edge in edges for end in ("source", "target")} == set(nodes)
    assert graph.findtext("g:data[@key='name']", namespaces=GRAPHML) == "Relations between states"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_what_was_written(store: EmbeddedStore, tmp_path: Path, form: str) -> None:
    export(store, form, tmp_path / "out")
    graph = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form](tmp_path / "out")

    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.nodes["FRA"]["label"] == "France"
    assert graph.nodes["FRA"]["label_ro"] == "Franța"
    written = [(*edge, edge.statements) for edge in read_edges(store)]
    names = [name for name in Edge._fields if name not in {"source", "target"}] + ["weight"]
    read = [
        (source, target, *(edge.get(name, "") for name in names))
        for source, target, edge in graph.edges(data=True)
    ]
    assert Counter(read) == Counter(written)
    assert "networkx_key" not in (tmp_path / "out").read_text(encoding="utf-8")


def read_gexf_as_gephi(path: Path):
    """The edges (id, ends, kind, weight, label) and the labels of nodes, as Gephi's importer takes them."""
    graph = etree.parse(str(path)).getroot().find("g:graph", GEXF)
    labels = {node.get("id"): node.get("label") for node in graph.iterfind("g:nodes/g:node", GEXF)}
    edges = []
    for edge in graph.iterfind("g:edges/g:edge", GEXF):
        ends = (edge.get(name) for name in ("id", "source", "target", "kind"))
        edges.append((*ends, float(edge.get("weight")), edge.get("label")))
    return labels, edges


def read_graphml_as_gephi(path: Path):
    """The same of GraphML, which has no kinds; a key is a property by its id, or else by its name."""
    root = etree.parse(str(path)).getroot()
    names = {"label": "label", "edgelabel": "label", "weight": "weight"} | YED
    properties = {}
    for key in root.iterfind("g:key", GRAPHML):
        properties[key.get("id")] = names.get(key.get("id")) or names.get(key.get("attr.name"))

    def read(element):
        return {properties[data.get("key")]: data.text for data in element.iterfind("g:data", GRAPHML)}

    labels = {node.get("id"): read(node)["label"] for node in root.iterfind(".//g:node", GRAPHML)}
    edges = []
    for edge in root.iterfind(".//g:edge", GRAPHML):
        found = read(edge)
        ends = (edge.get(name) for name in ("id", "source", "target"))
        edges.append((*ends, None, float(found["weight"]), found["label"]))
    return labels, edges


def merge_as_gephi(edges):
    """The weight of each edge that Gephi keeps: ids must differ, and edges of one kind are added up."""
    seen = set()
    kept = Counter()
    for name, source, target, kind, weight, _ in edges:
        if name not in seen:
            seen.add(name)
            kept[source, target, kind] += weight
    return kept


def test_gephi_keeps_every_edge_of_gexf(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "gexf", tmp_path / "out.gexf")
    labels, edges = read_gexf_as_gephi(tmp_path / "out.gexf")

    assert labels["FRA"] == "France"
    assert {label for *_, label in edges} == {"sends personnel to", "sends weapons to"}
    assert merge_as_gephi(edges) == {
        (edge.source, edge.target, f"{edge.relation} {edge.status} {edge.polarity}"): edge.statements
        for edge in read_edges(store)
    }


def test_gephi_adds_up_what_graphml_can_not_tell_apart(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "graphml", tmp_path / "out.graphml")
    labels, edges = read_graphml_as_gephi(tmp_path / "out.graphml")

    assert labels["FRA"] == "France"
    assert {label for *_, label in edges} == {"sends personnel to", "sends weapons to"}
    expected = Counter()
    for edge in read_edges(store):
        expected[edge.source, edge.target, None] += edge.statements
    assert merge_as_gephi(edges) == expected
    assert expected["ZZA", "ZZB", None] == 5
