"""Files, folders, JSON Lines and standard input → articles and failures."""

import io
import json
import os
import sys

import pytest
from samples import SENTENCE, only_failure, read, write

from kg.articles import Failure, parse_text
from kg.articles.places import SUFFIXES
from kg.errors import ArticleError
from kg.model import Article


@pytest.mark.parametrize(
    ("content", "published"),
    [
        (f" date 2025-06 {SENTENCE}", "2025-06"),
        (f"date 2025-06-17 {SENTENCE}", "2025-06-17"),
        (f" date 2025-06-17\n\n{SENTENCE}", "2025-06-17"),
        (f"date 2025-06\r\n\r\n{SENTENCE}", "2025-06"),
        (f"published: 2025-06-17T08:30:00Z\n{SENTENCE}", "2025-06-17"),
        (f"date: 2025-06-17\n\n{SENTENCE}", "2025-06-17"),
        (f" date: 2025-06\r\n{SENTENCE}", "2025-06"),
        (f"date: 2025-06-17 {SENTENCE}", "2025-06-17"),
        (f"published: 2025-06 {SENTENCE}", "2025-06"),
        (f"date:2025-06-17 08:30\n{SENTENCE}", "2025-06-17"),
        (f"date: Tue, 17 Jun 2025 23:30:00 -0500\n\n{SENTENCE}", "2025-06-17"),
        (f"date:\n{SENTENCE}", None),
        (SENTENCE, None),
    ],
)
def test_date_is_no_part_of_the_text(content, published):
    article = parse_text(content, "a")
    assert (article.text, article.published) == (SENTENCE, published)


def test_header_lines_in_any_order():
    header = (
        "title: Un titlu: lung\nurl: https://example.org/1\n date 2025-06\npublisher: Agenția\nlanguage: ro\n"
    )
    assert parse_text(f"{header}\n{SENTENCE}\n", "a") == Article(
        "a", f"{SENTENCE}\n", "ro", "Un titlu: lung", "Agenția", "2025-06", "https://example.org/1"
    )


def test_date_with_a_colon_loses_no_other_line():
    article = parse_text(f"title: Geniști\ndate: 2025-06-17\npublisher: Agenția\n\n{SENTENCE}", "a")
    assert article == Article("a", SENTENCE, None, "Geniști", "Agenția", "2025-06-17")


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (
            "title: T\ndate: yesterday\n\n",
            "'yesterday' is no date; write 2025-06 or 2025-06-17 (line 2: 'date: yesterday')",
        ),
        (
            "published: 31.02.2025\n",
            "is no date; write 2025-06 or 2025-06-17 (line 1: 'published: 31.02.2025')",
        ),
        ("tilte: T\ndate: 2025-06\n", "line 1: 'tilte: T' is no header line; one begins with date, title,"),
        ("title: T\nauthor: Ion Pop\n\n", "line 2: 'author: Ion Pop' is no header line"),
        ("title: T\ndate 2025-06-17x\n\n", "'2025-06-17x' is no date; write 2025-06 or 2025-06-17 (line 2: "),
        (
            " date 17.06.2025\n",
            "'17.06.2025' is no date; write 2025-06 or 2025-06-17 (line 1: 'date 17.06.2025')",
        ),
        ("title: T\ndat:\nurl: u\n", "line 2: 'dat:' is no header line"),
    ],
)
def test_header_line_that_cannot_be_read_is_named(tmp_path, header, named):
    write(tmp_path, "bad.txt", (header + SENTENCE).encode())
    write(tmp_path, "good.txt", SENTENCE.encode())
    failure, article = read(tmp_path)
    assert failure.where == str(tmp_path / "bad.txt")
    assert named in failure.reason
    assert article.text == SENTENCE


@pytest.mark.parametrize("start", ["kremlin: ", "https://example.org/a ", "știri: "])
def test_text_after_a_header_may_have_a_colon(start):
    for header in (" date 2025-06 ", "title: T\n\n"):
        assert parse_text(f"{header}{start}{SENTENCE}\n\nDa.", "a").text == f"{start}{SENTENCE}\n\nDa."


@pytest.mark.parametrize(
    "text",
    [
        "date din care reiese altceva",
        "date 2024 arată",
        "Title: no header",
        "kremlin: nu\n\nDa.",
        f"\n\n {SENTENCE} \n",
    ],
)
def test_text_that_is_no_header_is_kept(text):
    assert parse_text(text, "a") == Article("a", text)


@pytest.mark.parametrize("value", ["2025-13", "2025-06-31", "2025-6", "2025-06-1", "2025-06-17-18"])
def test_wrong_date_is_named(value):
    with pytest.raises(ArticleError, match=f"'{value}' is no date; write 2025-06 or 2025-06-17"):
        parse_text(f" date {value} {SENTENCE}", "a")


def test_byte_order_mark_is_dropped(tmp_path):
    (article,) = read(write(tmp_path, "a.txt", b"\xef\xbb\xbf date 2025-06 " + SENTENCE.encode()))
    assert article == Article("a", SENTENCE, "ro", published="2025-06")


def test_folder_is_read_in_order_at_any_depth(tmp_path):
    (tmp_path / "b").mkdir()
    write(tmp_path, "c.txt", SENTENCE)
    write(tmp_path, "notes.md", SENTENCE)
    write(tmp_path / "b", "a.txt", SENTENCE)
    lines = [json.dumps({"id": f"j{number}", "text": SENTENCE}) for number in range(2)]
    write(tmp_path, "a.jsonl", "\n\n".join(lines) + "\n")
    assert [article.id for article in read(tmp_path)] == ["j0", "j1", "a", "c"]


def test_json_line_fields(tmp_path):
    row = {
        "id": 7,
        "text": SENTENCE,
        "lang": "ro-MD",
        "title": "T",
        "published": "2025-06",
        "url": None,
        "publisher": "P",
        "required": [1],
    }
    (article,) = read(write(tmp_path, "a.jsonl", json.dumps(row)))
    assert article == Article("7", SENTENCE, "ro", "T", "P", "2025-06", None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "not JSON"),
        ("[1]", "a JSON list, not an object"),
        ('{"text": "x"}', "id is None, not a string"),
        ('{"id": "", "text": "x"}', "id is '', not a string"),
        ('{"id": true, "text": "x"}', "id is True, not a string"),
        ('{"id": "a"}', "text is None, not a string"),
        ('{"id": "a", "text": ["x"]}', "text is ['x'], not a string"),
        ('{"id": "a", "text": ""}', "the text is empty"),
        ('{"id": "a", "text": "x", "lang": 1}', "lang is 1, not a string or null"),
        ('{"id": "a", "text": "x", "published": "june"}', "'june' is no date"),
        ('{"id": "a", "text": "x\\ud800"}', "half a surrogate pair"),
        ('{"id": "a", "text": "x", "lang": "tlh"}', "language 'tlh' can't be read; the languages are en, ro"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_wrong_line_is_named_and_the_rest_goes_on(tmp_path, line, reason):
    good = json.dumps({"id": "good", "text": SENTENCE})
    path = write(tmp_path, "a.jsonl", f"\n{line}\n{good}\n")
    failure, article = read(path)
    assert failure.where == f"{path}:2"
    assert reason in failure.reason
    assert article.id == "good"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "the text is empty"),
        ("a.txt", b" date 2025-06\n\n", "the text is empty"),
        ("a.jsonl", b"\n\n", "the file is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "holds NUL bytes: a binary file"),
        ("a.bin", b"MZ\x00\x01abc", "holds NUL bytes"),
        ("a.txt", SENTENCE.encode() + b" \xff", "byte 43 is not UTF-8"),
        ("a.txt", "… 👍 !!".encode(), "no sentence: '… 👍 !!' has no word"),
        ("a.txt", b"<!DOCTYPE html><html>Russia</html>", "an HTML page"),
        ("a.txt", "Россия направила сапёров в Корею.".encode(), "language 'ru' can't be read"),
    ],
)
def test_unreadable_file_is_named(tmp_path, name, content, reason):
    path = write(tmp_path, name, content)
    failure = only_failure(read(path))
    assert failure.where == str(path)
    assert reason in failure.reason


def test_missing_path_and_empty_folder(tmp_path):
    missing = tmp_path / "missing.txt"
    assert read(missing, tmp_path) == [
        Failure(str(missing), "no such file or folder"),
        Failure(str(tmp_path), f"the folder has no file with one of the suffixes {', '.join(SUFFIXES)}"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(tmp_path):
    path = write(tmp_path, "a.txt", SENTENCE)
    path.chmod(0)
    assert only_failure(read(path)).reason == "can't be read: Permission denied"


def test_second_row_with_an_id_is_a_failure_that_names_both(tmp_path):
    row = json.dumps({"id": "a", "text": SENTENCE})
    first, second = write(tmp_path, "1.jsonl", row), write(tmp_path, "2.jsonl", row)
    article, failure = read(first, second)
    assert article.id == "a"
    assert failure == Failure(f"{second}:1", f"the id 'a' is taken by {first}:1; ids must differ")


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (SENTENCE, ["stdin"]),
        (f" date 2025-06 {SENTENCE}", ["stdin"]),
        ('\n{"id": "j", "text": "' + SENTENCE + '"}', ["j"]),
    ],
)
def test_standard_input_is_text_or_json_lines(monkeypatch, content, ids):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    assert [article.id for article in read("-")] == ids


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rusia primește geniști din Coreea de Nord.", "ro"),
        ("Rusia primeste genisti din Coreea de Nord.", "ro"),
        ("Preşedintele Franţei a ajuns la Bucureşti.", "ro"),
        ("Russia receives sappers from North Korea.", "en"),
        ("Zimbabwean Prime Minister Robert Mugabe met Viktor Orban.", "en"),
    ],
)
def test_language_is_detected_in_one_sentence(tmp_path, text, language):
    (article,) = read(write(tmp_path, "a.txt", text))
    assert article.language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La Russie a envoyé des troupes vers la Corée du Nord.", "fr"),
        ("Magyarország megvétózta a szankciókat.", "hu"),
        ("Deutschland liefert Waffen an die Ukraine.", "de"),
    ],
)
def test_other_language_is_a_failure(tmp_path, text, language):
    reason = only_failure(read(write(tmp_path, "a.txt", text))).reason
    assert reason == f"language '{language}' can't be read; the languages are en, ro"


def test_given_language_wins(tmp_path):
    path = write(tmp_path, "a.txt", f"language: en\n{SENTENCE}")
    assert [article.language for article in (*read(path), *read(path, language="ro"))] == ["en", "ro"]
