"""A cluster of real processes on loopback: a scheduler and workers, of which one is killed in the middle."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from test_build import build, read, start, write_articles

pytest.importorskip("distributed")


@pytest.fixture
def cluster():
    """The scheduler's address and two workers."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen(
        [*command, "--dashboard-address", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True
    )
    address = next(found[0] for line in scheduler.stderr if (found := re.search(r"tcp://127\S+", line)))
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    workers = [
        subprocess.Popen([*worker, "--no-dashboard"], stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(2)
    ]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
    scheduler.stderr.close()


def test_a_cluster_that_loses_a_worker_gives_the_same_statements(cluster, tmp_path):
    address, workers = cluster
    articles = write_articles(tmp_path / "news.jsonl", range(300))
    build(articles, "--out", tmp_path / "serial")
    process = start(articles, "--out", tmp_path / "many", "--engine", "dask", "--scheduler", address)
    parts = tmp_path / "many" / "parts"
    while process.poll() is None and not (parts.is_dir() and any(parts.iterdir())):
        time.sleep(0.02)
    os.kill(workers[0].pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert read(tmp_path / "many") == read(tmp_path / "serial")
    assert list(parts.iterdir()) == []


def test_a_scheduler_that_is_not_there_is_named(tmp_path):
    articles = write_articles(tmp_path / "news.jsonl", range(3))
    arguments = (articles, "--out", tmp_path, "--engine", "dask", "--scheduler")
    assert "127.0.0.1:9: no scheduler answers there" in build(*arguments, "tcp://127.0.0.1:9", code=2)


def test_an_engine_without_a_scheduler_is_wrong_usage(tmp_path):
    articles = write_articles(tmp_path / "news.jsonl", range(3))
    assert "go together" in build(articles, "--out", tmp_path, "--engine", "dask", code=2)
