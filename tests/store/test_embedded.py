"""A store in a folder: articles in and out, edges in step, folders that are none."""

import subprocess
import sys
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit

import pyoxigraph as ox
import pytest
from store_factory import ARTICLE, make_statement

from kg.errors import StoreError
from kg.ontology import actor_iri
from kg.store import EmbeddedStore
from kg.store.embedded import FILES
from kg.store.rdf import EDGES


def test_the_dataset_is_the_store(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(ARTICLE, [make_statement()])
        rows = store.dataset().query(f"SELECT ?b {{ GRAPH ?g {{ <{actor_iri('ZZA')}> ?p ?b }} }}")

        assert {str(row[0]) for row in rows} >= {actor_iri("ZZB")}


def test_a_writer_holds_few_files_open_for_the_memory_that_they_take(tmp_path: Path) -> None:
    before = getrlimit(RLIMIT_NOFILE)
    with EmbeddedStore.open(tmp_path):
        assert getrlimit(RLIMIT_NOFILE) == before
        [options] = (tmp_path / "writer").glob("OPTIONS-*")
        [given] = (line for line in options.read_text().splitlines() if "max_open_files" in line)

    assert 0 < int(given.split("=")[1]) < FILES


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path), pytest.raises(StoreError, match="another process is writing"):
        EmbeddedStore.open(tmp_path)
    with EmbeddedStore.open(tmp_path) as store:
        assert list(store.articles()) == []


def test_a_second_writer_in_another_process_is_refused(tmp_path: Path) -> None:
    code = "import sys; from kg.store import EmbeddedStore; EmbeddedStore.open(sys.argv[1])"
    with EmbeddedStore.open(tmp_path):
        done = subprocess.run(
            [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False
        )

    assert f"StoreError: {tmp_path}: another process is writing" in done.stderr


def test_a_store_that_is_a_file_in_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="can't be opened as a store"):
        EmbeddedStore.open(tmp_path / "file" / "store")


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")

    with pytest.raises(StoreError, match="not a store"):
        EmbeddedStore.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(StoreError, match="not a store"):
        EmbeddedStore.open(tmp_path / "letters.txt")


def test_a_store_of_another_program_is_refused(tmp_path: Path) -> None:
    other = ox.Store(str(tmp_path))
    other.add(ox.Quad(EDGES, EDGES, EDGES))
    other.flush()
    del other

    with pytest.raises(StoreError, match="not one made by"):
        EmbeddedStore.open(tmp_path)


def test_a_store_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(ARTICLE, [])
    raw = ox.Store(str(tmp_path / "writer"))
    raw.update(
        "PREFIX sr: <https://w3id.org/state-relations/ontology#> "
        "DELETE { GRAPH ?g { ?s sr:storeFormat ?o } } INSERT { GRAPH ?g { ?s sr:storeFormat 99 } } "
        "WHERE { GRAPH ?g { ?s sr:storeFormat ?o } }"
    )
    raw.flush()
    del raw

    with pytest.raises(StoreError, match="format 99"):
        EmbeddedStore.open(tmp_path)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_an_older_format_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    with monkeypatch.context() as older:
        older.setattr("kg.store.graphs.FORMAT", 2)
        with EmbeddedStore.open(tmp_path) as store:
            store.replace(ARTICLE, [make_statement()])

    with pytest.raises(StoreError, match=r"format 2, which an older version .* build anew from the articles"):
        EmbeddedStore.open(tmp_path, read_only=read_only)


def test_a_missing_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        EmbeddedStore.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()
