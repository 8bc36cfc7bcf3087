"""What actors give, sign, hold and judge, in what quantity and when."""

from __future__ import annotations

import random

from training.grammar.actors import Actors
from training.grammar.inflection import Noun, nouns
from training.grammar.phrases import Phrase, Word
from training.grammar.proper import Nominal
from training.grammar.words import plain, possessive, preposition

CARDINAL = "Number=Plur|NumForm=Word|NumType=Card"
THOUSANDS = "Definite=Ind|Gender=Fem|Number=Plur|NumForm=Word|NumType=Card"
MILLIONS = "Case=Acc,Nom|Definite=Ind|Gender=Fem|Number=Plur|NumForm=Word|NumType=Card"
WEEKDAYS = ("luni", "marți", "miercuri", "joi", "vineri")
MONTHS = (
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
)


def _number(rng: random.Random, gender: str) -> Word:
    """A number below twenty in words, or a round one in digits."""
    if rng.random() < 0.45:
        digits = str(rng.choice((12, 15, 18, 3, 4, 5, 6, 10, 7)))
        return Word(digits, digits, "NUM", "Number=Sing|NumForm=Digit|NumType=Card", "B-NUMERIC")
    if rng.random() < 0.3:
        feats = f"Gender={'Fem' if gender == 'f' else 'Masc'}|{CARDINAL}"
        return Word("două" if gender == "f" else "doi", "doi", "NUM", feats, "B-NUMERIC")
    form = rng.choice(("trei", "patru", "cinci", "șase", "șapte", "opt", "nouă", "zece"))
    return Word(form, form, "NUM", CARDINAL, "B-NUMERIC")


def _large(rng: random.Random) -> Phrase:
    """A number that needs `de` before its noun: `o mie`, `cinci mii`, `20.000`, `200`."""
    kind = rng.random()
    if kind < 0.35:
        digits = rng.choice(
            ("20", "30", "50", "100", "120", "200", "500", "1.000", "6.000", "10.000", "25.000")
        )
        return Phrase(
            Word(digits, digits, "NUM", "Number=Sing|NumForm=Digit|NumType=Card", "B-NUMERIC"), "nummod"
        )
    if kind < 0.5:
        feats = "Case=Acc,Nom|Definite=Ind|Gender=Fem|Number=Sing|NumForm=Word|NumType=Card"
        one = plain("o", "det", "B-NUMERIC")
        form, lemma = rng.choice((("mie", "mie"), ("sută", "sută")))
        return Phrase(Word(form, lemma, "NUM", feats, "I-NUMERIC"), "nummod", left=(one,))
    form, lemma, feats = rng.choice(
        (("mii", "mie", THOUSANDS), ("sute", "sută", THOUSANDS), ("milioane", "milion", MILLIONS))
    )
    count = Phrase(_number(rng, "f"), "nummod")
    if rng.random() < 0.2:
        return Phrase(Word(form, lemma, "NUM", feats, "B-NUMERIC"), "nummod")
    return Phrase(Word(form, lemma, "NUM", feats, "I-NUMERIC"), "nummod", left=(count,))


def count(noun: Noun, rng: random.Random) -> Phrase:
    """So many of something: `o mie de geniști`, `trei rachete`."""
    bare = Phrase(noun.inflect(True, definite=False))
    if rng.random() < 0.4:
        return bare.before(Phrase(_number(rng, noun.agreement(True)), "nummod"))
    number = _large(rng)
    return bare.before(number.after(preposition("de")))


class Things:
    """A source of noun phrases that are acted on, and of times and places."""

    def __init__(self, rng: random.Random, actors: Actors) -> None:
        self.rng = rng
        self.actors = actors

    def _describe(self, phrase: Phrase, gender: str, is_plural: bool, genitive: bool = False) -> Phrase:
        if self.rng.random() < 0.55:
            return phrase
        return phrase.after(Phrase(self.actors.kind().inflect(gender, is_plural, genitive), "amod"))

    def indefinite(self, group: str) -> Nominal:
        """A phrase like `un acord`, `sancțiuni economice`, `o mie de geniști`."""
        noun = self.rng.choice(nouns(group))
        kind = self.rng.random()
        if group == "masses":
            phrase, is_plural = Phrase(noun.inflect(False, definite=False)), False
        elif group == "personnel" and kind < 0.75:
            phrase, is_plural = count(noun, self.rng), True
        elif kind < 0.4:
            article = plain("o" if noun.gender == "f" else "un", "det")
            phrase, is_plural = Phrase(noun.inflect(False, definite=False), left=(article,)), False
        elif kind < 0.55 and group == "things":
            phrase, is_plural = count(noun, self.rng), True
        else:
            phrase, is_plural = Phrase(noun.inflect(True, definite=False)), True
        gender = noun.agreement(is_plural)
        phrase = self._describe(phrase, gender, is_plural)
        return Nominal(phrase, phrase, gender, is_plural)

    def definite(self, group: str, owner: Phrase | None = None) -> Nominal:
        """A phrase like `acordul cu Rusia`, `decizia Iranului`; `owner` follows in the genitive."""
        noun = self.rng.choice(nouns(group))
        is_plural = self.rng.random() < 0.35
        gender = noun.agreement(is_plural)
        described = self.rng.random() < 0.35
        adjective = self.actors.kind()
        forms = []
        for genitive in (False, True):
            phrase = Phrase(noun.inflect(is_plural, True, genitive))
            if described:
                phrase = phrase.after(Phrase(adjective.inflect(gender, is_plural, genitive), "amod"))
            if owner is not None:
                phrase = phrase.after(
                    owner.under("nmod", possessive(gender, is_plural)) if described else owner.under("nmod")
                )
            forms.append(phrase)
        return Nominal(forms[0], forms[1], gender, is_plural)

    def event_between(self) -> Nominal:
        """`Războiul dintre Rusia și Ucraina`, `relațiile Rusiei cu Iranul`, `vizita la Roma`."""
        first, second = self.actors.state(), self.actors.state()
        kind = self.rng.random()
        if kind < 0.35:
            noun = self.rng.choice(
                (Noun("război", "n", "războaie"), Noun("conflict", "n", "conflicte"), *nouns("papers"))
            )
            pair = first.direct.after(second.direct.under("conj", plain("și", "cc")))
            tail = [pair.under("nmod", preposition("dintre"))]
        elif kind < 0.55:
            noun = self.rng.choice((Noun("relație", "f", "relații"), *nouns("events")))
            tail = [first.oblique.under("nmod"), second.direct.under("nmod", preposition("cu"))]
        elif kind < 0.75:
            noun = self.rng.choice(nouns("events"))
            tail = [second.direct.under("nmod", preposition("cu"))]
        else:
            noun = Noun("vizită", "f", "vizite") if kind < 0.88 else Noun("retragere", "f", "retrageri")
            actor = self.actors.group() if noun.lemma == "retragere" else self.actors.office()
            relation = preposition("din" if noun.lemma == "retragere" else self.rng.choice(("la", "în")))
            tail = [actor.oblique.under("nmod"), self.actors.place().under("nmod", relation)]
        is_plural = noun.lemma in ("relație", "negociere") or self.rng.random() < 0.1
        direct, oblique = (
            Phrase(noun.inflect(is_plural, True, genitive), right=tuple(tail)) for genitive in (False, True)
        )
        return Nominal(direct, oblique, noun.agreement(is_plural), is_plural)

    def deed(self) -> Nominal:
        """Something that can be judged: `decizia Iranului`, `retragerea trupelor franceze din Niger`."""
        if self.rng.random() < 0.5:
            return self.event_between()
        return self.definite("acts", self.actors.any().oblique)

    def money(self) -> Phrase:
        """A phrase like `de 500 de milioane de dolari`, to follow a noun."""
        noun = self.rng.choice(nouns("money"))
        return count(noun, self.rng).under("nmod", preposition("de"))

    def time(self) -> Phrase:
        """When it happened: `marți`, `ieri`, `luni, 3 martie`, `pe 17 iunie 2025`, `în 2024`."""
        kind = self.rng.random()
        if kind < 0.4:
            day = self.rng.choice(WEEKDAYS)
            return Phrase(Word(day, day, "NOUN", "Definite=Ind|Gender=Fem", "B-DATETIME"), "obl:tmod")
        if kind < 0.6:
            form = self.rng.choice(("ieri", "astăzi", "azi", "recent", "ulterior", "anterior"))
            entity = "B-DATETIME" if form in ("ieri", "astăzi", "azi") else ""
            return Phrase(Word(form, form, "ADV", "Degree=Pos", entity), "advmod")
        if kind < 0.75:
            year = str(self.rng.randint(1998, 2026))
            word = Word(year, year, "NUM", "Number=Sing|NumForm=Digit|NumType=Card", "B-DATETIME")
            return Phrase(word, "obl:tmod", left=(preposition("în"),))
        return self._date().under("obl:tmod", preposition(self.rng.choice(("pe", "la"))))

    def _date(self) -> Phrase:
        digits = "Number=Sing|NumForm=Digit|NumType=Card"
        day, month = str(self.rng.randint(1, 30)), self.rng.choice(MONTHS)
        left = (Phrase(Word(day, day, "NUM", digits, "B-DATETIME"), "nummod"),)
        right: tuple[Phrase, ...] = ()
        if self.rng.random() < 0.4:
            year = str(self.rng.randint(1998, 2026))
            right = (Phrase(Word(year, year, "NUM", digits, "I-DATETIME"), "nummod"),)
        return Phrase(
            Word(month, month, "NOUN", "Definite=Ind|Gender=Masc", "I-DATETIME"), "obl", left, right
        )

    def somewhere(self) -> Phrase:
        """Where it happened: `la Moscova`, `în Iran`."""
        return self.actors.place().under("obl", preposition(self.rng.choice(("la", "în", "în", "din"))))
