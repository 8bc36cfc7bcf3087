"""Bad input on the real command: each is named with its reason, the rest goes on."""

import json
import subprocess
import sys

import pytest

GOOD = "Russia sent a thousand sappers to North Korea on Tuesday."


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("missing.txt", None, "", "no such file or folder"),
        ("empty.txt", b"", "", "the text is empty"),
        ("image.png", b"\x89PNG\r\n\x1a\n\0", "", "holds NUL bytes: a binary file"),
        ("news.jsonl", b'{"id": "a", "text": 3}\n', ":1", "text is 3, not a string; a line is"),
        ("news.jsonl", b'\n{"id": "a"\n', ":2", "not JSON"),
        (
            "french.txt",
            "La Russie a envoyé des troupes en Corée.".encode(),
            "",
            "language 'fr' can't be read",
        ),
        ("marks.txt", "?! 👍".encode(), "", "no sentence"),
        ("dated.txt", b" date 2025-13 Russia sent sappers.", "", "'2025-13' is no date; write 2025-06"),
    ],
)
def test_bad_input_is_named_and_the_rest_is_done(kg, tmp_path, good, name, content, line, reason):
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    alone = kg("extract", bad)
    assert (alone.exit_code, alone.stdout) == (2, "")
    assert alone.stderr.startswith(f"kg: {bad}{line}: {reason}")
    assert len(alone.stderr.splitlines()) == 1
    both = kg("extract", bad, good)
    assert both.exit_code == 1
    assert both.stderr == alone.stderr
    assert {json.loads(row)["article"] for row in both.stdout.splitlines()} == {"good"}


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["extract"], "Missing argument"),
        (["extract", "seeds", "--language", "tlh"], "language 'tlh' can't be read; the languages are en, ro"),
        (["extract", "seeds", "--pipeline", "ro"], "'ro' is not KEY=VALUE"),
        (["extract", "seeds", "--pipeline", "fr=x"], "language 'fr' can't be read"),
        (
            ["extract", "seeds", "--pipeline", "en=nowhere", "--language", "en"],
            "'nowhere' for language 'en' can't",
        ),
        (["extract", "seeds", "--format", "xml"], "no extract format xml"),
        (["build", "seeds"], "Missing option"),
        (["score", "nowhere.jsonl", "nowhere.jsonl"], "nowhere.jsonl: can't be read"),
        (["draw"], "No such command"),
    ],
)
def test_wrong_usage_ends_with_2_and_what_would_be_right(kg, args, reason):
    result = kg(*args)
    assert result.exit_code == 2
    assert reason in result.stderr.replace("│", "").replace("\n", "")
    assert "Traceback" not in result.stderr


def test_help_and_version(kg):
    assert kg("--version").stdout.startswith("kg 0.")
    assert kg("--help").exit_code == 0
    assert kg().exit_code == 2


def test_standard_input(kg):
    texts = kg("extract", "-", stdin=GOOD)
    lines = kg("extract", "-", stdin=json.dumps({"id": "j", "text": GOOD}))
    assert texts.exit_code == lines.exit_code == 0
    assert {json.loads(row)["article"] for row in texts.stdout.splitlines()} == {"stdin"}
    assert {json.loads(row)["article"] for row in lines.stdout.splitlines()} == {"j"}


def test_reader_that_leaves_early_sees_no_traceback(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": str(number), "text": GOOD}) + "\n" for number in range(300)))
    command = [sys.executable, "-m", "kg", "extract", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert json.loads(process.stdout.readline())["article"] == "0"
        process.stdout.close()
        assert process.stderr.read() == ""
