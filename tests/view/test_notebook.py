"""The notebook runs from its first cell to its last, and is kept without outputs."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "explore.ipynb"


def outputs_of(cell, kind):
    return [output["data"][kind] for output in cell.outputs if kind in output.get("data", {})]


def test_notebook_is_kept_without_outputs():
    code = [cell for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert all(len(cell.source.splitlines()) <= 14 for cell in code)


def test_notebook_runs():
    notebook = nbformat.read(NOTEBOOK, 4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = [
        html for cell in notebook.cells if cell.cell_type == "code" for html in outputs_of(cell, "text/html")
    ]
    tables = [html for html in shown if "<table" in html and "<iframe" not in html]
    assert len(tables) == 4
    frames = [html for html in shown if "<iframe" in html]
    assert len(frames) == 1
    assert 'sandbox="allow-scripts"' in frames[0]
