"""The corpus of relations: every line is well formed, and the texts it refers to say what it says."""

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.model import Status
from kg.ontology import load_ontology
from training.relations.corpus import CORPUS, find_mentions, part_of, read_corpus

FILES = sorted(CORPUS.glob("*.jsonl"))
SOURCES = Path("../shared/corpora")
TYPES = set(load_ontology().event_types)


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_is_well_formed(path: Path) -> None:
    for sentence in read(path):
        told = {(row["source"], row["target"]) for row in sentence["rows"]}
        assert not told & {tuple(pair) for pair in sentence["pairs_none"]}, sentence["id"]
        for row in sentence["rows"]:
            assert {row["type"], *row["also"]} <= TYPES, sentence["id"]
            assert row["type"] not in row["also"], sentence["id"]
            assert row["status"] in set(Status), sentence["id"]
            assert row["source"] != row["target"], sentence["id"]
            words = [row.get(name) for name in ("source_text", "target_text", "predicate")]
            assert "text" not in sentence or all(word and word in sentence["text"] for word in words)
            if row["status"] == "planned" and row["type"] in {"CONSULT", "SUPPORT", "COOPERATE", "AID"}:
                assert "AGREE" in row["also"], sentence["id"]


def test_no_id_comes_twice_and_every_part_has_its_share() -> None:
    ids = Counter(sentence["id"] for path in FILES for sentence in read(path))
    parts = Counter(part_of(id_) for id_ in ids)
    assert ids.most_common(1)[0][1] == 1
    assert len(ids) >= 7_500
    assert all(0.08 < parts[part] / len(ids) < 0.12 for part in ("apart", "calibration"))


def test_a_document_stays_in_one_part() -> None:
    assert len({part_of(f"wce-2022-03-02-{number}") for number in range(30)}) == 1


def test_what_stands_elsewhere_is_left_out_without_its_sources() -> None:
    own = [sentence for path in FILES if path.stem != "referred" for sentence in read(path)]
    assert sorted(each["id"] for each in read_corpus(CORPUS, None)) == sorted(each["id"] for each in own)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the corpora that are referred to aren't here")
def test_texts_that_are_referred_to_have_the_words_of_their_rows() -> None:
    referred = {sentence["id"] for sentence in read(CORPUS / "referred.jsonl")}
    found = [each for each in read_corpus(CORPUS, SOURCES) if each["id"] in referred]
    assert len(found) >= len(referred) - 1
    for sentence in found:
        for row in sentence["rows"]:
            assert row["predicate"].strip() == row["predicate"] != "", sentence["id"]
            assert {"source_text", "target_text"} <= row.keys()


def test_mentions_are_those_of_the_product() -> None:
    text = "Rusia a atacat Ucraina, a declarat Macron."
    [sentence] = find_mentions([{"text": text, "lang": "ro", "rows": []}])
    assert sentence["mentions"] == {"RUS": [(0, 5)], "UKR": [(15, 22)], "FRA": [(35, 41)]}
