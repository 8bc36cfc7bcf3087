"""Training and development documents, out of the corpora and the grammar."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.augmentation import Swapper, collect_persons, normalise, strip_some, vary
from training.documents import MISSING, build_doc, group, group_evenly, pack
from training.entities import read_entities
from training.grammar.sentences import News
from training.trees import Entity, Sentence, read_conllu

CONLLU = ("train-gold", "train-silver", "train-tags", "dev", "test")
JSONL = ("ner-train-v1", "ner-train-v2", "ner-dev", "ner-test")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much of what goes into training."""

    seed: int = 7
    plain_passes: int = 2
    passes: int = 3
    gold_copies: int = 2
    generated_a_pass: int = 6500
    ner_passes: int = 3
    generated_ner_a_pass: int = 800
    second_version_copies: int = 3
    stripped: float = 0.09


@dataclass(frozen=True, slots=True)
class Files:
    """Where the documents for one component lie."""

    train: Path
    dev: Path


class CorporaError(FileNotFoundError):
    """A file of the corpora that is not there."""


def check_corpora(corpora: Path) -> None:
    """Nothing, or a CorporaError that names every file that is missing."""
    expected = [f"{name}.conllu" for name in CONLLU] + [f"{name}.jsonl" for name in JSONL]
    missing = [name for name in expected if not (corpora / name).is_file()]
    if missing:
        raise CorporaError(f"not in {corpora}: {', '.join(missing)}")


def read_trees(corpora: Path, name: str) -> list[Sentence]:
    """The sentences of a CoNLL-U file of the corpora, comma-below throughout."""
    return [normalise(sentence) for sentence in read_conllu(corpora / f"{name}.conllu")]


def read_names_of(corpora: Path, name: str) -> list[Sentence]:
    """The sentences of a JSON Lines file of the corpora, comma-below throughout."""
    first_version = name.endswith("v1")
    return [normalise(sentence) for sentence in read_entities(corpora / f"{name}.jsonl", first_version)]


def build_plain_files(corpora: Path, build: Path, recipe: Recipe) -> Files:
    """Documents for a first round of tagger, lemmatizer and parser: the corpora as they are."""
    vocab = spacy.blank("ro").vocab
    rng = random.Random(0)
    gold, silver, tags = (read_trees(corpora, name) for name in CONLLU[:3])
    groups: list[list[Sentence]] = []
    for number in range(recipe.plain_passes):
        for part in (*[gold] * recipe.gold_copies, silver, tags):
            sentences = list(part)
            if number:
                rng.shuffle(sentences)
            groups += group(sentences, rng)
    rng.shuffle(groups)
    docs = [build_doc(vocab, sentences) for sentences in groups]
    return _write(docs, _dev_of(vocab, corpora), build, "plain")


def _dev_of(vocab: Vocab, corpora: Path) -> list[Doc]:
    return [build_doc(vocab, sentences) for sentences in group_evenly(read_trees(corpora, "dev"))]


def build_parser_files(corpora: Path, build: Path, recipe: Recipe) -> Files:
    """Documents for a second round of the same parts: names swapped, quotes varied, sentences generated."""
    vocab = spacy.blank("ro").vocab
    rng = random.Random(recipe.seed)
    swapper = Swapper.seeded(rng)
    gold, silver, tags = (read_trees(corpora, name) for name in CONLLU[:3])
    docs: list[Doc] = []
    for number in range(recipe.passes):
        groups: list[list[Sentence]] = []
        for copy in range(recipe.gold_copies):
            groups += group(vary(_shuffle(gold, rng, copy), rng, swapper if copy else None), rng)
        groups += group(vary(_shuffle(silver, rng, number), rng, swapper), rng)
        groups += group(vary(_shuffle(tags, rng, number), rng, None), rng)
        news = News(recipe.seed * 1000 + number)
        groups += group(list(news.sentences(recipe.generated_a_pass)), rng, longest=5)
        rng.shuffle(groups)
        docs += [build_doc(vocab, sentences) for sentences in strip_some(groups, rng, recipe.stripped)]
    return _write(docs, _dev_of(vocab, corpora), build, "parser")


def build_ner_files(corpora: Path, build: Path, recipe: Recipe) -> Files:
    """Documents for the entity recogniser, written to the build folder."""
    vocab = spacy.blank("ro").vocab
    rng = random.Random(recipe.seed + 1)
    first, second = (read_names_of(corpora, name) for name in JSONL[:2])
    swapper = Swapper.seeded(rng, collect_persons(second), share=0.6)
    docs: list[Doc] = []
    for number in range(recipe.ner_passes):
        groups: list[list[Sentence]] = list(group(vary(_shuffle(first, rng, 1), rng, swapper), rng, 5))
        for copy in range(recipe.second_version_copies):
            groups += group(vary(_shuffle(second, rng, 1), rng, swapper if copy else None), rng, 5)
        news = News(recipe.seed * 2000 + number)
        generated = [_leave_titles_open(s) for s in news.sentences(recipe.generated_ner_a_pass)]
        groups += group(generated, rng, 5)
        rng.shuffle(groups)
        docs += [build_doc(vocab, sentences, True) for sentences in strip_some(groups, rng, recipe.stripped)]
    dev = [build_doc(vocab, sentences, True) for sentences in group_evenly(read_names_of(corpora, "ner-dev"))]
    return _write(docs, dev, build, "ner")


def _shuffle(sentences: Sequence[Sentence], rng: random.Random, order: int) -> list[Sentence]:
    """The sentences in their own order for order 0, so that neighbours stay together; shuffled otherwise."""
    return list(sentences) if order == 0 else rng.sample(sentences, len(sentences))


def _leave_titles_open(sentence: Sentence) -> Sentence:
    """The sentence with its first word open to any class if it is an office, which RONEC calls a PERSON."""
    starts = {position for entity in sentence.entities for position in range(entity.start, entity.end)}
    if 0 in starts or sentence.tokens[0].upos != "NOUN":
        return sentence
    return Sentence(sentence.tokens, (Entity(0, 1, MISSING), *sentence.entities))


def _write(train: Sequence[Doc], dev: Sequence[Doc], build: Path, name: str) -> Files:
    build.mkdir(parents=True, exist_ok=True)
    files = Files(build / f"{name}-train.spacy", build / f"{name}-dev.spacy")
    pack(train).to_disk(files.train)
    pack(dev).to_disk(files.dev)
    return files
