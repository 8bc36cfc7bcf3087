"""`make ontology-docs`: one page a language that names every term in it and asks nothing of the network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.ontology import load_ontology

SCRIPT = Path(__file__).parents[2] / "docs" / "ontology.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("ontology")
    subprocess.run([sys.executable, SCRIPT, written], check=True, capture_output=True)
    return written


@pytest.mark.parametrize(
    ("language", "title", "other"),
    [("en", "State relations", "Relații între state"), ("ro", "Relații între state", "State relations")],
)
def test_page_is_in_its_language(folder: Path, language: str, title: str, other: str) -> None:
    html = (folder / f"ontology.{language}.html").read_text("utf-8")
    ontology = load_ontology()

    assert title in html
    assert other not in html
    assert all(ontology.label(name, language) in html for name in ontology.relations)
    assert all(dict(kind.labels)[language] in html for kind in ontology.event_types.values())
    assert not re.search(r'<(?:script|img|iframe)[^>]*src="|<link[^>]*rel="stylesheet"|@import|url\(', html)
