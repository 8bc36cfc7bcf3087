"""Broken, hostile and enormous files: a failure that names the file, and no more memory than the limits."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samples import PACKED, SENTENCE, only_failure, read, write

from kg.articles import Failure, read_articles, streams
from kg.articles.places import SUFFIXES
from kg.articles.streams import LONGEST_DOCUMENT, LONGEST_LINE, RATIO
from kg.model import Article

ROW = json.dumps({"id": "a", "text": SENTENCE}, ensure_ascii=False).encode() + b"\n"
MEMORY = 800_000_000  # bytes that a child may have: Python, pyarrow and some of the longest lines


@pytest.fixture
def child():
    """The items that reading a file gives, in a process that must do with little memory."""
    code = (
        "import re, sys; from pathlib import Path; from kg.articles import scan_articles\n"
        "for _, item in scan_articles(sys.argv[1:]):\n"
        "    print(type(item).__name__, getattr(item, 'reason', ''))\n"
        # A new process has the ru_maxrss of the one that started it.
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )

    def read_within(path):
        command = [sys.executable, "-c", code, path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=True)
        *items, kilobytes = done.stdout.splitlines()
        assert int(kilobytes) * 1024 < MEMORY
        return items

    return read_within


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_what_comes_before_a_cut_counts(tmp_path, suffix):
    rows = b"".join(ROW.replace(b'"a"', b'"%d"' % n) for n in range(20_000))
    rows = rows.replace(b"ajutor", os.urandom(3).hex().encode())
    packed = PACKED[suffix](rows)
    path = write(tmp_path, f"a.jsonl{suffix}", packed[: len(packed) * 3 // 4])
    *articles, failure = read(path)
    assert 5_000 < len(articles) < 20_000
    assert [article.id for article in articles] == [str(n) for n in range(len(articles))]
    assert failure == Failure(str(path), "truncated: the compressed data end too early")
    text = write(tmp_path, f"a.txt{suffix}", PACKED[suffix](SENTENCE.encode())[:-4])
    assert only_failure(read(text)).reason == failure.reason


def test_feed_of_endless_elements_is_stopped(tmp_path, child):
    path = write(tmp_path, "a.rss", b"<rss><channel>" + b"<a/>" * (LONGEST_DOCUMENT // 4))
    assert child(path) == ["Failure longer than 20 MB"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_members_of_a_compressed_file_are_one_file(tmp_path, suffix):
    second = ROW.replace(b'"a"', b'"b"')
    path = write(tmp_path, f"a.jsonl{suffix}", PACKED[suffix](ROW) + PACKED[suffix](second))
    assert [article.id for article in read(path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (gzip.compress(ROW, mtime=0)[:-8] + b"12345678", "broken gzip data"),
        (gzip.compress(ROW, mtime=0) + b"rubbish", "broken gzip data"),
        (PACKED[".zst"](ROW)[:6] + b"rubbish", "broken Zstandard data"),
    ],
)
def test_broken_compressed_data_are_named(tmp_path, packed, reason):
    assert reason in read(write(tmp_path, "a.jsonl.gz", packed))[-1].reason


def test_bomb_of_many_lines_is_stopped(tmp_path):
    line = b" " * 9_999 + b"\n"
    failure = only_failure(read(write(tmp_path, "a.jsonl.gz", gzip.compress(line * 10_000) * 2)))
    assert failure.reason == f"a compressed file that unfolds to more than {RATIO} times its size"


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.html"])
def test_bomb_of_one_line_is_stopped_in_little_memory(tmp_path, child, name):
    path = write(tmp_path, f"{name}.gz", gzip.compress(b"a" * 100_000_000) * 40)
    (line,) = child(path)
    assert line.startswith("Failure ")
    assert "longer than" in line or "times its size" in line


def test_zstandard_bomb_is_stopped_in_little_memory(tmp_path, child):
    path = write(tmp_path, "a.txt.zst", PACKED[".zst"](b"a" * 100_000_000) * 40)
    assert path.stat().st_size < 1_000_000
    assert child(path) == [f"Failure a compressed file that unfolds to more than {RATIO} times its size"]


def test_long_line_is_an_article_and_a_longer_one_a_failure(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "long", "text": "' + b"Rusia " * (50_000_000 // 6) + b'"}\n')
        file.write(b'{"id": "longer", "text": "' + b"Rusia " * (LONGEST_LINE // 6) + b'"}\n')
        file.write(ROW)
    long, longer, last = read(path, language="ro")
    assert (long.id, len(long.text)) == ("long", 50_000_000 // 6 * 6)
    assert longer == Failure(f"{path}:2", "a line longer than 64 MB")
    assert last == Article("a", SENTENCE, "ro")


def test_parquet_of_one_long_text_many_times_is_read_in_little_memory(tmp_path, child):
    texts = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 64, pyarrow.int32()), ["Rusia " * 3_000_000]
    )
    table = pyarrow.table({"id": [str(number) for number in range(64)], "text": texts})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", store_schema=False)
    assert child(tmp_path / "a.parquet") == ["Article "] * 64


def test_row_without_end_is_stopped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text\na,Rusia\nb,"' + b"Rusia\n" * (LONGEST_LINE // 6 + 1))
    article, failure = read(path, language="ro")
    assert article.id == "a"
    assert "a row longer than 64 MB; is a quotation mark missing?" in failure.reason


@pytest.mark.parametrize(
    ("name", "start", "repeated", "reason"),
    [
        ("a.html", "<html><body>", "<div>", "nested more than 256 deep"),
        ("a.html", "<html><body>", "<b>", "nested more than 256 deep"),
        ("a.jsonl", "", "[", "not JSON"),
        ("a.jsonl", "", '{"a":', "not JSON"),
        ("a.xml", "<rss>", "<a>", "not well-formed XML"),
        ("a.xml", "<rss><item><guid>a</guid><description><![CDATA[", "<div>", "not well-formed XML"),
    ],
)
def test_deep_nesting_is_a_failure(tmp_path, name, start, repeated, reason):
    path = write(tmp_path, name, start + repeated * 100_000 + SENTENCE)
    assert reason in only_failure(read(path)).reason


def test_deep_entry_of_a_feed_fails_alone(tmp_path):
    deep = "<div>" * 3_000 + SENTENCE
    entry = "<item><guid>{}</guid><description><![CDATA[{}]]></description></item>"
    entries = entry.format("a", deep) + entry.format("b", SENTENCE)
    failure, article = read(write(tmp_path, "a.rss", f"<rss><channel>{entries}</channel></rss>"))
    assert failure.where.endswith("a.rss:1")
    assert "nested" in failure.reason
    assert article.id == "b"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "entities",
    [
        f'<!ENTITY l0 "lol">{LAUGHS}',
        '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY l9 SYSTEM "http://127.0.0.1/">',
        '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;',
    ],
)
def test_entities_of_a_feed_are_refused(tmp_path, entities):
    entry = "<item><guid>a</guid><description>Rusia &l9;</description></item>"
    feed = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]><rss><channel>{entry}</channel></rss>"
    reason = only_failure(read(write(tmp_path, "a.rss", feed))).reason
    assert reason.startswith("the XML declares entities, which no feed needs")


def test_entities_of_a_page_stay_out(tmp_path):
    declared = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    page = f"{declared}<html><body><p>{SENTENCE} &e;</p></body></html>"
    (article,) = read(write(tmp_path, "a.html", page))
    assert SENTENCE in article.text
    assert "root:" not in article.text


def test_entries_before_a_fault_count(tmp_path):
    entry = f"<item><guid>a</guid><description>{SENTENCE}</description></item>"
    path = write(tmp_path, "a.rss", f"<rss><channel>{entry}<item></channel>")
    article, failure = read(path)
    assert article.text == SENTENCE
    assert failure.where == str(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="a user who may not read is needed")
def test_file_that_another_may_not_read():
    code = (
        "import os, sys; from kg.articles import read_articles; os.setuid(65534)\n"
        "for item in read_articles(sys.argv[1:]): print(item)"
    )
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        file = write(Path(open_to_all), "a.txt", SENTENCE)
        folder = Path(open_to_all, "folder")
        folder.mkdir()
        file.chmod(0)
        folder.chmod(0)
        command = [sys.executable, "-c", code, file, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    denied = "can't be read: Permission denied"
    assert done.stdout.splitlines() == [f"{file}: {denied}", f"{folder}: {denied}"]


NAMES = [f"a{suffix}{packing}" for suffix in ("", ".bin", *SUFFIXES) for packing in PACKED]
STARTS = (
    b"",
    b"{",
    b'{"id": "a", "text": "',
    b"id,text\n",
    b"<html><body>",
    b"<rss><item>",
    b"PAR1",
    b"\x1f\x8b",
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), content=st.binary(max_size=2_000))
@example(start=b"", content=b"9" * 5_000)
@example(start=b"", content=b'{"id": ' + b"9" * 5_000 + b"}")
def test_any_bytes_give_articles_or_failures(tmp_path, name, start, content):
    packing = f".{name.rpartition('.')[2]}"
    path = write(tmp_path, name, PACKED.get(packing, bytes)(start + content))
    items = read(path)
    assert items
    assert all(isinstance(item, Article | Failure) for item in items)


def test_limits_are_those_that_are_told():
    line, document = (size // 1_000_000 for size in (LONGEST_LINE, LONGEST_DOCUMENT))
    assert f"{line} MB, a page or feed {document} MB" in streams.__doc__
    assert f"{RATIO} times" in streams.__doc__


def test_reader_is_lazy(tmp_path):
    path = write(tmp_path, "a.jsonl", ROW * 2)
    articles = read_articles([path, "https://256.256.256.256/never"])
    assert next(articles) == Article("a", SENTENCE, "ro")
