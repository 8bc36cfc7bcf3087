"""spaCy documents made of sentences, for training and for evaluation."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from training.trees import Sentence

# The label of an entity of which it is not known whether the scheme of this project has it.
MISSING = "?"


def build_doc(vocab: Vocab, sentences: Sequence[Sentence], entities_known: bool = False) -> Doc:
    """One document of the sentences, a space between them; a tree only if all of them have one."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    spaces = [
        token.space_after or position == len(sentence) - 1
        for sentence in sentences
        for position, token in enumerate(sentence.tokens)
    ]
    tagged = all(token.upos for token in tokens)
    heads, deps = _tree_of(sentences)
    doc = Doc(
        vocab,
        words=[token.form for token in tokens],
        spaces=spaces,
        pos=[token.upos for token in tokens] if tagged else None,
        morphs=["" if token.feats == "_" else token.feats for token in tokens] if tagged else None,
        lemmas=[token.lemma for token in tokens] if tagged else None,
        heads=heads,
        deps=deps,
    )
    if entities_known:
        _set_entities(doc, sentences)
    return doc


def _tree_of(sentences: Sequence[Sentence]) -> tuple[list[int] | None, list[str] | None]:
    """The heads, counted through the document, and relations; nothing where a sentence has no tree."""
    if not all(sentence.has_tree for sentence in sentences):
        return None, None
    heads: list[int] = []
    deps: list[str] = []
    for sentence in sentences:
        offset = len(heads)
        for position, token in enumerate(sentence.tokens):
            heads.append(offset + (position if token.head == 0 else token.head - 1))
            deps.append("ROOT" if token.head == 0 else token.deprel)
    return heads, deps


def _set_entities(doc: Doc, sentences: Sequence[Sentence]) -> None:
    known: list[Span] = []
    missing: list[Span] = []
    offset = 0
    for sentence in sentences:
        for entity in sentence.entities:
            span = Span(doc, offset + entity.start, offset + entity.end, label=entity.label)
            (missing if entity.label == MISSING else known).append(span)
        offset += len(sentence)
    doc.set_ents(known, missing=missing, default="outside")


def group(sentences: Sequence[Sentence], rng: random.Random, longest: int = 8) -> Iterator[list[Sentence]]:
    """The sentences in groups of 1 to `longest`, each size as likely as the others."""
    position = 0
    while position < len(sentences):
        size = rng.randint(1, longest)
        yield list(sentences[position : position + size])
        position += size


def group_evenly(sentences: Sequence[Sentence], size: int = 10) -> Iterator[list[Sentence]]:
    """The sentences in groups of `size`, in order."""
    for position in range(0, len(sentences), size):
        yield list(sentences[position : position + size])


def pack(docs: Sequence[Doc]) -> DocBin:
    """The documents as a file's content, with everything that a component can learn from them."""
    return DocBin(
        attrs=[
            "ORTH",
            "SPACY",
            "TAG",
            "POS",
            "MORPH",
            "LEMMA",
            "HEAD",
            "DEP",
            "SENT_START",
            "ENT_IOB",
            "ENT_TYPE",
        ],
        docs=docs,
        store_user_data=False,
    )
