"""What is written in a format is read from it, character for character."""

import csv
import io
import json
from dataclasses import asdict
from datetime import date, datetime
from xml.sax.saxutils import escape

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import PACKED, SENTENCE, only_failure, read, write

from kg.articles import count_articles, scan_articles
from kg.articles.fields import HTML, make_article, read_date, safe_id
from kg.errors import ArticleError
from kg.model import Article

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")
WORDS = st.text(CHARACTERS, max_size=30)
TEXTS = (
    st.text(CHARACTERS)
    .map(lambda text: f"{text} Rusia")
    .filter(lambda text: not HTML.match(text) and text == text.encode().decode("utf-8-sig"))
)
FILLED = WORDS.filter(str.strip)
OPTIONAL = st.none() | WORDS.filter(bool)
DATES = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
ARTICLES = st.builds(Article, FILLED, TEXTS, OPTIONAL, OPTIONAL, OPTIONAL, st.none() | DATES, OPTIONAL)
LISTS = st.lists(ARTICLES, min_size=1, max_size=5)


def rows(articles):
    return [
        {("lang" if key == "language" else key): each for key, each in asdict(a).items()} for a in articles
    ]


def json_lines(articles):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(articles)).encode()


def comma_separated(articles):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows(articles)[0])
    writer.writeheader()
    writer.writerows(rows(articles))
    return out.getvalue().encode()


def parquet(articles):
    out = io.BytesIO()
    table = pyarrow.Table.from_pylist(rows(articles))
    pyarrow.parquet.write_table(table, out, row_group_size=2)
    return out.getvalue()


def scan(*paths):
    return [item for _, item in scan_articles(paths)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("formats")


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize(("suffix", "written"), [(".jsonl", json_lines), (".csv", comma_separated)])
@given(articles=LISTS)
def test_rows_come_back(folder, suffix, written, packing, articles):
    path = write(folder, f"a{suffix}{packing}", PACKED[packing](written(articles)))
    assert scan(path) == articles
    assert count_articles([path]) == len(articles)


@given(articles=LISTS)
def test_parquet_comes_back(folder, articles):
    path = write(folder, "a.parquet", parquet(articles))
    assert scan(path) == articles
    assert count_articles([path]) == len(articles)


@pytest.mark.parametrize("packing", PACKED)
@given(text=TEXTS, published=DATES)
def test_text_comes_back(folder, packing, text, published):
    path = write(folder, f"a.txt{packing}", PACKED[packing](f" date {published}\n\nText: {text}".encode()))
    assert scan(path) == [Article("a", f"Text: {text}", published=published)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_place_of_a_row_is_its_line(tmp_path, name):
    articles = [Article("a", "Rusia\na primit"), Article("b", "Rusia")]
    written = {"a.jsonl": json_lines, "a.csv": comma_separated, "a.parquet": parquet}[name]
    path = write(tmp_path, name, written(articles))
    lines = {"a.jsonl": (1, 2), "a.csv": (2, 4), "a.parquet": (1, 2)}[name]
    assert list(scan_articles([path])) == [
        (f"{path}:{line}", article) for line, article in zip(lines, articles, strict=True)
    ]


def test_broken_parquet_is_named(tmp_path):
    content = parquet([Article("a", SENTENCE)])
    assert content.count(b"publisher") > 1
    broken = write(tmp_path, "a.parquet", content.replace(b"publisher", b"publishe\xe4"))
    assert only_failure(read(broken)).reason.startswith("broken Parquet: ")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime(2025, 6, 17, 23, 30), "2025-06-17"),
        (date(2025, 6, 17), "2025-06-17"),
        ("2025-06", "2025-06"),
    ],
)
def test_parquet_keeps_days(tmp_path, value, day):
    table = pyarrow.table(
        {"ID": [7], "Text": [SENTENCE], "published": [value], "Language": ["ro"], "n": [[1]]}
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == [Article("7", SENTENCE, "ro", published=day)]


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        ("", "", "the file is empty"),
        ("id,body\na,x\n", "", "the columns are 'id, body'; id and text are needed"),
        ("id,text,TEXT\na,x,y\n", "", "id and text are needed, and each but once"),
        ("id,text\na\n", ":2", "1 cells, where the header has 2"),
        ("id,text\na,Rusia, și nu numai\n", ":2", "3 cells, where the header has 2"),
        ('id,text\n\na,""\n', ":3", "the text is empty"),
        (b"id,text\na,Fran\xc8\x9ba \xff\n", ":2", "not UTF-8 after 'Franța '"),
    ],
)
def test_wrong_csv_is_named(tmp_path, content, where, reason):
    path = write(tmp_path, "a.csv", content)
    failure = only_failure(read(path))
    assert failure.where == f"{path}{where}"
    assert reason in failure.reason


def test_parquet_without_text_or_pyarrow_is_named(tmp_path, monkeypatch):
    pyarrow.parquet.write_table(pyarrow.table({"id": ["a"]}), tmp_path / "a.parquet")
    assert "id and text are needed" in only_failure(read(tmp_path / "a.parquet")).reason
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    reason = only_failure(read(tmp_path / "a.parquet")).reason
    assert reason == "Parquet needs pyarrow: pip install 'state-relations[parquet]'"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-06-17T23:30:00-05:00", "2025-06-17"),
        ("2025-06-17 08:30", "2025-06-17"),
        ("Tue, 17 Jun 2025 23:30:00 -0500", "2025-06-17"),
        ("17 Jun 2025 00:10 GMT", "2025-06-17"),
    ],
)
def test_date_is_the_day_in_its_own_zone(value, day):
    assert read_date(value) == day


@given(st.text())
def test_any_date_is_read_or_refused(value):
    try:
        date.fromisoformat(f"{read_date(value)}-01"[:10])
    except ArticleError:
        assert value not in ("2025-06", "2025-06-17")


@given(st.text(), st.text())
def test_safe_ids_are_safe_and_differ(one, other):
    assert set(safe_id(one)) <= set(map(chr, range(33, 127))) - set("/:?#&%\"'<>")
    assert (safe_id(one) == safe_id(other)) == (one == other)


def test_html_in_a_row_is_no_text():
    with pytest.raises(ArticleError, match="an HTML page"):
        make_article("a", f"<html>{escape(SENTENCE)}</html>", {})
