"""The README tells of every command and option."""

import json
import re
from pathlib import Path

import pytest
import typer.main

from kg.cli import app
from kg.model import Article
from kg.pipeline import extract_statements, load_extractor
from kg.query import list_questions
from kg.records import record

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_tells_of_the_command_and_its_options(name):
    start = README.index(f"### `kg {name}")
    section = README[start : README.find("\n### ", start + 1)]
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option[0] == "-"]
    assert [option for option in options if f"`{option}" not in section] == []


def test_example_has_the_keys_of_a_record(parser):
    example = json.loads(re.search(r"```json\n(.*?)\n```", README, re.DOTALL)[1])
    article = Article(example["article"], example["quote"], "ro")
    (extraction,) = extract_statements([article], load_extractor(), parser)
    found = record(extraction.statements[0], "ro")
    assert list(example) == list(found)
    for key in ("source", "target", "event_type", "status", "quote", "subject", "object"):
        assert example[key] == found[key]


def test_readme_has_the_saved_questions():
    for question in list_questions():
        assert f"| `{question.name}` | {question.text} |" in README
