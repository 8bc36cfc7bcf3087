"""Actors of the news: states, capitals, persons, holders of offices, institutions, groups of people."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.grammar.inflection import Adjective, Noun, adjectives, nouns, read_adjective
from training.grammar.phrases import Phrase, Word
from training.grammar.proper import Nominal, coordinate, name_bare, name_long, name_person, name_place
from training.grammar.words import possessive, preposition, punctuation
from training.names import Names, read_names


@dataclass(frozen=True, slots=True)
class Actors:
    """A source of actors of every kind."""

    rng: random.Random
    names: Names

    @classmethod
    def seeded(cls, rng: random.Random) -> Actors:
        """A source that draws with the generator given."""
        return cls(rng, read_names())

    def adjective_of_state(self) -> Adjective:
        """The adjective of some state."""
        lines = [place.adjective for place in self.names.states] + [
            name.adjective for name in self.names.long_names
        ]
        return read_adjective(self.rng.choice(lines))

    def state(self) -> Nominal:
        """Some state by its name."""
        if self.rng.random() < 0.25:
            return name_long(self.rng.choice(self.names.long_names))
        return name_place(self.rng.choice(self.names.states))

    def capital(self) -> Nominal:
        """Some capital that stands for its state."""
        return name_place(self.rng.choice(self.names.capitals))

    def place(self) -> Phrase:
        """Somewhere, without article, to follow a preposition."""
        kind = self.rng.random()
        if kind < 0.45:
            return name_bare(self.rng.choice(self.names.states).bare)
        if kind < 0.6:
            return name_long(self.rng.choice(self.names.long_names)).direct
        if kind < 0.85:
            return name_bare(self.rng.choice(self.names.states).capital)
        return name_bare(self.rng.choice(self.names.places))

    def person(self) -> Nominal:
        """Some person, by full name or surname."""
        return name_person(self.rng.choice(self.names.persons), self.rng.random() < 0.55)

    def _office_word(
        self, genitive: bool, noun: Noun, adjective: Adjective, with_portfolio: Noun | None
    ) -> Phrase:
        national = Phrase(adjective.inflect("m", False, entity="B-NAT_REL_POL"), "amod")
        right = [*self._rest_of_title(noun, with_portfolio is not None), national]
        if with_portfolio is not None:
            portfolio = Phrase(
                with_portfolio.inflect(False, True, True), "nmod", left=(possessive("m", False),)
            )
            right.append(portfolio)
        return Phrase(noun.inflect(False, True, genitive), right=tuple(right))

    def _rest_of_title(self, noun: Noun, has_portfolio: bool) -> list[Phrase]:
        """What follows some offices at once: "de externe", "de stat", "de cuvânt"."""
        titles = {
            "purtător": ("cuvânt", "cuvânt", "Definite=Ind|Gender=Masc|Number=Sing"),
            "secretar": ("stat", "stat", "Definite=Ind|Gender=Masc|Number=Sing"),
            "ministru": ("externe", "extern", "Definite=Ind|Gender=Fem|Number=Plur"),
        }
        if noun.lemma not in titles or has_portfolio:
            return []
        form, lemma, feats = titles[noun.lemma]
        return [Phrase(Word(form, lemma, "NOUN", feats), "nmod", left=(preposition("de"),))]

    def office(self) -> Nominal:
        """A holder of an office: "ministrul rus al apărării", "președintele Franței, Emmanuel Macron,"."""
        noun = self.rng.choice(nouns("offices"))
        kind = self.rng.random()
        if kind < 0.6:
            adjective = self.adjective_of_state()
            has_portfolio = noun.lemma == "ministru" and self.rng.random() < 0.5
            portfolio = self.rng.choice(nouns("portfolios")) if has_portfolio else None
            forms = [self._office_word(genitive, noun, adjective, portfolio) for genitive in (False, True)]
        else:
            title = self._rest_of_title(noun, False)
            owner = self.state().oblique.under("nmod", *([possessive("m", False)] if title else []))
            forms = [
                Phrase(noun.inflect(False, True, genitive), right=(*title, owner))
                for genitive in (False, True)
            ]
        name = self.rng.random()
        if name < 0.4:
            apposed = name_person(self.rng.choice(self.names.persons), self.rng.random() < 0.7).direct
            apposed = apposed.under("appos", punctuation(",")).after(punctuation(","))
            forms = [form.after(apposed) for form in forms]
        elif name < 0.6 and kind < 0.6:
            named = name_person(self.rng.choice(self.names.persons), self.rng.random() < 0.7).direct
            forms = [form.after(named.under("nmod")) for form in forms]
        return Nominal(forms[0], forms[1], "m", False, True)

    def introduced_person(self) -> Nominal:
        """A person with an office after the name: "Serghei Șoigu, secretarul Consiliului …,"."""
        person = name_person(self.rng.choice(self.names.persons), True)
        noun = self.rng.choice(nouns("offices"))
        owner = self.body() if self.rng.random() < 0.5 else self.state()
        office = Phrase(noun.inflect(False, True), right=(owner.oblique.under("nmod"),))
        office = office.under("appos", punctuation(",")).after(punctuation(","))
        return replace(person, direct=person.direct.after(office), oblique=person.oblique.after(office))

    def body(self) -> Nominal:
        """An institution: "Guvernul francez", "Ministerul rus al Apărării", "Uniunea Europeană", NATO."""
        kind = self.rng.random()
        if kind < 0.3:
            form = self.rng.choice(
                ("NATO", "ONU", "UE", "OSCE", "AIEA", "G7", "TASS", "Reuters", "CIA", "FSB")
            )
            abbreviation = Phrase(Word(form, form, "NOUN", "Abbr=Yes", "B-ORG"))
            return Nominal(abbreviation, abbreviation, "f")
        if kind < 0.5:
            return self._fixed_body()
        noun = self.rng.choice(nouns("bodies"))
        adjective, state = self.adjective_of_state(), self.state().oblique
        raised = self.rng.random() < 0.6
        owned_by_name = self.rng.random() < 0.4
        is_ministry = noun.lemma == "minister" or (self.rng.random() < 0.1 and noun.gender != "f")
        portfolio = self.rng.choice(nouns("portfolios")).inflect(False, True, True)
        gender = noun.agreement(False)
        forms = []
        for genitive in (False, True):
            word = noun.inflect(False, True, genitive)
            word = replace(word, form=word.form.capitalize() if raised else word.form, entity="B-ORG")
            if owned_by_name:
                owner = state.under("nmod")
            else:
                owner = Phrase(adjective.inflect(gender, False, genitive, "B-NAT_REL_POL"), "amod")
            head = Phrase(word, right=(owner,))
            if is_ministry:
                raised_portfolio = replace(portfolio, form=portfolio.form.capitalize())
                head = head.after(Phrase(raised_portfolio, "nmod", left=(possessive("m", False),)))
            forms.append(_name_whole(head) if raised and (owned_by_name or is_ministry) else head)
        return Nominal(forms[0], forms[1], gender)

    def _fixed_body(self) -> Nominal:
        lemma, gender, plural, adjective = self.rng.choice(
            (
                ("uniune", "f", "uniuni", "european europeană europeni europene"),
                ("comisie", "f", "comisii", "european europeană europeni europene"),
                ("casă", "f", "case", "alb albă albi albe"),
                ("parlament", "n", "parlamente", "european europeană europeni europene"),
                ("kremlin", "n", "", ""),
                ("pentagon", "n", "", ""),
            )
        )
        noun = Noun(lemma, gender, plural)
        forms = []
        for genitive in (False, True):
            word = noun.inflect(False, True, genitive)
            word = replace(word, form=word.form.capitalize(), entity="B-ORG")
            right: tuple[Phrase, ...] = ()
            if adjective:
                second = read_adjective(adjective).inflect(noun.agreement(False), False, genitive, "I-ORG")
                right = (Phrase(replace(second, form=second.form.capitalize()), "amod"),)
            else:
                word = replace(word, upos="PROPN", lemma=lemma.capitalize())
            forms.append(Phrase(word, right=right))
        return Nominal(forms[0], forms[1], noun.agreement(False))

    def group(self) -> Nominal:
        """People of a state in the plural: "trupele ruse", "autoritățile din Iran"."""
        noun = self.rng.choice(nouns("groups"))
        gender = noun.agreement(True)
        kind, adjective, place = self.rng.random(), self.adjective_of_state(), self.place()
        forms = []
        for genitive in (False, True):
            head = Phrase(noun.inflect(True, True, genitive))
            if kind < 0.75:
                head = head.after(Phrase(adjective.inflect(gender, True, entity="B-NAT_REL_POL"), "amod"))
            else:
                head = head.after(place.under("nmod", preposition("din")))
            forms.append(head)
        return Nominal(forms[0], forms[1], gender, True)

    def any(self) -> Nominal:
        """An actor of any kind."""
        kinds = (
            self.state,
            self.capital,
            self.person,
            self.office,
            self.introduced_person,
            self.body,
            self.group,
        )
        return self.rng.choices(kinds, weights=(30, 10, 16, 18, 5, 15, 14))[0]()

    def several(self) -> Nominal:
        """Two or three states or persons."""
        source = self.rng.choices((self.state, self.capital, self.person, self.office), weights=(6, 1, 1, 1))[
            0
        ]
        return coordinate([source() for _ in range(self.rng.choice((2, 2, 3)))])

    def subject(self) -> Nominal:
        """An actor, now and then several."""
        return self.several() if self.rng.random() < 0.15 else self.any()

    def kind(self) -> Adjective:
        """A common adjective."""
        return self.rng.choice(adjectives("kinds"))


def _name_whole(head: Phrase) -> Phrase:
    """The phrase as one name: "Guvernul României", "Ministerul rus al Apărării" are one ORG in RONEC."""
    return replace(head, right=tuple(_continue_name(child, head.word.entity) for child in head.right))


def _continue_name(phrase: Phrase, entity: str) -> Phrase:
    word = replace(phrase.word, entity=entity.replace("B-", "I-"))
    left, right = ([_continue_name(child, entity) for child in side] for side in (phrase.left, phrase.right))
    return replace(phrase, word=word, left=tuple(left), right=tuple(right))
