"""Which article is which over runs, what made its statements, and how it is removed."""

import io
import json
import re
import shutil
import sys
from functools import partial

import pytest

from kg.building import Build, remove_articles
from kg.errors import StoreError
from kg.pipeline import extract_statements, load_extractor
from kg.store import EmbeddedStore
from kg.versions import extractor_version

SERBIA, POLAND, SPAIN = (
    f"{one} for the help."
    for one in ("Serbia thanked Greece", "Poland thanked Latvia", "Spain thanked Italy")
)
OWN_FRAME = '[[frame]]\nrelation = "sr:supports"\nlemmas = ["{}"]\ntarget = ["obj"]\n'


@pytest.fixture
def run(tmp_path, monkeypatch, parser):
    """Builds of paths into `o`, read in this process: the report and the failures of each as text."""
    monkeypatch.chdir(tmp_path)
    engine = partial(extract_statements, extractor=load_extractor(), parser=parser)

    def build(*paths, **options):
        out = tmp_path / "o"
        with Build(out, str(out / "store"), engine, extractor_version("rules")) as building:
            report = building.read(paths, **options)
            building.draw(report)
            return report, "\n".join(map(str, building.failures)), building.lost

    return build


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def rows(path, *texts, first=0):
    return write(
        path, "".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate(texts, first))
    )


def stored(folder):
    """The quotes of each article, by its id."""
    with EmbeddedStore.open(folder / "o" / "store", read_only=True) as store:
        return {
            article.id: [each.evidence.quote for each in store.statements(article.id)]
            for article in store.articles()
        }


def derived(folder):
    with EmbeddedStore.open(folder / "o" / "store", read_only=True) as store:
        edges = store.query("SELECT ?s ?o { GRAPH graph:edges { ?s sr:supports ?o } }")
        [claims] = store.query("SELECT (COUNT(*) AS ?n) { GRAPH graph:claims { ?c a sr:Claim } }")
        names = sorted(f"{row[0].value[-3:]} {row[1].value[-3:]}" for row in edges)
        return names, int(claims[0].value)


def counts(done):
    return done[0].articles, done[0].unchanged, done[0].removed


def take_out(folder, *names):
    return remove_articles(folder / "o", str(folder / "o" / "store"), names)


@pytest.fixture
def two(tmp_path, run):
    """Two folders with a file of one name, built one after the other."""
    write(tmp_path / "d17" / "1.txt", SERBIA)
    write(tmp_path / "d18" / "1.txt", POLAND)
    run("d17")
    run("d18")
    return tmp_path


def test_files_of_one_name_in_two_folders_stay_two_articles(two, run):
    assert stored(two) == {"1": [SERBIA], "d18/1.txt": [POLAND]}
    assert counts(run("d18/../d17/1.txt", two / "d18", "d18/1.txt")) == (0, 3, 0)
    write(two / "d18" / "1.txt", SPAIN)
    run("d18", "d17")
    assert stored(two) == {"1": [SERBIA], "d18/1.txt": [SPAIN]}
    shutil.move(two / "d17", two / "moved")
    assert counts(run("moved")) == (0, 1, 0)
    write(two / "copied" / "1.txt", SERBIA)
    run("copied")
    assert stored(two) == {"1": [SERBIA], "d18/1.txt": [SPAIN], "copied/1.txt": [SERBIA]}


def test_what_is_no_more_in_a_folder_goes_and_all_else_stays(two, run):
    rows(two / "d18" / "rows.jsonl", SPAIN)
    run("d18")
    (two / "d18" / "1.txt").unlink()
    write(two / "d18" / "rows.jsonl", "{\n")
    assert counts(run("d18", prune=True)) == (0, 0, 1)
    assert stored(two) == {"1": [SERBIA], "r0": [SPAIN]}
    rows(two / "d18" / "rows.jsonl", SPAIN, first=1)
    run("d18/*.jsonl", prune=True)
    assert stored(two) == {"1": [SERBIA], "r1": [SPAIN]}
    assert derived(two) == (["ESP ITA", "SRB GRC"], 2)
    shutil.rmtree(two / "d17")
    assert counts(run("d17", prune=True)) == (0, 0, 0)
    (two / "d17").mkdir()
    assert counts(run("d17", prune=True)) == (0, 0, 1)
    assert (stored(two), derived(two)) == ({"r1": [SPAIN]}, (["ESP ITA"], 1))


def test_articles_are_taken_out_by_id_file_and_folder(two, run):
    rows(two / "d18" / "rows.jsonl", SPAIN, POLAND)
    run("d18")
    done, [failure] = take_out(two, "r0", "nothing")
    assert (done, str(failure)) == (1, "nothing: no article has this id, and none was read from there")
    assert sorted(stored(two)) == ["1", "d18/1.txt", "r1"]
    (two / "d17" / "1.txt").unlink()
    assert take_out(two, "./d17/1.txt", str(two / "d18")) == (3, [])
    assert (stored(two), derived(two)) == ({}, ([], 0))
    assert counts(run("d18")) == (3, 0, 0)


def test_a_row_keeps_its_id_and_another_place_may_not_take_it(tmp_path, run, monkeypatch):
    def give(text):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return run("-")

    rows(tmp_path / "a.jsonl", SERBIA)
    run("a.jsonl")
    rows(tmp_path / "b.jsonl", POLAND)
    taken = "1: the id 'r0' is taken by a.jsonl:1; ids must differ; `kg remove r0` takes that one out"
    assert run("b.jsonl")[1] == f"b.jsonl:{taken}"
    assert give((tmp_path / "b.jsonl").read_text())[1] == f"standard input:{taken}"
    assert stored(tmp_path) == {"r0": [SERBIA]}
    rows(tmp_path / "a.jsonl", SPAIN)
    run(tmp_path / "a.jsonl")
    assert stored(tmp_path) == {"r0": [SPAIN]}
    assert [counts(give(text)) for text in (SERBIA, POLAND, SERBIA)] == [(1, 0, 0), (1, 0, 0), (0, 1, 0)]
    assert sorted(stored(tmp_path).values()) == [[POLAND], [SERBIA], [SPAIN]]
    take_out(tmp_path, "r0")
    run("b.jsonl")
    assert stored(tmp_path)["r0"] == [POLAND]


def test_without_a_manifest_nothing_is_replaced(two, run):
    manifest = two / "o" / "store" / "manifest.sqlite"
    take_out(two, "d18")
    manifest.unlink()
    report, failure, lost = run("d18")
    assert (report.articles, lost) == (0, 1)
    assert failure.startswith("d18/1.txt: the id '1' is taken by another text in the store")
    assert stored(two) == {"1": [SERBIA]}
    assert counts(run("d17", "d18")) == (2, 0, 0)
    assert stored(two) == {"1": [SERBIA], "d18/1.txt": [POLAND]}
    manifest.write_bytes(b"no database, however long it may be" * 100)
    with pytest.raises(StoreError, match="remove it, and the same build reads all again"):
        run("d17")


def test_what_another_extractor_has_read_is_told_and_read_again_when_asked(tmp_path, run, monkeypatch):
    write(tmp_path / "d" / "1.txt", "France zorbled Italy.")
    write(tmp_path / "d" / "2.txt", "Franța a mulțumit Italiei pentru ajutor.")
    frames = tmp_path / "overlay" / "lang" / "en" / "frames"
    monkeypatch.setenv("KG_OVERLAY", str(tmp_path / "overlay"))
    write(frames / "own.toml", OWN_FRAME.format("sploosh"))
    assert run("d")[0].outdated == 0
    before = versions(tmp_path)
    write(frames / "own.toml", OWN_FRAME.format("zorble"))
    report, *_ = run("d")
    assert (report.articles, report.unchanged, report.outdated) == (0, 2, 1)
    report, *_ = run("d", refresh=True)
    assert (report.articles, report.unchanged, report.outdated) == (1, 1, 0)
    after = versions(tmp_path)
    assert before.items() < after.items()
    assert after["1"] != after["2"]
    assert all(re.fullmatch(r"rules/0\.2\.0\+[0-9a-f]{8}", version) for version in after.values())


def versions(folder):
    """Which extractor made the statements of each article, in one pattern."""
    with EmbeddedStore.open(folder / "o" / "store", read_only=True) as store:
        found = store.query(
            "SELECT ?id ?made { GRAPH ?article { ?statement prov:wasGeneratedBy ?made . "
            "?made a prov:SoftwareAgent . ?article dcterms:identifier ?id } }"
        )
        return {id_.value: made.value.partition("/extractor/")[2] for id_, made in found}


def test_the_version_tells_pipelines_apart_by_their_content(tmp_path):
    own = extractor_version("rules")
    for name in ("one", "other"):
        shutil.copytree("kg/lang/ro/pipeline", tmp_path / name)
    one, other = (extractor_version("rules", {"ro": str(tmp_path / name)}) for name in ("one", "other"))
    assert one("ro") == other("ro") != own("ro")
    assert one("en") == own("en") != own("ro")
    assert own("tlh") == "rules/0.2.0"
    lexemes = tmp_path / "third" / "vocab" / "strings.json"
    shutil.copytree(tmp_path / "one", tmp_path / "third")
    lexemes.write_bytes(lexemes.read_bytes() + b" ")
    assert extractor_version("rules", {"ro": str(tmp_path / "third")})("ro") != one("ro")


def test_a_store_that_lost_a_part_says_what_to_do(two, run):
    store = two / "o" / "store"
    shutil.rmtree(store / "snapshots")
    with pytest.raises(
        StoreError, match="nothing is published there any more; the same `kg build` publishes"
    ):
        stored(two)
    run("d17")
    assert len(stored(two)) == 2
    shutil.rmtree(store / "writer")
    with pytest.raises(StoreError, match="can be read and exported, but not written to; build anew"):
        run("d17")
    assert len(stored(two)) == 2


def test_the_commands_tell_what_they_did(two, kg):
    options = "--out", two / "o"
    (two / "d18" / "1.txt").unlink()
    write(two / "d18" / "2.txt", SPAIN)
    pruned = kg("build", two / "d18", "--prune", *options)
    assert (pruned.exit_code, "Removed 1, no longer found there." in pruned.stdout) == (0, True)
    removed = kg("remove", "1", "7", *options)
    assert (removed.exit_code, removed.stdout) == (1, "Removed: 1 articles.\n")
    assert "kg: 7: no article has this id" in removed.stderr
    assert kg("remove", "7", *options).exit_code == 2
    assert kg("remove", "7", "--out", two / "nowhere").exit_code == 2
    assert not (two / "nowhere").exists()
    lines = kg("extract", two / "d17").stdout
    assert re.fullmatch(r"rules/0\.2\.0\+[0-9a-f]{8}", json.loads(lines)["extractor"])
