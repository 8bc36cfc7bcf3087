"""What tables of the README and of docs/ say of sentences is what the extractor finds."""

import re
from pathlib import Path

import pytest

from kg.model import Article, Status
from kg.ontology import load_ontology
from kg.pipeline import extract_statements, load_extractor
from kg.records import record

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
STATUS = (ROOT / "docs" / "explanation" / "status.md").read_text("utf-8")
JSON = (ROOT / "docs" / "reference" / "json.md").read_text("utf-8")
ROW = re.compile(r"^\| (\w+) \| ([^|]+[.]) \| (\w+) → (\w+) \|", re.MULTILINE)
SENTENCES = [*ROW.findall(README), *ROW.findall(STATUS)]


@pytest.fixture
def extract(parser):
    def find(text):
        [found] = extract_statements([Article("a", text)], load_extractor(), parser)
        return found.statements

    return find


@pytest.mark.parametrize(("kind", "text", "source", "target"), SENTENCES)
def test_sentence_says_so(extract, kind, text, source, target):
    [found] = extract(text)
    assert (found.source, found.target) == (source, target)
    assert kind in (found.event_type, found.status)


def test_every_event_type_and_status_has_a_sentence():
    kinds = [kind for kind, *_ in SENTENCES]
    assert sorted(kinds) == sorted([*load_ontology().event_types, *Status])


def test_negation_is_a_matter_of_polarity(extract):
    [sentence] = re.findall(r'"(Ungaria nu .+?)"', STATUS)
    [found] = extract(sentence)
    assert (found.status, found.polarity) == ("asserted", "negative")


def test_every_key_is_explained(extract):
    told = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?`) \|", JSON, re.MULTILINE)))
    [found] = extract("France thanked Italy.")
    assert sorted(told) == sorted(record(found))


def test_attribution_is_as_drawn(extract):
    [sentence] = set(re.findall(r'"(Coreea de Nord va .+?TASS\.)"', JSON.replace("\n", " ")))
    [found] = extract(sentence)
    assert [each.mention.text for each in found.attribution] == ["Șoigu", "TASS"]
    assert found.status == "planned"
