"""The wheel holds all data and works in an environment of its own, away from the checkout."""

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder=ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel):
    """An environment with the wheel; its dependencies are those of the environment of the tests."""
    folder = wheel.parent / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet"]
    run(*pip, wheel, folder=wheel.parent)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder


@pytest.fixture(scope="module")
def fresh(wheel):
    """An environment with the wheel and its extra for notebooks from the registry, and nothing else."""
    try:
        socket.create_connection(("pypi.org", 443), timeout=5).close()
    except OSError:
        if not os.environ.get("CI"):
            pytest.skip("no registry can be reached")
    folder = wheel.parent / "fresh"
    uv = [sys.executable, "-m", "uv"]
    run(*uv, "venv", "--quiet", "--python", sys.executable, folder, folder=wheel.parent)
    install = [*uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python"]
    run(*install, f"{wheel}[notebooks]", folder=wheel.parent)
    return folder


def test_fresh_environment_runs_the_first_notebook(fresh, tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    code = """
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read("01-from-an-article-to-a-graph.ipynb", 4)
NotebookClient(notebook, timeout=900, kernel_name="python3").execute()
print(sum(len(cell.get("outputs", [])) for cell in notebook.cells))
"""
    command = [fresh / "bin" / "python", "-c", code]
    assert int(run(*command, folder=tmp_path / "notebooks")) > 5


def test_wheel_holds_every_file(wheel):
    files = [path for path in (ROOT / "kg").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    expected = {path.relative_to(ROOT).as_posix() for path in files}
    expected |= {f"kg/ontologies/{path.name}" for path in (ROOT / "ontologies").iterdir()}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert expected - held == set()
    assert {name.split("/")[0] for name in held} == {
        "kg",
        f"state_relations-{wheel.name.split('-')[1]}.dist-info",
    }
    assert any(name.endswith("/licenses/LICENSE") for name in held)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("France thanked Italy for the help.", "FRA", "ITA"),
        ("Franța a mulțumit Italiei pentru ajutor.", "FRA", "ITA"),
    ],
)
def test_installed_wheel_extracts(environment, tmp_path, text, source, target):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    home = run(environment / "bin" / "python", "-c", "import kg; print(kg.__file__)", folder=tmp_path)
    assert Path(home.strip()).is_relative_to(environment)
    printed = run(environment / "bin" / "kg", "extract", "a.txt", folder=tmp_path)
    (statement,) = map(json.loads, printed.splitlines())
    assert (statement["source"], statement["target"]) == (source, target)
    assert statement["relation"]["id"] == "sr:thanks"


def test_installed_wheel_builds_and_answers(environment, tmp_path):
    (tmp_path / "a.txt").write_text("Russia sent a thousand sappers to North Korea.", encoding="utf-8")
    run(environment / "bin" / "kg", "build", "a.txt", "--out", "out", folder=tmp_path)
    assert (tmp_path / "out" / "graph.html").is_file()
    command = [
        environment / "bin" / "kg",
        "query",
        "who-aids-whom",
        "--store",
        "out/store",
        "--format",
        "csv",
    ]
    assert "RUS" in run(*command, folder=tmp_path)
