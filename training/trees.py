"""Sentences of a treebank: tokens with lemma, part of speech, features, head and relation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

UNKNOWN_HEAD = -1


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `head` counts from 1 as in CoNLL-U, 0 for the root, UNKNOWN_HEAD where there is no tree."""

    form: str
    lemma: str
    upos: str
    feats: str = "_"
    head: int = UNKNOWN_HEAD
    deprel: str = ""
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: half-open token positions counted from 0."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tokenised sentence, with its tree if it has one and its entities if they are known."""

    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...] = field(default=())

    @property
    def text(self) -> str:
        """The sentence as written, without the space after its last token."""
        return "".join(token.form + " " * token.space_after for token in self.tokens).rstrip(" ")

    @property
    def has_tree(self) -> bool:
        """Whether every token has a head."""
        return all(token.head != UNKNOWN_HEAD for token in self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)


class TreebankError(ValueError):
    """A sentence or a file that is not what its format promises."""


def check_tree(sentence: Sentence) -> None:
    """Nothing, or a TreebankError: the tree must have one root, no cycle and no head outside it."""
    heads = [token.head for token in sentence.tokens]
    if heads.count(0) != 1:
        raise TreebankError(f"{heads.count(0)} roots: {sentence.text}")
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node != 0:
            if not 1 <= node <= len(heads):
                raise TreebankError(f"a head outside the sentence: {sentence.text}")
            if steps > len(heads):
                raise TreebankError(f"a cycle: {sentence.text}")
            node, steps = heads[node - 1], steps + 1


def is_projective(sentence: Sentence) -> bool:
    """Whether no two arcs of the tree cross."""
    arcs = [
        (min(position, token.head), max(position, token.head))
        for position, token in enumerate(sentence.tokens, start=1)
    ]
    return not any(
        left < inner_left < right < inner_right for left, right in arcs for inner_left, inner_right in arcs
    )


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, in order; ranges of words and empty nodes are refused."""
    tokens: list[Token] = []
    with path.open(encoding="utf-8") as lines:
        for number, ended_line in enumerate(lines, start=1):
            line = ended_line.rstrip("\n")
            if line.startswith("#"):
                continue
            if line:
                tokens.append(_read_token(line, f"{path.name}:{number}"))
            elif tokens:
                yield Sentence(tuple(tokens))
                tokens = []
    if tokens:
        yield Sentence(tuple(tokens))


def _read_token(line: str, place: str) -> Token:
    columns = line.split("\t")
    if len(columns) != 10 or not columns[0].isdecimal():
        raise TreebankError(f"{place}: not a plain CoNLL-U token: {line!r}")
    _, form, lemma, upos, _, feats, head, deprel, _, misc = columns
    return Token(
        form=form,
        lemma=lemma,
        upos=upos,
        feats=feats,
        head=UNKNOWN_HEAD if head == "_" else int(head),
        deprel="" if deprel == "_" else deprel,
        space_after="SpaceAfter=No" not in misc.split("|"),
    )
