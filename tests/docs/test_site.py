"""`make docs`: the site has no warning, holds what is generated, and asks nothing of the network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.query import list_questions

ROOT = Path(__file__).parents[2]
ASKED = re.compile(
    r'<(?:script|img|iframe|source)[^>]*src="https?:|<link[^>]*rel="(?:stylesheet|preconnect)"[^>]*http'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return {page.relative_to(folder).as_posix(): page.read_text("utf-8") for page in folder.rglob("*.html")}


def test_nothing_is_asked_of_the_network(site):
    assert {name for name, page in site.items() if ASKED.search(page)} == set()


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("reference/commands.html", "--min-statements"),
        ("reference/python.html", "extract_statements"),
        ("reference/python.html", "reciprocity"),
        ("reference/ontology.html", "trimite personal către"),
        ("reference/rdf.html", "sr:sendsPersonnelTo"),
        ("reference/json.html", "o mie de geniști"),
        ("explanation/sentence.html", "displacy-arc"),
    ],
)
def test_pages_hold_what_is_generated(site, page, text):
    assert text in re.sub(r"</?span[^>]*>", "", site[page])


def test_all_questions_are_there(site):
    page = site["reference/questions.html"]
    assert [each.name for each in list_questions() if f'id="{each.name}"' not in page] == []
