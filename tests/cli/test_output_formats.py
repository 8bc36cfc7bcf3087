"""What is written under which name: the suffix says it, or the command refuses."""

import csv
import io
import json
from datetime import datetime

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
from lxml import etree

from kg.exports import FORMATS as EXPORTS
from kg.formats import FORMATS, choose_format

ARTICLES = [
    {"id": "thanks", "text": "Franța a mulțumit Italiei pentru ajutor.", "published": "2025-06-17"},
    {"id": "threat", "text": "Pe 12 iunie 2025, Iranul a amenințat Israelul.", "published": "2025-06-17"},
    {"id": "dash", "text": "=Polonia a trimis arme Ucrainei, a spus ministrul."},
]
QUOTES = "SELECT ?quote { ?s a sr:Statement ; prov:wasDerivedFrom/sr:text ?quote } ORDER BY ?quote"


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    path = tmp_path_factory.mktemp("formats") / "news.jsonl"
    path.write_text("".join(f"{json.dumps(article)}\n" for article in ARTICLES))
    return path


@pytest.fixture(scope="module")
def store(kg, news):
    assert kg("build", news, "--out", news.parent / "out").exit_code == 0
    return news.parent / "out" / "store"


@pytest.fixture
def run(kg, news, store):
    """Runs a command of `FORMATS` on the articles, or on the store that they made."""
    given = {
        "extract": ["extract", news],
        "query": ["query", QUOTES, "--store", store],
        "export": ["export", "--store", store],
        "graph": ["graph", "--store", store],
    }
    return lambda command, *args: kg(*given[command], *args)


def read_csv(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def read_sheets(path):
    """The rows of each sheet; a cell that is a formula is None, since nothing has computed it."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def read_parquet(path):
    return pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()


def read_rdf(form):
    return lambda path: list(ox.parse(path=path, format=form))


def read_start(start):
    return lambda path: path.read_bytes().lstrip().startswith(start)


READERS = {
    ".csv": read_csv,
    ".gexf": nx.read_gexf,
    ".graphml": nx.read_graphml,
    ".htm": read_start(b"<!DOCTYPE html>"),
    ".html": read_start(b"<!DOCTYPE html>"),
    ".json": lambda path: json.loads(path.read_text()),
    ".jsonl": lambda path: [json.loads(line) for line in path.read_text().splitlines()],
    ".jsonld": read_rdf(ox.RdfFormat.JSON_LD),
    ".ndjson": lambda path: [json.loads(line) for line in path.read_text().splitlines()],
    ".nq": read_rdf(ox.RdfFormat.N_QUADS),
    ".parquet": read_parquet,
    ".png": read_start(b"\x89PNG"),
    ".srj": lambda path: json.loads(path.read_text())["results"]["bindings"],
    ".svg": lambda path: etree.QName(etree.parse(str(path)).getroot()).localname == "svg",
    ".trig": read_rdf(ox.RdfFormat.TRIG),
    ".ttl": read_rdf(ox.RdfFormat.TURTLE),
    ".txt": read_start("┏".encode()),
    ".xlsx": read_sheets,
}
SUFFIXES = [
    (command, suffix)
    for command, formats in FORMATS.items()
    for suffix in dict.fromkeys(each for suffixes in formats.values() for each in suffixes)
]


@pytest.mark.parametrize(("command", "suffix"), SUFFIXES)
def test_suffix_decides_the_format(run, tmp_path, command, suffix):
    path = tmp_path / "new" / f"out{suffix}"
    result = run(command, "-o", path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert READERS[suffix](path)


def test_case_of_a_suffix_does_not_matter(run, tmp_path):
    assert run("graph", "-o", tmp_path / "G.PNG").exit_code == 0
    assert READERS[".png"](tmp_path / "G.PNG")
    assert run("query", "-o", tmp_path / "E.CSV").exit_code == 0
    assert READERS[".csv"](tmp_path / "E.CSV")[0] == ["quote"]


@pytest.mark.parametrize(
    ("command", "name", "possible"),
    [
        ("extract", "x.json", ".jsonl, .ndjson, .csv, .xlsx, .txt"),
        ("extract", "x.parquet", ".jsonl"),
        ("query", "x.docx", ".txt, .csv, .xlsx, .json, .srj, .parquet"),
        ("query", "x.csv.gz", ".csv"),
        ("query", "x.png", ".csv"),
        ("export", "x.xls", ".xlsx"),
        ("export", "x.html", ".gexf"),
        ("graph", "x.pdf", ".html, .htm, .svg, .png"),
        ("graph", "x.csv", ".html"),
    ],
)
def test_suffix_that_is_not_written_is_refused_with_what_is(run, tmp_path, command, name, possible):
    result = run(command, "-o", tmp_path / name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kg: {tmp_path / name}: kg {command} writes no ")
    assert possible in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "form", "name", "own"),
    [
        ("extract", "csv", "x.xlsx", "csv is written to .csv, not to .xlsx"),
        ("extract", "jsonl", "x.txt", "jsonl is written to .jsonl or .ndjson, not to .txt"),
        ("query", "table", "x.csv", "table is written to .txt, not to .csv"),
        ("query", "csv", "x.zip", "csv is written to .csv, not to .zip"),
        ("export", "gexf", "x.graphml", "gexf is written to .gexf, not to .graphml"),
        ("export", "neo4j", "x.csv", "neo4j is written to a name without a suffix, not to .csv"),
    ],
)
def test_format_under_the_name_of_another_is_refused(run, tmp_path, command, form, name, own):
    result = run(command, "--format", form, "-o", tmp_path / name)
    assert (result.exit_code, result.stderr) == (2, f"kg: {tmp_path / name}: {own}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("command", "form"), [("query", "parquet"), ("query", "xlsx"), ("extract", "xlsx")])
def test_format_that_no_terminal_shows_needs_a_file(run, command, form):
    result = run(command, "--format", form)
    assert (result.exit_code, result.stderr) == (2, f"kg: {form} needs a file: --output NAME.{form}\n")


@pytest.mark.parametrize("name", ["rows", "rows-2025.06.17"])
def test_name_without_a_suffix_takes_any_format(run, tmp_path, name):
    assert run("query", "--format", "csv", "-o", tmp_path / name).exit_code == 0
    assert READERS[".csv"](tmp_path / name)[0] == ["quote"]
    assert run("export", "-o", tmp_path / name).exit_code == 0
    assert READERS[".trig"](tmp_path / name)


def test_every_export_has_a_writer():
    assert list(EXPORTS) == list(FORMATS["export"])
    assert [choose_format(command) for command in FORMATS] == ["jsonl", "table", "trig", "html"]


def test_numbers_of_an_answer_are_not_guarded(kg, store):
    shown = kg("query", "conflicts", "--store", store, "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(shown))
    assert (row["source"], row["target"], row["statements"]) == ("actor:IRN", "actor:ISR", "1")
    assert float(row["worst"]) < 0
    assert float(row["mean"]) < 0


def test_words_of_an_answer_are_guarded_in_csv_and_text_in_a_workbook(run, tmp_path):
    run("query", "-o", tmp_path / "x.csv")
    quotes = [row[0] for row in READERS[".csv"](tmp_path / "x.csv")]
    assert "'=Polonia a trimis arme Ucrainei, a spus ministrul." in quotes
    run("query", "-o", tmp_path / "x.xlsx")
    assert READERS[".xlsx"](tmp_path / "x.xlsx") == {
        "answer": [
            ["quote"],
            *([article["text"]] for article in sorted(ARTICLES, key=lambda each: each["text"])),
        ]
    }


def test_words_for_neo4j_stay_as_they_are(run, tmp_path):
    assert run("export", "--format", "neo4j", "-o", tmp_path / "neo4j").exit_code == 0
    header, *rows = read_csv(tmp_path / "neo4j" / "statements.csv")
    assert {row[header.index("quote")] for row in rows} == {article["text"] for article in ARTICLES}


def test_answer_in_a_workbook_has_numbers_and_days(kg, store, tmp_path):
    sparql = """SELECT ?n ?m ?day ?word ?none ?long ?wrong { VALUES (?n ?m ?day ?word ?long ?wrong) {
      (-9 1.5 "2025-06-17"^^xsd:date "#N/A" 12345678901234567890 "x"^^xsd:integer)
      (7 "NaN"^^xsd:double "0044-03-15"^^xsd:date "-1+2" 1 2) } }"""
    assert kg("query", sparql, "--store", store, "-o", tmp_path / "x.xlsx").exit_code == 0
    (rows,) = READERS[".xlsx"](tmp_path / "x.xlsx").values()
    assert rows == [
        ["n", "m", "day", "word", "none", "long", "wrong"],
        [-9, 1.5, datetime(2025, 6, 17), "#N/A", None, "12345678901234567890", "x"],
        [7, "nan", "0044-03-15", "-1+2", None, 1, 2],
    ]


def test_yes_or_no_is_an_answer_in_every_format(kg, store, tmp_path):
    for suffix in (".csv", ".xlsx", ".parquet"):
        path = tmp_path / f"x{suffix}"
        assert kg("query", "ASK { ?s a sr:Statement }", "--store", store, "-o", path).exit_code == 0
        assert "true" in str(READERS[suffix](path)).lower()


def test_statements_in_a_workbook_have_numbers_and_days(run, tmp_path):
    run("extract", "-o", tmp_path / "x.xlsx")
    header, *rows = READERS[".xlsx"](tmp_path / "x.xlsx")["statements"]
    found = {row["article"]: row for row in (dict(zip(header, row, strict=True)) for row in rows)}
    assert found["thanks"]["quote"] == ARTICLES[0]["text"]
    assert found["dash"]["quote"] == ARTICLES[2]["text"]
    assert (found["thanks"]["start"], found["thanks"]["end"]) == (0, len(ARTICLES[0]["text"]))
    assert isinstance(found["thanks"]["confidence"], float)
    assert found["threat"]["time_start"] == datetime(2025, 6, 12)
    assert found["thanks"]["time_start"] is None


def test_workbook_of_an_export_has_edges_and_nodes(run, tmp_path):
    run("export", "-o", tmp_path / "x.xlsx")
    sheets = READERS[".xlsx"](tmp_path / "x.xlsx")
    assert list(sheets) == ["edges", "nodes"]
    edges = {tuple(row[:3]): row for row in sheets["edges"]}
    assert edges["FRA", "ITA", "sr:thanks"][6:] == [1, 1, "2025-06-17", "2025-06-17"]
    assert ["FRA", "state", "France", "France", "Franța", 1, 0] in sheets["nodes"]


@pytest.mark.parametrize(
    ("command", "form", "letters"),
    [
        ("query", "excel-csv", "Franța a mulțumit"),
        ("extract", "excel-csv", "Franța a mulțumit"),
        ("export", "excel-csv", "sr:thanks"),
        ("export", "excel-csv-nodes", "Franța"),
    ],
)
def test_csv_for_excel_begins_with_a_mark(run, tmp_path, command, form, letters):
    assert run(command, "--format", form, "-o", tmp_path / "x.csv").exit_code == 0
    written = (tmp_path / "x.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\xef\xbb\xbf") == 1
    assert letters in written.decode("utf-8-sig")
    plain = form.removeprefix("excel-")
    run(command, "--format", plain, "-o", tmp_path / "plain.csv")
    assert (tmp_path / "plain.csv").read_bytes() == written[3:]


def test_csv_for_excel_begins_with_a_mark_in_a_pipe(run):
    assert run("query", "--format", "excel-csv").stdout.startswith("\ufeffquote\n")


def test_static_is_a_picture_only(run, tmp_path):
    result = run("graph", "--static", "-o", tmp_path / "x.html")
    assert result.exit_code == 2
    assert "a picture is .svg or .png" in result.stderr
