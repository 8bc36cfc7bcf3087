"""Variants of annotated sentences: no diacritics, other quotes, other names in the same form."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from training.names import Names, Person, read_names
from training.trees import Entity, Sentence

STRIPPED = str.maketrans("ăâîșțĂÂÎȘȚ", "aaistAAIST")
COMMA_BELOW = str.maketrans("şţŞŢ", "șțȘȚ")
QUOTE_PAIRS = (("„", "”"), ('"', '"'), ("«", "»"), ("“", "”"))


def strip_diacritics(sentence: Sentence) -> Sentence:
    """The sentence as a newspaper without diacritics would print it; lemmas keep theirs."""
    return replace(
        sentence,
        tokens=tuple(replace(token, form=token.form.translate(STRIPPED)) for token in sentence.tokens),
    )


def normalise(sentence: Sentence) -> Sentence:
    """The sentence with comma-below ș and ț in place of the older ş and ţ."""
    tokens = (
        replace(token, form=token.form.translate(COMMA_BELOW), lemma=token.lemma.translate(COMMA_BELOW))
        for token in sentence.tokens
    )
    return replace(sentence, tokens=tuple(tokens))


def vary_quotes(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence with its pairs of quotes in a style drawn at random; an unpaired quote stays."""
    marks = {mark for pair in QUOTE_PAIRS for mark in pair}
    positions = [index for index, token in enumerate(sentence.tokens) if token.form in marks]
    if not positions or len(positions) % 2:
        return sentence
    pair = rng.choice(QUOTE_PAIRS)
    tokens = list(sentence.tokens)
    for order, index in enumerate(positions):
        mark = pair[order % 2]
        tokens[index] = replace(tokens[index], form=mark, lemma=mark if tokens[index].lemma else "")
    return replace(sentence, tokens=tuple(tokens))


@dataclass(frozen=True, slots=True)
class Swapper:
    """Puts other names for those it knows: the form in the same case and gender, the tree untouched."""

    rng: random.Random
    places: dict[str, tuple[tuple[str, str], ...]]
    adjectives: dict[str, tuple[tuple[str, str], ...]]
    persons: tuple[Person, ...]
    share: float = 0.7

    @classmethod
    def seeded(cls, rng: random.Random, extra: Iterable[Person] = (), share: float = 0.7) -> Swapper:
        """A swapper over the table of names and further persons."""
        names = read_names()
        persons = tuple(p for p in (*names.persons, *extra) if " " not in p.first + p.surname)
        return cls(rng, _alternatives(names), _adjective_forms(names), persons, share)

    def swap(self, sentence: Sentence) -> Sentence:
        """The sentence with some of its names replaced; entities and trees stay where they are."""
        tokens = list(sentence.tokens)
        inside = _long_entities(sentence.entities)
        for index, token in enumerate(tokens):
            if self.rng.random() > self.share or index in inside or _is_part_of_name(sentence, index):
                continue
            others = self.places.get(token.form) if token.upos in ("PROPN", "") else None
            if others is None and token.upos in ("ADJ", ""):
                others = self.adjectives.get(token.form)
            if others:
                form, lemma = self.rng.choice(others)
                tokens[index] = replace(token, form=form, lemma=lemma if token.lemma else "")
        for first, second in self._full_names(sentence):
            if self.rng.random() < self.share:
                person = self.rng.choice(self.persons)
                for index, form in ((first, person.first), (second, person.surname)):
                    tokens[index] = replace(
                        tokens[index], form=form, lemma=form if tokens[index].lemma else ""
                    )
        return replace(sentence, tokens=tuple(tokens))

    def _full_names(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Where a first name and a surname stand: as an entity, or by a name of the table in a tree."""
        known = {(person.first, person.surname) for person in self.persons}
        spans = {(entity.start, entity.end) for entity in sentence.entities if entity.label == "PERSON"}
        for index in range(len(sentence) - 1):
            first, second = sentence.tokens[index], sentence.tokens[index + 1]
            is_known = (first.form, second.form) in known and not sentence.entities
            is_entity = (index, index + 2) in spans and first.form.istitle() and second.form.istitle()
            if is_known or (is_entity and first.form.isalpha() and second.form.isalpha()):
                yield index, index + 1


def _alternatives(names: Names) -> dict[str, tuple[tuple[str, str], ...]]:
    """Every form of a one-word place with the forms, and lemmas, that may stand in its stead."""
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for group in (names.states, names.capitals):
        for gender in ("m", "f"):
            members = [place for place in group if place.gender == gender and " " not in place.bare]
            for case in ("bare", "nominative", "genitive"):
                forms = tuple(sorted({(getattr(place, case), place.bare) for place in members}))
                for form, _ in forms:
                    table.setdefault(form, forms)
    return table


def _adjective_forms(names: Names) -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    lines = [place.adjective for place in names.states] + [name.adjective for name in names.long_names]
    rows = [line.split() for line in lines]
    for column in range(4):
        forms = tuple(sorted({(row[column], row[0]) for row in rows}))
        for form, _ in forms:
            table.setdefault(form, forms)
    return table


def _long_entities(entities: Sequence[Entity]) -> frozenset[int]:
    """The positions inside entities of several tokens, which are not taken apart."""
    return frozenset(
        position
        for entity in entities
        if entity.end - entity.start > 1
        for position in range(entity.start, entity.end)
    )


def _is_part_of_name(sentence: Sentence, index: int) -> bool:
    """Whether the token belongs to a name of several words by its tree."""
    token = sentence.tokens[index]
    if token.deprel in ("flat", "fixed"):
        return True
    return any(other.head == index + 1 and other.deprel in ("flat", "fixed") for other in sentence.tokens)


def collect_persons(sentences: Iterable[Sentence]) -> tuple[Person, ...]:
    """The full names of two words among the entities, as further persons to swap in."""
    found = set()
    for sentence in sentences:
        for entity in sentence.entities:
            forms = [token.form for token in sentence.tokens[entity.start : entity.end]]
            if (
                entity.label == "PERSON"
                and len(forms) == 2
                and all(f.isalpha() and f.istitle() for f in forms)
            ):
                found.add((forms[0], forms[1]))
    return tuple(Person(first, surname, "m") for first, surname in sorted(found))


def vary(sentences: Iterable[Sentence], rng: random.Random, swapper: Swapper | None) -> list[Sentence]:
    """A copy of the sentences, with names swapped if there is a swapper, and half of the quotes varied."""
    varied = []
    for sentence in sentences:
        changed = swapper.swap(sentence) if swapper is not None else sentence
        varied.append(vary_quotes(changed, rng) if rng.random() < 0.5 else changed)
    return varied


def strip_some(
    groups: Iterable[list[Sentence]], rng: random.Random, share: float
) -> Iterator[list[Sentence]]:
    """The groups of sentences, a share of them wholly without diacritics."""
    for group in groups:
        yield [strip_diacritics(sentence) for sentence in group] if rng.random() < share else group
