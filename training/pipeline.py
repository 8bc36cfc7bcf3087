"""The pipeline put together: tagger, lemmatizer, parser and entity recogniser in one folder."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.cli.train import train as train_with_spacy
from spacy.language import Language
from spacy.strings import StringStore

from training.corpora import Files
from training.tokenizer import mend_tokenizer

CONFIGS = Path(__file__).with_name("configs")
PARSER_PIPES = ("tok2vec", "morphologizer", "trainable_lemmatizer", "parser")
VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Models:
    """The folders of the two trained parts."""

    parser: Path
    ner: Path


def train(config: str, files: Files, output: Path, trained: Path | None = None) -> Path:
    """The folder of the best model by the development documents; `trained` is what it builds upon."""
    logging.getLogger("spacy").setLevel(logging.INFO)
    overrides = {"paths.train": str(files.train), "paths.dev": str(files.dev)}
    if trained is not None:
        overrides["paths.parser"] = str(trained)
    train_with_spacy(CONFIGS / f"{config}.cfg", output, overrides=overrides)
    return output / "model-best"


def assemble(models: Models) -> Language:
    """A pipeline of its own that holds copies of the trained parts and nothing of how they were trained."""
    nlp = mend_tokenizer(spacy.blank("ro"))
    parts = spacy.load(models.parser)
    for name in PARSER_PIPES:
        nlp.add_pipe(name, source=parts)
    nlp.add_pipe("ner", source=spacy.load(models.ner))
    nlp.meta.update(
        {
            "lang": "ro",
            "name": "state_relations",
            "version": VERSION,
            "description": "Romanian news: tags, lemmas, Universal Dependencies, named entities.",
            "license": "CC BY-SA 4.0",
            "sources": [
                {"name": "UD Romanian RRT", "license": "CC BY-SA 4.0"},
                {"name": "UD Romanian SiMoNERo", "license": "CC BY-SA 4.0"},
                {"name": "RONEC", "license": "MIT"},
            ],
        }
    )
    return nlp


def save(nlp: Language, folder: Path) -> None:
    """Nothing: the pipeline is written to the folder, with no more strings than its parts speak of.

    Tell apart the pipeline in memory and the one on disk: only the latter, once loaded, spells its features.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    _shrink_strings(nlp, folder)


def put_in_place(draft: Path, folder: Path, figures: Mapping[str, Any], card: str) -> None:
    """Nothing: the draft gets its figures and its card, then takes the folder's place."""
    meta = srsly.read_json(draft / "meta.json")
    meta["performance"] = dict(figures)
    srsly.write_json(draft / "meta.json", meta)
    (draft / "README.md").write_text(card, encoding="utf-8")
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _shrink_strings(nlp: Language, folder: Path) -> None:
    """Nothing: of the strings seen in training only those that the parts speak of stay on disk."""
    kept = StringStore()
    for text in sorted(_spoken_strings(nlp, folder)):
        kept.add(text)
    kept.to_disk(folder / "vocab" / "strings.json")


def _spoken_strings(nlp: Language, folder: Path) -> set[str]:
    strings = set(mend_tokenizer(spacy.blank("ro")).vocab.strings)
    for labels in nlp.pipe_labels.values():
        strings.update(labels)
    for tree in srsly.read_msgpack(folder / "trainable_lemmatizer" / "trees")["trees"]:
        strings.update(nlp.vocab.strings[tree[key]] for key in ("orig", "subst") if key in tree)
    return strings
