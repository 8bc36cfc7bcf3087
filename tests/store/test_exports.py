"""Each export is read by the tool that it is for."""

import csv
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from store_factory import ARTICLE, make_statement

from kg.errors import KGError
from kg.exports import FORMATS, export
from kg.model import Status
from kg.store import EmbeddedStore


@pytest.fixture
def store(tmp_path: Path):
    with EmbeddedStore.open(tmp_path / "store") as opened:
        opened.replace(ARTICLE, [make_statement(), make_statement("s2", status=Status.DENIED)])
        opened.replace(
            replace(ARTICLE, id="a 2", published="2025-06-20"), [make_statement("s3", article="a 2")]
        )
        yield opened


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_datasets_hold_the_store(store: EmbeddedStore, tmp_path: Path, form: str) -> None:
    export(store, form, tmp_path / "out")
    kind = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}[form]

    assert set(ox.parse(path=tmp_path / "out", format=kind)) == set(store.quads())


def test_json_ld_is_read_by_rdflib_with_its_graphs(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "jsonld", tmp_path / "out.jsonld")
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "out.jsonld", format="json-ld")

    assert len(list(dataset.quads())) == len(set(store.quads()))


def test_turtle_is_read_by_rdflib(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "turtle", tmp_path / "out.ttl")

    assert len(rdflib.Graph().parse(tmp_path / "out.ttl")) == len({quad.triple for quad in store.quads()})


def test_csv_has_an_edge_for_each_status(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert rows[0] == {
        "source": "ZZA",
        "target": "ZZB",
        "relation": "sr:sendsPersonnelTo",
        "event_type": "AID",
        "status": "asserted",
        "polarity": "positive",
        "statements": "2",
        "articles": "2",
        "first": "2025-06-17",
        "last": "2025-06-20",
    }
    assert [row["status"] for row in rows] == ["asserted", "denied"]


def test_graphml_is_read_by_networkx(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "graphml", tmp_path / "out.graphml")
    graph = nx.read_graphml(tmp_path / "out.graphml")

    edges = [
        (source, target, edge["status"], edge["statements"])
        for source, target, edge in graph.edges(data=True)
    ]
    assert edges == [("ZZA", "ZZB", "asserted", 2), ("ZZA", "ZZB", "denied", 1)]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_store_is_exported(tmp_path: Path, form: str) -> None:
    with EmbeddedStore.open(tmp_path / "store") as empty:
        export(empty, form, tmp_path / "out")

    assert (tmp_path / "out").stat().st_size > 0


def test_an_unknown_format_names_the_nearest(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(KGError, match="did you mean turtle"):
        export(store, "turtel", tmp_path / "out")
