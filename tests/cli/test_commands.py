"""The commands on a few articles: what is written, and what a second run changes."""

import base64
import csv
import io
import json
import re
import zlib

import pytest

from kg.records import COLUMNS

ARTICLES = [
    {"id": "sappers", "text": "North Korea sent a thousand sappers to Russia.", "published": "2025-06-17"},
    {
        "id": "thanks",
        "text": "Franța a mulțumit Italiei pentru ajutor.",
        "title": "</script><script>alert(1)</script>",
    },
    {"id": "weather", "text": "It rained on Tuesday in the mountains and the roads were closed."},
]
EVIL = '<img src=x onerror="alert(1)">'


def evidence_of(page):
    """The JSON of the evidence that a page carries, unpacked; empty where it carries none."""
    packed = re.search(r'data-chunk="0">([^<]*)<', page.read_text())
    return zlib.decompress(base64.b64decode(packed[1])).decode() if packed else ""


@pytest.fixture(scope="session")
def news(tmp_path_factory):
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    return path


@pytest.fixture(scope="session")
def built(kg, news):
    out = news.parent / "out"
    return kg("build", news, "--out", out), out


def test_build_makes_the_store_the_page_and_a_summary(built):
    result, out = built
    assert (result.exit_code, result.stderr) == (0, "")
    assert "3 articles, 3 sentences" in result.stdout
    assert str(out / "graph.html") in result.stdout.replace("\n", "")
    for event_type in ("AID", "SUPPORT"):
        assert event_type in result.stdout
    assert (out / "store").is_dir()
    assert "a thousand sappers" in evidence_of(out / "graph.html")


def test_page_that_shows_only_the_latest_says_so(kg, news, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.building.DRAWN", 1)
    result = kg("build", news, "--out", tmp_path / "out")
    assert "It shows the latest 1 statements; `kg graph` draws those you choose." in result.stdout
    shown = json.loads(evidence_of(tmp_path / "out" / "graph.html"))["statements"]
    assert len(shown) == 1


def test_markup_of_an_article_is_text_on_the_page(kg, tmp_path):
    article = {
        "id": EVIL,
        "title": EVIL,
        "publisher": EVIL,
        "text": f"France thanked Italy {EVIL} for the help.",
    }
    path = tmp_path / "evil.jsonl"
    path.write_text(json.dumps(article))
    assert kg("build", path, "--out", tmp_path / "out").exit_code == 0
    page = tmp_path / "out" / "graph.html"
    assert EVIL in json.loads(evidence_of(page))["articles"][EVIL]["title"]
    assert "<img" not in page.read_text()


def test_second_build_changes_nothing(kg, news, built):
    _, out = built
    before = kg("query", "latest", "--store", out / "store", "--format", "json").stdout
    assert kg("build", news, "--out", out).exit_code == 0
    assert kg("query", "latest", "--store", out / "store", "--format", "json").stdout == before


def test_extract_writes_json_lines_csv_and_a_table(kg, news, tmp_path):
    rows = [json.loads(line) for line in kg("extract", news).stdout.splitlines()]
    found = [(row["article"], row["source"], row["event_type"], row["target"]) for row in rows]
    assert ("sappers", "PRK", "AID", "RUS") in found
    assert ("thanks", "FRA", "SUPPORT", "ITA") in found
    for row, article in (
        (row, article) for row in rows for article in ARTICLES if article["id"] == row["article"]
    ):
        assert article["text"][row["start"] : row["end"]] == row["quote"]
        assert article["text"][row["subject"]["start"] : row["subject"]["end"]] == row["subject"]["text"]
    path = tmp_path / "deep" / "rows.csv"
    assert kg("extract", news, "--format", "csv", "-o", path).stdout == ""
    table = list(csv.DictReader(io.StringIO(path.read_text())))
    assert tuple(table[0]) == COLUMNS
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert "sr:thanks" in kg("extract", news, "--format", "table").stdout


def test_labels_are_in_the_language_of_the_article(kg, news):
    rows = [json.loads(line) for line in kg("extract", news).stdout.splitlines()]
    assert {row["subject"]["label"] for row in rows} == {"North Korea", "Franța"}


def test_saved_question_and_sparql_agree(kg, built):
    store = built[1] / "store"
    saved = kg("query", "who-aids-whom", "--store", store, "--format", "csv", "--param", "recipient=RUS")
    (row,) = csv.DictReader(io.StringIO(saved.stdout))
    assert (row["giver"], row["recipient"]) == ("actor:PRK", "actor:RUS")
    sparql = "SELECT ?quote { ?s a sr:Aid ; sr:target actor:RUS ; prov:wasDerivedFrom/sr:text ?quote }"
    assert ARTICLES[0]["text"] in kg("query", sparql, "--store", store).stdout
    answer = json.loads(kg("query", sparql, "--store", store, "--format", "json").stdout)
    assert [each["quote"]["value"] for each in answer["results"]["bindings"]] == [ARTICLES[0]["text"]]


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["who-aids"], "no saved question who-aids"),
        (["who-aids-whom", "--param", "limit"], "'limit' is not KEY=VALUE"),
        (["who-aids-whom", "--param", "colour=red"], "no parameter colour"),
        (["SELECT nothing"], "not SPARQL: line 1"),
        ([], "give a saved question"),
    ],
)
def test_question_that_can_not_be_asked(kg, built, args, reason):
    result = kg("query", *args, "--store", built[1] / "store")
    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.replace("│", "").split())


def test_questions_are_listed(kg):
    assert "who-aids-whom" in kg("query", "--list").stdout


def test_graph_is_drawn_from_the_store(kg, built, tmp_path):
    result = kg("graph", "--store", built[1] / "store", "-o", tmp_path / "new" / "page.html")
    assert result.exit_code == 0
    assert (tmp_path / "new" / "page.html").read_text() == (built[1] / "graph.html").read_text()


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ([], {"sappers", "thanks"}),
        (["--focus", "prk"], {"sappers"}),
        (["--since", "2025-06", "--until", "2025-06-17", "--steps", "2"], {"sappers"}),
        (["--type", "AID", "--type", "ACCUSE", "--status", "asserted"], {"sappers"}),
        (["--language", "ro", "--confidence", "0.1"], {"thanks"}),
        (["--between", "FRA", "ITA", "--interface", "ro"], {"thanks"}),
        (["--min-statements", "2"], set()),
        (["--publisher", "Nobody"], set()),
    ],
)
def test_filters_choose_what_is_drawn(kg, built, tmp_path, filters, kept):
    result = kg("graph", "--store", built[1] / "store", "-o", tmp_path / "graph.html", *filters)
    assert result.exit_code == 0
    chunk = json.loads(evidence_of(tmp_path / "graph.html") or '{"articles": {}}')
    assert set(chunk["articles"]) == kept


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (["--focus", "PRX"], "no actor PRX"),
        (["--type", "AIDS"], "did you mean AID?"),
        (["--since", "june"], "'june' is no day"),
        (["--status", "sure"], "'sure' is not one of"),
        (["--interface", "xx"], "'xx' is none of en, ro"),
        (["--static"], "a picture is .svg or .png"),
    ],
)
def test_filter_that_is_wrong(kg, built, tmp_path, filters, reason):
    result = kg("graph", "--store", built[1] / "store", "-o", tmp_path / "graph.html", *filters)
    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.replace("│", "").split())


def test_picture_is_drawn_from_the_store(kg, built, tmp_path):
    picture = ["--static", "-o", tmp_path / "new" / "graph.svg", "--interface", "ro", "--focus", "PRK"]
    assert kg("graph", "--store", built[1] / "store", *picture).exit_code == 0
    drawn = (tmp_path / "new" / "graph.svg").read_text()
    assert "Coreea de Nord" in drawn
    assert "Franța" not in drawn


def test_store_that_is_none_is_named(kg, tmp_path):
    for command in (["query", "latest"], ["graph", "-o", tmp_path / "x.html"], ["validate"]):
        result = kg(*command, "--store", tmp_path / "none")
        assert result.exit_code == 2
        assert result.stderr.startswith(f"kg: {tmp_path / 'none'}: no store there")


def test_store_is_valid(kg, built):
    result = kg("validate", "--store", built[1] / "store")
    assert (result.exit_code, result.stdout) == (0, "")


def test_extracted_statements_are_scored(kg, news, tmp_path):
    gold = tmp_path / "gold.jsonl"
    row = {"source": "PRK", "target": "RUS", "types": ["AID"]}
    gold.write_text(
        json.dumps({"id": "sappers", "text": ARTICLES[0]["text"], "required": [row], "optional": []})
    )
    predicted = tmp_path / "predicted.jsonl"
    kg("extract", news, "-o", predicted)
    assert (
        kg("score", gold, predicted).stdout.splitlines()[1].startswith("typed   P 1.000  R 1.000  F1 1.000")
    )
    assert json.loads(kg("score", gold, predicted, "--json").stdout)["typed"]["found"] == 1


@pytest.mark.parametrize("name", ["trig", "nquads", "turtle", "jsonld", "csv", "graphml"])
def test_store_is_exported(kg, built, tmp_path, name):
    path = tmp_path / "new" / name
    assert kg("export", "--store", built[1] / "store", "--format", name, "-o", path).exit_code == 0
    assert "PRK" in path.read_text()


def test_unknown_export_format_is_named(kg, built, tmp_path):
    result = kg("export", "--store", built[1] / "store", "--format", "xml", "-o", tmp_path / "x")
    assert result.exit_code == 2
    assert "no export format xml" in result.stderr
