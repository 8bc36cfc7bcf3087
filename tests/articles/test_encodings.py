"""Encodings: by mark, as declared, UTF-8, or guessed and told."""

import codecs
import json

import pytest
from samples import SENTENCE, only_failure, read, write

from kg.model import Article

COMMA, CEDILLA = "șțȘȚ", "şţŞŢ"
OLD = f"{SENTENCE} Țările și-au promis sprijin în iunie.".translate(str.maketrans(COMMA, CEDILLA))
ROW = json.dumps({"id": "a", "text": OLD}, ensure_ascii=False)
FILES = {"a.txt": OLD, "a.jsonl": f"{ROW}\n\n", "a.csv": f'id,text\na,"{OLD}"\n'}
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("encoding", "mark"), MARKED.items())
def test_byte_order_mark(tmp_path, caplog, name, encoding, mark):
    path = write(tmp_path, name, mark + FILES[name].encode(encoding))
    assert read(path) == read(path) == [Article("a", OLD, "ro")]
    told = [f"kg: {path}: read as {encoding[:6]}, by its byte order mark"]
    assert caplog.messages == ([] if encoding == "utf-8" else told)


@pytest.mark.parametrize("name", FILES)
def test_encoding_is_guessed_and_told(tmp_path, caplog, name):
    path = write(tmp_path, name, FILES[name].encode("cp1250"))
    assert read(path) == [Article("a", OLD, "ro")]
    assert caplog.messages == [f"kg: {path}: read as cp1250, a guess; save it as UTF-8 if that is wrong"]


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="iso-8859-2">', "iso8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=klingon>", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_page_declares_its_encoding(tmp_path, declaration, encoding):
    page = f"<html><head>{declaration}</head><body><p>{OLD}</p></body></html>"
    (article,) = read(write(tmp_path, "a.html", page.encode(encoding)))
    assert article.text == OLD


def test_feed_declares_its_encoding(tmp_path):
    entry = f"<item><guid>a</guid><description>{OLD}</description></item>"
    feed = f'<?xml version="1.0" encoding="windows-1250"?><rss><channel>{entry}</channel></rss>'
    assert read(write(tmp_path, "a.xml", feed.encode("cp1250"))) == [Article("a", OLD, "ro")]


@pytest.mark.parametrize("at", [1, 3000])
def test_line_that_is_not_utf_8_fails_alone(tmp_path, caplog, at):
    lines = [json.dumps({"id": str(n), "text": SENTENCE}, ensure_ascii=False).encode() for n in range(4000)]
    lines[at] = lines[at].replace("ț".encode(), b"\xfe")
    path = write(tmp_path, "a.jsonl", b"\n".join(lines))
    items = read(path)
    failure = items.pop(at)
    assert failure.where == f"{path}:{at + 1}"
    assert "is not UTF-8" in failure.reason
    assert [item.text for item in items] == [SENTENCE] * 3999
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (OLD.encode("utf-16-le"), "holds NUL bytes: a binary file"),
        (codecs.BOM_UTF16_LE + OLD.encode("utf-16-le")[:-1], "not utf-16: "),
        (codecs.BOM_UTF32_BE + b"abcdefgh", "not utf-32: "),
        (OLD.encode() + b" \xff", "is not UTF-8"),
        (b"a" * 100_000 + b"\0", "a control character"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, content, reason):
    assert reason in only_failure(read(write(tmp_path, "a.txt", content))).reason
