"""The forms of the nouns, adjectives and verbs of the lexicon, with their features."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.grammar.phrases import Word

LEXICON = Path(__file__).with_name("lexicon.toml")
NOMINATIVE, GENITIVE = "Case=Acc,Nom|", "Case=Dat,Gen|"


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun by its lemma, gender (m f n) and plural; its other forms follow from these."""

    lemma: str
    gender: str
    plural: str

    def agreement(self, is_plural: bool) -> str:
        """The gender an adjective sees: a neuter is masculine in the singular, feminine in the plural."""
        return "f" if self.gender == "f" or (self.gender == "n" and is_plural) else "m"

    def inflect(self, is_plural: bool = False, definite: bool = True, genitive: bool = False) -> Word:
        """The form asked for, with its features."""
        gender = self.agreement(is_plural)
        feats = (
            f"Definite={'Def' if definite else 'Ind'}|Gender={'Fem' if gender == 'f' else 'Masc'}"
            f"|Number={'Plur' if is_plural else 'Sing'}"
        )
        if definite or (gender == "f" and not is_plural):
            feats = (GENITIVE if genitive else NOMINATIVE) + feats
        return Word(self._form(is_plural, definite, genitive), self.lemma, "NOUN", feats)

    def _form(self, is_plural: bool, definite: bool, genitive: bool) -> str:
        if is_plural:
            if not definite:
                return self.plural
            return self.plural + ("lor" if genitive else "i" if self.gender == "m" else "le")
        if self.gender == "f":
            return self._feminine(definite, genitive)
        if not definite:
            return self.lemma
        if self.lemma.endswith("e"):
            return self.lemma + ("lui" if genitive else "le")
        stem = self.lemma if self.lemma.endswith("u") else self.lemma + "u"
        return stem + ("lui" if genitive else "l")

    def _feminine(self, definite: bool, genitive: bool) -> str:
        if genitive:
            if not definite:
                return self.plural
            return self.lemma[:-1] + "ei" if self.lemma.endswith("ie") else self.plural + "i"
        if not definite:
            return self.lemma
        if self.lemma.endswith("ie") or self.lemma.endswith("ă"):
            return self.lemma[:-1] + "a"
        return self.lemma + "a"


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective by its four forms: masculine and feminine, singular and plural."""

    forms: tuple[str, str, str, str]

    def inflect(self, gender: str, is_plural: bool, genitive: bool = False, entity: str = "") -> Word:
        """The form that agrees, with its features."""
        index = (gender == "f") + 2 * is_plural
        feats = f"Gender={'Fem' if gender == 'f' else 'Masc'}|Number={'Plur' if is_plural else 'Sing'}"
        feats = f"Definite=Ind|Degree=Pos|{feats}"
        form = self.forms[index]
        if gender == "f" and not is_plural:
            feats = (GENITIVE if genitive else NOMINATIVE) + feats
            form = self.forms[3] if genitive else form
        return Word(form, self.forms[0], "ADJ", feats, entity)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by the forms that news need."""

    infinitive: str
    participle: str
    singular: str
    plural: str
    subjunctive: str
    gerund: str
    governs: str = ""

    def be_infinitive(self) -> Word:
        """The bare infinitive, as after "va" and "ar"."""
        return Word(self.infinitive, self.infinitive, "VERB", "Tense=Pres|VerbForm=Inf")

    def be_participle(self, gender: str = "m", is_plural: bool = False) -> Word:
        """The participle: agreeing in the passive, masculine singular in the perfect."""
        form = self.participle
        if gender == "f":
            form += "e" if is_plural else "ă"
        elif is_plural:
            form = form[:-1] + ("ți" if form.endswith("t") else "și")
        feats = f"Gender={'Fem' if gender == 'f' else 'Masc'}|Number={'Plur' if is_plural else 'Sing'}"
        return Word(form, self.infinitive, "VERB", f"{feats}|VerbForm=Part")

    def be_present(self, is_plural: bool) -> Word:
        """The third person of the present; without a number where both numbers share the form."""
        number = "" if self.singular == self.plural else f"Number={'Plur' if is_plural else 'Sing'}|"
        feats = f"Mood=Ind|{number}Person=3|Tense=Pres|VerbForm=Fin"
        return Word(self.plural if is_plural else self.singular, self.infinitive, "VERB", feats)

    def be_subjunctive(self) -> Word:
        """The third person of the subjunctive."""
        return Word(self.subjunctive, self.infinitive, "VERB", "Mood=Sub|Person=3|Tense=Pres|VerbForm=Fin")

    def be_gerund(self) -> Word:
        """The gerund."""
        return Word(self.gerund, self.infinitive, "VERB", "VerbForm=Ger")


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    with LEXICON.open("rb") as file:
        return tomllib.load(file)


@cache
def nouns(group: str) -> tuple[Noun, ...]:
    """The nouns of a group of the lexicon."""
    return tuple(Noun(*line.split("|")) for line in _lexicon()["nouns"][group])


@cache
def verbs(group: str) -> tuple[Verb, ...]:
    """The verbs of a group of the lexicon."""
    return tuple(Verb(*line.split("|")) for line in _lexicon()["verbs"][group])


@cache
def adjectives(group: str) -> tuple[Adjective, ...]:
    """The adjectives of a group of the lexicon."""
    return tuple(read_adjective(line) for line in _lexicon()["adjectives"][group])


def read_adjective(line: str) -> Adjective:
    """An adjective out of its four forms in one line."""
    masculine, feminine, masculines, feminines = line.split()
    return Adjective((masculine, feminine, masculines, feminines))
