"""Each target of the fuzzer, for a fixed number of runs; `make fuzz` goes on for longer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris")

ROOT = Path(__file__).parents[2]
RUNS = {"lexicon": 400, "articles.html": 500}  # each of these takes long
TARGETS = [
    "articles", "articles.txt", "articles.jsonl", "articles.csv", "articles.parquet", "articles.html",
    "articles.xml", "articles.gz", "articles.zst", "lexicon", "statements",
]  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_documented_errors(target, tmp_path):
    runs = RUNS.get(target, 2_000)
    command = [sys.executable, Path(__file__).with_name("targets.py"), target, f"-runs={runs}", "-seed=1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert f"Done {runs} runs" in done.stderr
