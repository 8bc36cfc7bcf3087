"""The page in a notebook: exported to HTML, it draws in a frame, and needs no file beside it."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

CELLS = """
import sys
sys.path.append({synthetic!r})
from synthetic import generate
import kg
statements = kg.Statements(*generate(60, 16))
page = statements.where(state="Rusia").show(height=500)
page
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    import synthetic

    folder = tmp_path_factory.mktemp("exported")
    source = CELLS.format(synthetic=str(synthetic.__file__.removesuffix("synthetic.py")))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(folder)}}).execute()
    html, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook)
    path = folder / "notebook.html"
    path.write_text(html, encoding="utf-8")
    return path


def test_the_page_draws_in_the_frame_of_a_notebook(chromium, exported):
    driver = chromium.driver
    driver.get(exported.as_uri())
    (frame,) = chromium.find("iframe")
    assert frame.get_attribute("src") in ("", None)
    assert frame.get_attribute("sandbox") == "allow-scripts"
    assert frame.size["height"] == 500
    driver.switch_to.frame(frame)
    try:
        chromium.wait("return Boolean(window.stateRelations)")
        assert chromium.find("#graph canvas")
        assert "Russia" in chromium.text("body")
    finally:
        driver.switch_to.default_content()
