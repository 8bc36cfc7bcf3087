"""The notebooks are kept clean, run from their first cell to their last, and show what their findings say."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kg.articles import read_articles
from kg.pipeline import extract_statements, load_extractor
from kg.store import open_store

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FINDINGS = {
    "01-from-an-article-to-a-graph": (
        r"planned\s+1,000 sappers",
        r"asserted\s+troops",
        r"claimed\s+artillery",
        r"\('PRK', 'AID', 'RUS', 2\)",
    ),
    "02-sparql-for-analysts": (
        "did you mean Ukraine",
        "Statele Unite acuză Coreea de Nord că a livrat Rusiei",
        "Phenianul a negat",
    ),
    "03-a-dyad-through-time": (r"2024-10\s+3\.\d+\s+8\.\d+", "Empty DataFrame", r"2024-12\s+0\s+1\s+9\.5"),
    "04-who-says-so": (
        r"\d+ of \d+ statements with a known sayer are about",
        r"USA\s+PRK\s+\d",
        r"PRK\s+sr:sellsTo\s+RUS\s+denied",
    ),
    "05-your-own-articles-and-relation": ("<0 statements>", "<5 statements>", r"\('FRA', 'ITA', Counter"),
}


@pytest.fixture(scope="session")
def project(tmp_path_factory, parser):
    """A folder with seeds/, their store in build/, and notebooks/, as `make graph` leaves them."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    with open_store(folder / "build" / "store") as store:
        read = extract_statements(read_articles([folder / "seeds"]), load_extractor(), parser)
        store.load((each.article, each.statements) for each in read)
    return folder


def run(path, folder):
    """The notebook with its outputs, and these as one text."""
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]
    return outputs, "\n".join(shown)


def test_there_is_a_notebook_for_each_finding():
    assert [path.stem for path in NOTEBOOKS] == sorted(FINDINGS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_clean(path):
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert max(len(cell.source.splitlines()) for cell in code) <= 20
    text = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert text[0].startswith(f"# {int(path.stem[:2])}. ")
    assert "**Question.**" in text[0]
    assert sum("**Finding.**" in part for part in text) == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_shows_its_finding(path, project):
    outputs, shown = run(project / "notebooks" / path.name, project / "notebooks")
    assert [output for output in outputs if output.output_type == "error"] == []
    assert [each for each in FINDINGS[path.stem] if not re.search(each, shown)] == []
