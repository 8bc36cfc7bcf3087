"""Figures of a pipeline on held-out text, read raw by its own tokenizer in documents of ten sentences."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from training.corpora import read_names_of, read_trees
from training.documents import build_doc, group_evenly
from training.trees import Sentence

TREE_SCORES = {
    "tokens": "token_f",
    "sentences": "sents_f",
    "UPOS": "pos_acc",
    "morph": "morph_acc",
    "lemma": "lemma_acc",
    "UAS": "dep_uas",
    "LAS": "dep_las",
}
REQUIRED = {"LAS": 79.5, "UPOS": 96.6, "lemma": 95.5, "sentences": 94.0, "NER": 70.0}


@dataclass(frozen=True, slots=True)
class Figures:
    """Scores in per cent; `by_class` holds precision, recall and F of each entity class."""

    scores: dict[str, float]
    by_class: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    words_per_second: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain data."""
        return {
            "scores": self.scores,
            "entities": {
                label: dict(zip("prf", values, strict=True)) for label, values in self.by_class.items()
            },
            "words_per_second": self.words_per_second,
        }

    @property
    def shortfalls(self) -> dict[str, tuple[float, float]]:
        """The scores that are below what is required of them, with what is required."""
        return {
            name: (self.scores[name], least)
            for name, least in REQUIRED.items()
            if name in self.scores and self.scores[name] < least
        }


def evaluate(nlp: Language, corpora: Path, split: str) -> Figures:
    """The figures on a split of the corpora, `dev` or `test`."""
    trees = _examples(nlp, read_trees(corpora, split), entities_known=False)
    names = _examples(nlp, read_names_of(corpora, f"ner-{split}"), entities_known=True)
    texts = [example.reference.text for example in trees]
    started = time.perf_counter()
    for example, doc in zip(trees, nlp.pipe(texts), strict=True):
        example.predicted = doc
    seconds = time.perf_counter() - started
    words = sum(len(example.predicted) for example in trees)
    with nlp.select_pipes(disable=["parser"]):
        for example, doc in zip(names, nlp.pipe([example.reference.text for example in names]), strict=True):
            example.predicted = doc
    tree_scores = Scorer(nlp).score(trees)
    name_scores = Scorer.score_spans(names, "ents", getter=lambda doc, _: doc.ents)
    scores = {name: _per_cent(tree_scores[key]) for name, key in TREE_SCORES.items()}
    scores["NER"] = _per_cent(name_scores["ents_f"])
    by_class = {
        label: (_per_cent(values["p"]), _per_cent(values["r"]), _per_cent(values["f"]))
        for label, values in sorted(name_scores["ents_per_type"].items())
    }
    return Figures(scores, by_class, round(words / seconds))


def _examples(nlp: Language, sentences: Sequence[Sentence], entities_known: bool) -> list[Example]:
    documents = (build_doc(nlp.vocab, sentences, entities_known) for sentences in group_evenly(sentences))
    return [Example(nlp.make_doc(document.text), document) for document in documents]


def _per_cent(score: float) -> float:
    return round(100 * score, 1)


def write_table(figures: Mapping[str, Figures]) -> str:
    """The figures of several splits as a Markdown table, the entity classes below it."""
    splits = list(figures)
    rows = [["", *splits], ["---"] * (len(splits) + 1)]
    for name in figures[splits[0]].scores:
        rows.append([name, *(f"{figures[split].scores[name]:.1f}" for split in splits)])
    last = figures[splits[-1]]
    rows_of_classes = [[f"entities, {splits[-1]}", "precision", "recall", "F"], ["---"] * 4]
    for label, values in last.by_class.items():
        rows_of_classes.append([label, *(f"{value:.1f}" for value in values)])
    tables = ("\n".join("| " + " | ".join(row) + " |" for row in table) for table in (rows, rows_of_classes))
    return "\n\n".join(tables)
