"""Each export is read by the tool that it is for."""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from store_factory import ARTICLE, make_statement

from kg.errors import KGError, StoreError
from kg.exports import FORMATS, export
from kg.model import Actor, Statement, Status
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


def test_json_ld_is_the_store_to_oxigraph_and_to_rdflib(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    store.update(
        """INSERT DATA { actor:ZZA rdfs:comment "in no graph", 'a'@ro, 007, 12345678901234567890, true, 1.5,
           "2025"^^xsd:gYear, <x:y>, _:b . actor:ZZA schema:age 7 . GRAPH <x:g> { actor:ZZA a sr:State } }"""
    )
    export(store, "jsonld", tmp_path / "out.jsonld")
    text = (tmp_path / "out.jsonld").read_text()
    expected = {_unnamed(quad) for quad in store.quads()}
    found = ox.parse(text, format=ox.RdfFormat.JSON_LD)
    assert {_unnamed(quad) for quad in found} == expected

    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="json-ld")
    read = ox.parse(dataset.serialize(format="nquads"), format=ox.RdfFormat.N_QUADS)
    lines = {re.sub(r"_:\w+", "_:", str(_unnamed(quad))) for quad in read}
    assert lines == {re.sub(r"_:\w+", "_:", str(quad)) for quad in expected}


def _unnamed(quad: ox.Quad) -> ox.Quad:
    """The quad, blank nodes all of one name."""
    blank = ox.BlankNode("b")
    terms = (blank if isinstance(term, ox.BlankNode) else term for term in quad)
    return ox.Quad(*terms)


def test_json_ld_reads_well(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, "jsonld", tmp_path / "out.jsonld")
    graphs = json.loads((tmp_path / "out.jsonld").read_text())["@graph"]
    (article,) = [graph["@graph"] for graph in graphs if graph["id"] == "article:a1"]
    (statement,) = [node for node in article if node["id"] == "statement:s2"]
    assert set(statement["type"]) == {"sr:Statement", "sr:Aid"}
    for key, value in {
        "source": "actor:ZZA",
        "relation": "sr:sendsPersonnelTo",
        "status": "sr:denied",
        "begins": "2025-06-17",
        "confidence": "0.86",
        "prov:wasGeneratedBy": "extractor:rules/0.2.0",
    }.items():
        assert statement[key] == value
    (theme,) = [node for node in article if node["id"].endswith("s2#theme-1")]
    assert (theme["quantity"], theme["rdfs:label"]) == (
        1000,
        {"@value": "o mie de geniști", "@language": "ro"},
    )


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


def test_nodes_have_their_names_and_numbers(store: EmbeddedStore, tmp_path: Path) -> None:
    store.replace(replace(ARTICLE, id="a3"), [make_statement("s4", source="FRA", target="ZZA", article="a3")])
    export(store, "csv-nodes", tmp_path / "out.csv")
    rows = {row["id"]: row for row in _read_csv(tmp_path / "out.csv")}

    assert rows["FRA"] == {
        "id": "FRA",
        "kind": "state",
        "label": "France",
        "label_en": "France",
        "label_ro": "Franța",
        "as_source": "1",
        "as_target": "0",
    }
    assert [(row["as_source"], row["as_target"]) for row in rows.values()] == [
        ("1", "0"),
        ("3", "1"),
        ("0", "3"),
    ]


def test_neo4j_has_nodes_relationships_and_typed_columns(store: EmbeddedStore, tmp_path: Path) -> None:
    store.replace(replace(ARTICLE, id="a3"), [_with_quote('=HYPERLINK("x")\n\nNew line', "a3")])
    export(store, "neo4j", tmp_path / "out")
    actors, statements, relationships = (
        _read_csv(tmp_path / "out" / f"{name}.csv") for name in ("actors", "statements", "relationships")
    )

    for header in (actors[0], statements[0], relationships[0]):
        assert [name for name in header if not re.fullmatch(r"\w*(:[A-Z_]+|:int|:double|:date)?", name)] == []
    ids = [row["id:ID"] for row in (*actors, *statements)]
    assert len(set(ids)) == len(ids)
    assert {row[end] for row in relationships for end in (":START_ID", ":END_ID")} == set(ids)
    for row in relationships:
        numbers = (row["statements:int"], row["articles:int"])
        assert all(each.isdecimal() for each in numbers) or numbers == ("", "")
    assert Counter(row[":TYPE"] for row in relationships) == {
        "AID": 2, "SOURCE": 4, "TARGET": 4, "ATTRIBUTED_TO": 4,
    }  # fmt: skip
    by_id = {row["id:ID"]: row for row in statements}
    assert by_id["statement:s1"][":LABEL"] == "Statement"
    assert date.fromisoformat(by_id["statement:s1"]["begins:date"]) == date(2025, 6, 17)
    assert float(by_id["statement:s1"]["confidence:double"]) == 0.86
    assert by_id["statement:s9"]["quote"] == '=HYPERLINK("x") New line'


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _with_quote(quote: str, article: str) -> Statement:
    statement = make_statement("s9", article=article)
    return replace(statement, evidence=replace(statement.evidence, quote=quote))


def test_parquet_has_typed_columns(store: EmbeddedStore, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    store.replace(
        replace(ARTICLE, id="a3", published="2025-06"), [make_statement("s5", article="a3", time=None)]
    )
    export(store, "parquet", tmp_path / "out.parquet")
    table = parquet.read_table(tmp_path / "out.parquet")
    rows = {row["id"]: row for row in table.to_pylist()}

    types = {name: str(table.schema.field(name).type) for name in ("published", "begins", "confidence")}
    assert types == {"published": "date32[day]", "begins": "date32[day]", "confidence": "double"}
    assert len(rows) == 4
    first = rows["s1"]
    assert (first["published"], first["begins"], first["ends"]) == (
        date(2025, 6, 17),
        date(2025, 6, 17),
        date(2025, 6, 18),
    )
    (theme,) = [each for each in first["arguments"] if each["role"] == "theme"]
    assert (theme["text"], theme["quantity"], theme["unit"]) == ("o mie de geniști", 1000.0, "genist")
    assert first["subject"]["label"] == "Nordia"
    assert first["attribution"][0]["cue"] == "a declarat"
    assert [each["relation"] for each in first["told"]] == ["trimite", "către"]
    assert (rows["s5"]["published"], rows["s5"]["begins"], rows["s5"]["language"]) == (None, None, "ro")


def test_a_missing_extra_is_named(
    store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KGError, match=r"state-relations\[parquet\]"):
        export(store, "parquet", tmp_path / "out")


def test_a_cell_is_no_formula(store: EmbeddedStore, tmp_path: Path) -> None:
    store.replace(replace(ARTICLE, id="a3"), [make_statement("s6", source="=1+1", article="a3")])
    for form in ("csv", "csv-nodes"):
        export(store, form, tmp_path / form)
        assert "'=1+1" in (tmp_path / form).read_text()


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_store_is_exported(tmp_path: Path, form: str) -> None:
    with EmbeddedStore.open(tmp_path / "store") as empty:
        export(empty, form, tmp_path / "out")
        export(empty, form, tmp_path / "out")

    files = [tmp_path / "out"] if (tmp_path / "out").is_file() else list((tmp_path / "out").iterdir())
    assert [path for path in files if not path.stat().st_size] == []
    assert {path.name for path in tmp_path.iterdir()} == {"out", "store"}


def test_an_unknown_format_names_the_nearest(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(KGError, match="did you mean turtle"):
        export(store, "turtel", tmp_path / "out")


@pytest.mark.parametrize("form", FORMATS)
def test_a_place_that_can_not_be_written_keeps_what_was_there(
    store: EmbeddedStore, tmp_path: Path, form: str
) -> None:
    taken = tmp_path / "taken"
    if form == "neo4j":
        taken.write_text("a file")
    else:
        taken.mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(KGError, match=f"{taken}: can't be written: "):
        export(store, form, taken)
    with pytest.raises(KGError, match=r"can't be written: .*No such file or directory"):
        export(store, form, tmp_path / "no" / "folder")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_fails_leaves_nothing_half_done(tmp_path: Path, form: str) -> None:
    class Failing(EmbeddedStore):
        def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
            yield from islice(super().quads(graph), 5)
            raise StoreError("the disk is gone")

        def statements(self, *articles: str) -> Iterator[Statement]:
            yield from islice(super().statements(*articles), 1)
            raise StoreError("the disk is gone")

        def actors(self) -> Mapping[str, Actor]:
            raise StoreError("the disk is gone")

    (tmp_path / "out").write_text("before")
    with Failing.open(tmp_path / "store") as store:
        store.replace(ARTICLE, [make_statement()])
        if form not in {"csv", "excel-csv"}:
            with pytest.raises(StoreError, match="the disk is gone"):
                export(store, form, tmp_path / "out")
            assert (tmp_path / "out").read_text() == "before"
    assert {path.name for path in tmp_path.iterdir()} == {"out", "store"}
