"""The README tells of every command and option."""

from pathlib import Path

import pytest
import typer.main

from kg.cli import app

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_tells_of_the_command_and_its_options(name):
    start = README.index(f"### `kg {name}")
    section = README[start : README.find("\n### ", start + 1)]
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option[0] == "-"]
    assert [option for option in options if f"`{option}" not in section] == []
