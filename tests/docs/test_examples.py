"""Every block of commands or of Python in the README and in docs/ does what it says."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib import parse, request

import pytest
import typer.main

from kg.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"(<!-- not run: .+? -->\n)?^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
RUN = {"bash": ["bash", "-euo", "pipefail"], "python": ["python"]}
FIRST = [ROOT / "README.md", ROOT / "docs" / "tutorial.md"]
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


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A copy of the project after `make graph`, with an environment of the packages of its lock alone."""
    try:
        socket.create_connection(("pypi.org", 443), timeout=5).close()
    except OSError:
        if not os.environ.get("CI"):
            pytest.skip("no registry can be reached")
    folder = tmp_path_factory.mktemp("made") / "project"
    leave_out = shutil.ignore_patterns(".*", "build", "corpora", "dist", "tests", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=leave_out)
    uv = [sys.executable, "-m", "uv"]
    install = [*uv, "pip", "install", "--quiet", "--no-config", "--python", ".venv/bin/python"]
    run([*uv, "venv", "--quiet", "--no-config", "--python", sys.executable, ".venv"], "", folder)
    run([*install, "--require-hashes", "-r", "requirements.lock"], "", folder)
    run([*install, "--no-deps", "--no-build-isolation", "--editable", "."], "", folder)
    (folder / ".venv" / "run.stamp").touch()
    run(["make", "graph"], "", folder)
    return folder


def run(command, text, folder, environment=Path(sys.executable).parent):
    done = subprocess.run(
        command,
        input=text,
        cwd=folder,
        env=variables(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def variables(environment):
    """What a shell has in which the environment is active; that of the tests runs this checkout."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    own = {"PYTHONPATH": str(ROOT)} if environment == Path(sys.executable).parent else {}
    return kept | {"PATH": os.pathsep.join([str(environment), os.environ["PATH"]])} | own


@pytest.mark.parametrize("page", FIRST, ids=lambda page: page.stem)
def test_first_pages_run_where_make_graph_was_run(page, made):
    for language, text in read_blocks(page):
        run(RUN[language], text, made, made / ".venv" / "bin")


def test_what_make_graph_made_can_be_served(made):
    command = [made / ".venv" / "bin" / "kg", "serve", "--store", "build/store", "--port", "0"]
    environment = variables(made / ".venv" / "bin")
    with subprocess.Popen(command, cwd=made, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = re.search(r"http://[\w.:]+/", server.stdout.readline())[0]
            query = parse.urlencode({"query": "ASK { GRAPH ?article { ?statement a sr:Statement } }"})
            with request.urlopen(f"{address}query?{query}", timeout=300) as answer:
                assert json.load(answer)["boolean"] is True
        finally:
            server.terminate()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in FIRST and read_blocks(page)], ids=lambda page: page.stem
)
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
