"""What a newcomer finds beside the code says what holds."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_citation_agrees_with_the_project():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "version"}
    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])


def test_checks_before_a_commit_are_those_of_lint():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[1]
    lint = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()]
    assert [hook["entry"] for hook in hooks] == lint


def test_changelog_has_the_version_to_come():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "keepachangelog.com" in changelog
    assert "## [Unreleased]" in changelog


def test_licence_of_the_weights_is_stated():
    assert "CC BY-SA 4.0" in (ROOT / "README.md").read_text("utf-8")
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
