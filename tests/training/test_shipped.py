"""The shipped pipeline: what it weighs, how it loads, and what it scores on the official tests."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import spacy

from training.corpora import check_corpora
from training.evaluation import REQUIRED, evaluate

ROOT = Path(__file__).parents[2]
PIPELINE = ROOT / "kg" / "lang" / "ro" / "pipeline"
CORPORA = ROOT.parent / "shared" / "corpora" / "ro"

pytestmark = pytest.mark.skipif(not PIPELINE.is_dir(), reason="the pipeline is not trained here")


def test_it_is_small_and_has_its_parts() -> None:
    size = sum(file.stat().st_size for file in PIPELINE.rglob("*") if file.is_file())
    assert size < 25_000_000
    nlp = spacy.load(PIPELINE)
    assert nlp.pipe_names == ["tok2vec", "morphologizer", "trainable_lemmatizer", "parser", "ner"]
    assert nlp.meta["license"] == "CC BY-SA 4.0"


def test_no_path_of_the_training_machine_is_left() -> None:
    for name in ("meta.json", "config.cfg", "README.md"):
        text = (PIPELINE / name).read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert tempfile.gettempdir() + "/" not in text


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Rusia oferă Iranului asistență militară.", ("Rusia", "Iranului", "asistență")),
        ("Phenianul a trimis Rusiei o mie de geniști.", ("Phenianul", "Rusiei", "geniști")),
        ("Washingtonul a acordat Ucrainei un ajutor militar.", ("Washingtonul", "Ucrainei", "ajutor")),
        pytest.param(
            "Rusia a livrat Iranului rachete.",
            ("Rusia", "Iranului", "rachete"),
            marks=pytest.mark.xfail(reason="the bare plural is read as an adjective of the dative"),
        ),
    ],
)
def test_it_reads_who_gives_what_to_whom(text: str, slots: tuple[str, str, str]) -> None:
    doc = spacy.load(PIPELINE)(text)
    found = {token.dep_: token.text for token in doc}
    assert tuple(found.get(relation) for relation in ("nsubj", "iobj", "obj")) == slots
    assert {entity.text for entity in doc.ents if entity.label_ == "GPE"} >= set(slots[:2])


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")
def test_it_reaches_what_is_required() -> None:
    check_corpora(CORPORA)
    scores = evaluate(spacy.load(PIPELINE), CORPORA, "test").scores
    assert not {name: scores[name] for name, least in REQUIRED.items() if scores[name] < least}
