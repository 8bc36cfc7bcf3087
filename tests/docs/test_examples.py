"""Every block of commands or of Python in the README and in docs/ does what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from kg.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"(<!-- not run: .+? -->\n)?^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
RUN = {"bash": ["bash", "-euo", "pipefail"], "python": [sys.executable]}
COMMANDS = typer.main.get_command(app).commands
NEEDS = {"score": "it needs files of gold", "serve": "it serves until it is told to end"}


def read_blocks(page):
    """The language and the text of each block that is to be run; those of Python run on in one process."""
    found = [
        (language, text) for skipped, language, text in BLOCK.findall(page.read_text("utf-8")) if not skipped
    ]
    bash = [text for language, text in found if language == "bash"]
    python = [text for language, text in found if language == "python"]
    return [("bash", "".join(bash))] * bool(bash) + [("python", "".join(python))] * bool(python)


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A folder with the seeds and their store, as `make graph` leaves it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    run(["bash", "-c", "kg build seeds --out build"], "", folder)
    return folder


def run(command, text, folder):
    places = [str(Path(sys.executable).parent), os.environ["PATH"]]
    done = subprocess.run(
        command,
        input=text,
        cwd=folder,
        env={**os.environ, "PATH": os.pathsep.join(places), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("page", [page for page in PAGES if read_blocks(page)], ids=lambda page: page.stem)
def test_blocks_run(page, project, tmp_path):
    folder = shutil.copytree(project, tmp_path / "project")
    for language, text in read_blocks(page):
        run(RUN[language], text, folder)


def test_few_blocks_are_not_run():
    skipped = [found[0] for page in PAGES for found in BLOCK.finditer(page.read_text("utf-8")) if found[1]]
    assert len(skipped) <= 6


def test_the_command_has_an_example():
    assert "Example: kg " in typer.main.get_command(app).epilog


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_runs(name, project, tmp_path):
    example = COMMANDS[name].epilog.removeprefix("Example: ")
    words = shlex.split(example)
    assert words[:2] == ["kg", name]
    COMMANDS[name].make_context(name, words[2:])
    if name not in NEEDS:
        folder = shutil.copytree(project, tmp_path / "project")
        run(["bash", "-c", example], "", folder)
