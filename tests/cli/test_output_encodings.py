"""The real command where the system's encoding is not UTF-8: in a pipe, in a file, and on a terminal."""

import csv
import io
import json
import os
import pty
import subprocess
import sys

import pytest

ARTICLE = {"id": "thanks", "text": "Franța a mulțumit Italiei pentru ajutor.", "published": "2025-06-17"}
SETTINGS = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]
QUOTE = "SELECT ?quote { ?s a sr:Statement ; prov:wasDerivedFrom/sr:text ?quote }"


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    path = tmp_path_factory.mktemp("encodings") / "news.jsonl"
    path.write_text(json.dumps(ARTICLE, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def store(kg, news):
    kg("build", news, "--out", news.parent / "out")
    return news.parent / "out" / "store"


def start(args, settings, **streams):
    command = [sys.executable, "-m", "kg", *map(str, args)]
    return subprocess.Popen(command, env=os.environ | settings, stdin=subprocess.DEVNULL, **streams)


def run(args, **settings):
    """The exit code, the output and the errors of the command in pipes, as UTF-8."""
    process = start(args, settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate(timeout=300)
    return process.returncode, out.decode("utf-8"), err.decode("utf-8")


def show(args, **settings):
    """The exit code of the command, and the bytes that a terminal got of it."""
    ours, theirs = pty.openpty()
    process = start(args, settings, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while got := os.read(ours, 65536):
            shown += got
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return process.wait(timeout=300), shown


@pytest.mark.parametrize("settings", SETTINGS)
def test_answers_are_utf_8_in_a_pipe(store, settings):
    code, out, err = run(["query", QUOTE, "--store", store, "--format", "csv"], **settings)
    assert (code, err) == (0, "")
    assert list(csv.reader(io.StringIO(out))) == [["quote"], [ARTICLE["text"]]]


@pytest.mark.parametrize("form", ["table", "json", "excel-csv"])
def test_every_format_of_an_answer_takes_every_letter(store, form):
    code, out, err = run(["query", QUOTE, "--store", store, "--format", form], **SETTINGS[0])
    assert (code, err) == (0, "")
    assert ARTICLE["text"] in out


@pytest.mark.parametrize(
    ("form", "settings"), [("jsonl", SETTINGS[0]), ("csv", SETTINGS[1]), ("table", SETTINGS[2])]
)
def test_statements_are_utf_8_in_a_pipe(news, form, settings):
    code, out, err = run(["extract", news, "--format", form], **settings)
    assert (code, err) == (0, "")
    assert ARTICLE["text"] in out


def test_what_else_is_printed_takes_every_letter(news, store):
    settings = SETTINGS[1]
    assert "Elveția" in run(["actors", "--list"], **settings)[1]
    assert run(["query", "latest", "--store", store, "--param", "țară=1"], **settings)[2].startswith(
        "kg: latest has no parameter țară"
    )
    missing = news.parent / "ștampilă"
    assert f"kg: {missing}" in run(["extract", missing], **settings)[2]
    assert str(missing) in run(["graph", "--store", store, "-o", f"{missing}.html"], **settings)[1]
    assert run(["build", "--help"], **settings)[0] == 0


def test_a_file_is_utf_8(news, store):
    path = news.parent / "rows.csv"
    assert run(["query", QUOTE, "--store", store, "-o", path], **SETTINGS[1]) == (0, "", "")
    assert ARTICLE["text"] in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp1250", "iso8859-2"])
def test_a_terminal_shows_what_it_can(store, encoding):
    code, shown = show(
        ["query", QUOTE, "--store", store, "--format", "csv"], PYTHONIOENCODING=encoding, COLUMNS="200"
    )
    expected = ARTICLE["text"].encode(encoding, "replace").decode(encoding)
    assert (code, shown.decode(encoding)) == (0, f"quote\r\n{expected}\r\n")


def test_a_table_on_a_terminal_has_lines_of_its_letters(store):
    code, got = show(["query", QUOTE, "--store", store], PYTHONIOENCODING="ascii", COLUMNS="200")
    assert code == 0
    assert "Fran?a a mul?umit Italiei" in got.decode("ascii")


def test_an_error_on_a_terminal_shows_what_it_can(store):
    code, got = show(["query", "latest", "--param", "țară=1", "--store", store], PYTHONIOENCODING="ascii")
    assert code == 2
    assert got.decode("ascii").startswith("kg: latest has no parameter ?ar?")


def test_a_terminal_of_utf_8_shows_all(store):
    code, got = show(["query", QUOTE, "--store", store], PYTHONIOENCODING="utf-8", COLUMNS="200")
    assert code == 0
    assert ARTICLE["text"] in got.decode("utf-8")
