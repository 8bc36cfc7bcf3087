"""Noun phrases in their two cases, and the names of states, capitals, places and persons as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.grammar.inflection import Adjective, Noun
from training.grammar.phrases import Phrase, Word
from training.grammar.words import conjunction, plain, preposition, punctuation
from training.names import LongName, Person, Place

FEATURES = "Case={case}|Definite=Def|Gender={gender}|Number={number}"
DIRECT, OBLIQUE = "Acc,Nom", "Dat,Gen"


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase in its two cases, with what a verb must know to agree with it."""

    direct: Phrase
    oblique: Phrase
    gender: str = "m"
    is_plural: bool = False
    is_person: bool = False

    def in_case(self, genitive: bool) -> Phrase:
        """The phrase in the genitive-dative or in the nominative-accusative."""
        return self.oblique if genitive else self.direct


def _proper(form: str, lemma: str, feats: str, entity: str) -> Word:
    return Word(form, lemma, "PROPN", feats, entity)


def _feats(gender: str, genitive: bool, is_plural: bool = False) -> str:
    return FEATURES.format(
        case=OBLIQUE if genitive else DIRECT,
        gender="Masc" if gender == "m" else "Fem",
        number="Plur" if is_plural else "Sing",
    )


def name_place(place: Place, label: str = "GPE") -> Nominal:
    """A state or a capital of one word as an actor."""
    direct_feats = _feats("m", False) if place.nominative != place.bare else "_"
    return Nominal(
        Phrase(_proper(place.nominative, place.bare, direct_feats, "B-" + label)),
        Phrase(_proper(place.genitive, place.bare, _feats(place.gender, True), "B-" + label)),
        place.gender,
    )


def name_bare(place: str, label: str = "GPE") -> Phrase:
    """A place after a preposition: no article, no case."""
    first, *rest = place.split()
    tail = tuple(Phrase(_proper(word, word, "_", "I-" + label), "flat") for word in rest)
    return Phrase(_proper(first, first, "_", "B-" + label), right=tail)


def name_long(name: LongName) -> Nominal:
    """A state whose name has several words."""
    return Nominal(
        _spell_long(name, genitive=False),
        _spell_long(name, genitive=True),
        "f" if name.gender == "p" else name.gender,
        is_plural=name.gender == "p",
    )


def _spell_long(name: LongName, genitive: bool) -> Phrase:
    is_plural, tag = name.gender == "p", "I-GPE"
    first, *rest = (name.genitive if genitive else name.nominative).split()
    lemmas = name.nominative.split()
    if name.kind == "nmod":
        tail = Phrase(_proper(rest[1], rest[1], "_", tag), "nmod", left=(preposition("de", tag),))
        feats = _feats("f", True) if genitive else "_"
        return Phrase(_proper(first, lemmas[0], feats, "B-GPE"), right=(tail,))
    if name.kind == "flat":
        feats = _feats(name.gender, True) if genitive and first != lemmas[0] else "_"
        tail_word = _proper(rest[0], lemmas[1], "_", tag)
        return Phrase(_proper(first, lemmas[0], feats, "B-GPE"), right=(Phrase(tail_word, "flat"),))
    if is_plural:
        head = replace(Noun("stat", "n", "state").inflect(True, True, genitive), form=first, entity="B-GPE")
        unite = Adjective(("unit", "unită", "uniți", "unite")).inflect("f", True)
        return Phrase(head, right=(Phrase(replace(unite, form=rest[0], entity=tag), "amod"),))
    case = OBLIQUE if genitive else DIRECT
    great = Word(first, "mare", "ADJ", f"Case={case}|Definite=Def|Degree=Pos|Gender=Fem|Number=Sing", "B-GPE")
    return Phrase(
        _proper(rest[0], lemmas[1], _feats("f", True) if genitive else "_", tag),
        left=(Phrase(great, "amod"),),
    )


def name_person(person: Person, full: bool, labelled: str = "B-PERSON") -> Nominal:
    """A person, by full name or by surname; "lui" in the oblique where the first name is not inflected."""
    first, *rest = [*person.first.split(), *person.surname.split()] if full else person.surname.split()
    tail = tuple(Phrase(_proper(word, word, "_", "I-PERSON"), "flat") for word in rest)
    direct = Phrase(_proper(first, first, "_", labelled), right=tail)
    if full and person.oblique:
        head = _proper(person.oblique, person.first, _feats("f", True), labelled)
        oblique = Phrase(head, right=tail)
    else:
        oblique = direct.before(plain("lui", "det"))
    return Nominal(direct, oblique, person.gender, is_person=True)


def coordinate(members: Sequence[Nominal], link: str = "și") -> Nominal:
    """The members as one plural: "Germania, Franța și Marea Britanie"."""

    def join(genitive: bool) -> Phrase:
        first, *others, last = [member.in_case(genitive) for member in members]
        commas = [other.under("conj", punctuation(",")) for other in others]
        final = last.under("conj", conjunction(link, "cc"))
        if link == "precum și":
            final = final.before(punctuation(","))
        return first.after(*commas, final)

    gender = "m" if any(member.gender == "m" for member in members) else "f"
    return Nominal(join(False), join(True), gender, True, members[0].is_person)
