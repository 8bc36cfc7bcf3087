"""The corpus of relations: its sentences, with the texts that it only refers to, and whom they name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.actors import load_actors
from kg.articles import Failure
from kg.extract.link import link_mentions
from kg.model import Article
from kg.parse import Parser

__all__ = ["CORPUS", "MERGED", "find_mentions", "part_of", "read_corpus"]

CORPUS = Path(__file__).parent
# Most real texts stand in their sources alone; the corpus has their ids and the places of the words.
RAW = ("en/raw-sentences.jsonl", "en/plover-gsr-train.jsonl", "en/re3d-relations.jsonl")
TREES = ("ro/train-gold.conllu",)
ENTITIES = {"ronec2-val": "ro/ner-train-v2.jsonl", "ronec2-dev": "ro/ner-dev.jsonl"}
MERGED = {"SUN": "RUS", "CSK": "CZE", "YUG": "SRB", "SCG": "SRB", "DDR": "DEU"}
DATED = re.compile(r"wce-\d{4}-\d\d-\d\d")
Sentence = dict[str, Any]


def read_corpus(folder: Path, sources: Path | None) -> list[Sentence]:
    """The sentences of the corpus; those whose text is elsewhere only where `sources` has it."""
    texts = _read_sources(sources) if sources else {}
    sentences: list[Sentence] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            sentence = json.loads(line)
            if "text" in sentence:
                sentences.append(sentence)
            elif sentence["id"] in texts:
                sentences.append(_fill(sentence, texts[sentence["id"]]))
    return sentences


def find_mentions(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences with `mentions`: the intervals in which the product links each state.

    Raises: ValueError for a sentence that can't be parsed.
    """
    actors = load_actors()
    articles = (Article(str(number), each["text"], each["lang"]) for number, each in enumerate(sentences))
    for parsed in Parser().pipe(articles):
        if isinstance(parsed, Failure):
            raise ValueError(str(parsed))
        article, doc = parsed
        found: dict[str, list[tuple[int, int]]] = {}
        for link in link_mentions(article, doc, actors):
            if link.actor is not None and link.actor.state is not None:
                state = MERGED.get(link.actor.state, link.actor.state)
                found.setdefault(state, []).append((link.mention.span.start, link.mention.span.end))
        yield sentences[int(article.id)] | {"mentions": found}


def part_of(id_: str) -> str:
    """The part of the corpus that a sentence belongs to, by its document: `train`, `calibration` or `apart`.

    >>> part_of("wce-2002-07-10-1") == part_of("wce-2002-07-10-2")
    True
    """
    dated = DATED.match(id_)
    number = int(hashlib.sha256((dated.group() if dated else id_).encode()).hexdigest(), 16) % 20
    return "apart" if number < 2 else "calibration" if number < 4 else "train"


def _fill(sentence: Sentence, text: str) -> Sentence:
    """The sentence with its text, and the words of its rows out of it."""
    rows = []
    for row in sentence["rows"]:
        words = {name: text[slice(*row[f"{name}_span"])] for name in ("source", "target", "predicate")}
        kept = {name: value for name, value in row.items() if not name.endswith("_span")}
        rows.append(
            kept
            | {
                "source_text": words["source"],
                "target_text": words["target"],
                "predicate": words["predicate"],
            }
        )
    return sentence | {"text": text, "rows": rows}


def _read_sources(folder: Path) -> Mapping[str, str]:
    texts = {}
    for name in RAW:
        for line in (folder / name).read_text("utf-8").splitlines():
            found = json.loads(line)
            texts[("re3d-" if "re3d" in name else "") + found["id"]] = found["text"]
    for name in TREES:
        for block in (folder / name).read_text("utf-8").split("\n\n"):
            id_, text = (re.search(rf"^# {key} = (.+)$", block, re.MULTILINE) for key in ("sent_id", "text"))
            if id_ and text:
                texts[f"rrt-{id_[1]}"] = text[1]
    for part, name in ENTITIES.items():
        for number, line in enumerate((folder / name).read_text("utf-8").splitlines()):
            found = json.loads(line)
            words = zip(found["tokens"], found["space_after"], strict=True)
            texts[f"{part}-{number}"] = "".join(word + " " * spaced for word, spaced in words).strip()
    return texts
