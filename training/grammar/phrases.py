"""Phrases: words with dependents to their left and right, written out as sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from training.trees import Entity, Sentence, Token

CLOSING = frozenset({",", ".", "”", "»", ")", ":", "?", "!", ";"})
OPENING = frozenset({"„", "«", "("})


@dataclass(frozen=True, slots=True)
class Word:
    """A word form with its analysis; `entity` is a tag like B-GPE or I-GPE, empty outside entities."""

    form: str
    lemma: str
    upos: str
    feats: str = "_"
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A head word, its relation to whatever governs it, and its dependents in order."""

    word: Word
    rel: str = "root"
    left: tuple[Phrase, ...] = ()
    right: tuple[Phrase, ...] = ()

    def under(self, rel: str, *left: Phrase) -> Phrase:
        """The phrase in another relation, with further words before it, such as a preposition."""
        return replace(self, rel=rel, left=(*left, *self.left))

    def before(self, *left: Phrase) -> Phrase:
        """The phrase with further dependents at its very beginning."""
        return replace(self, left=(*left, *self.left))

    def after(self, *right: Phrase) -> Phrase:
        """The phrase with further dependents at its very end."""
        return replace(self, right=(*self.right, *right))


def write(phrase: Phrase) -> Sentence:
    """The sentence that the phrase spells, its first letter raised."""
    words: list[Word] = []
    rels: list[str] = []
    heads: list[int] = []

    def visit(node: Phrase) -> int:
        dependents = [visit(child) for child in node.left]
        words.append(node.word)
        rels.append(node.rel)
        heads.append(0)
        position = len(words)
        dependents += [visit(child) for child in node.right]
        for dependent in dependents:
            heads[dependent - 1] = position
        return position

    visit(phrase)
    _drop_doubled_commas(words, rels, heads)
    first = next(index for index, word in enumerate(words) if word.upos != "PUNCT")
    words[first] = replace(words[first], form=words[first].form[:1].upper() + words[first].form[1:])
    tokens = tuple(
        Token(word.form, word.lemma, word.upos, word.feats, head, rel, _has_space(words, index))
        for index, (word, head, rel) in enumerate(zip(words, heads, rels, strict=True))
    )
    return Sentence(tokens, tuple(_read_entities(words)))


def _drop_doubled_commas(words: list[Word], rels: list[str], heads: list[int]) -> None:
    """Nothing: takes a comma out where another closing mark follows, as after an apposition."""
    for index in range(len(words) - 2, -1, -1):
        if words[index].form == "," and words[index + 1].form in CLOSING:
            del words[index], rels[index], heads[index]
            heads[:] = [head - (head > index + 1) for head in heads]


def _has_space(words: list[Word], index: int) -> bool:
    """Whether a space follows the word; of straight quotes the odd ones open and the even ones close."""
    if index + 1 == len(words):
        return True
    form, following = words[index].form, words[index + 1].form
    straight = sum(word.form == '"' for word in words[: index + 1])
    opens = form in OPENING or (form == '"' and straight % 2 == 1)
    closes = following in CLOSING or (following == '"' and straight % 2 == 1)
    return not (opens or closes or form.endswith("-") or following.startswith("-"))


def _read_entities(words: list[Word]) -> list[Entity]:
    entities: list[Entity] = []
    for index, word in enumerate(words):
        if word.entity.startswith("B-"):
            entities.append(Entity(index, index + 1, word.entity[2:]))
        elif word.entity:
            entities[-1] = replace(entities[-1], end=index + 1)
    return entities
