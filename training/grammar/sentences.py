"""Whole sentences of the news: who did what, who says so, under what condition, after what."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from training.grammar.actors import Actors
from training.grammar.clauses import FINITE, Clauses, Shape
from training.grammar.frames import Frame, Frames
from training.grammar.inflection import Noun, Verb, verbs
from training.grammar.phrases import Phrase, Word, write
from training.grammar.proper import Nominal
from training.grammar.things import Things
from training.grammar.words import auxiliary, conjunction, plain, preposition, punctuation
from training.trees import Sentence

QUOTES = (("„", "”"), ('"', '"'), ("«", "»"), ("“", "”"))
FOLLOW = Verb("urma", "urmat", "urmează", "urmează", "urmeze", "urmând")
CAN = Verb("putea", "putut", "poate", "pot", "poată", "putând")
WANT = Verb("vrea", "vrut", "vrea", "vor", "vrea", "vrând")


class News:
    """A source of sentences, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.actors = Actors.seeded(self.rng)
        self.things = Things(self.rng, self.actors)
        self.frames = Frames(self.rng, self.actors, self.things)
        self.clauses = Clauses(self.rng, self.actors, self.things, self.frames)

    def sentences(self, count: int) -> Iterator[Sentence]:
        """So many sentences."""
        patterns: dict[Callable[[], Phrase], int] = {
            self.plain_clause: 26,
            self.quoted: 12,
            self.reported: 9,
            self.said_that: 9,
            self.according: 5,
            self.planned: 10,
            self.asked: 9,
            self.passive: 8,
            self.impersonal: 4,
            self.fronted: 6,
            self.with_relative: 7,
            self.with_gerund: 6,
            self.with_adverbial: 9,
            self.with_participle: 6,
            self.coordinated: 7,
            self.modal: 6,
            self.about_event: 5,
            self.copular: 3,
            self.purpose: 4,
        }
        for _ in range(count):
            pattern = self.rng.choices(list(patterns), weights=list(patterns.values()))[0]
            phrase = pattern()
            ends = self.rng.random() < 0.93
            yield write(phrase.after(punctuation(".")) if ends else phrase)

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _extras(self, share: float = 0.35) -> tuple[Phrase, ...]:
        if not self._chance(share):
            return ()
        return (self.things.somewhere() if self._chance(0.25) else self.things.time(),)

    def _shape(self, subject_first: bool = True) -> Shape:
        return Shape(self.rng.choice(FINITE), subject_first, self._chance(0.08))

    def clause(self, subject_first: bool | None = None, drop: float = 0.08) -> Phrase:
        """A finite clause of any frame."""
        frame = self.frames.frame()
        first = self._chance(0.85) if subject_first is None else subject_first
        is_ambiguous = frame.obj is not None and not frame.obj.is_person and frame.verb in verbs("strike")
        subject = None if self._chance(drop) else self.actors.subject()
        return self.clauses.say(frame, subject, self._shape(first or is_ambiguous), self._extras())

    def plain_clause(self) -> Phrase:
        """A sentence like `Rusia a livrat marți Iranului rachete`."""
        if not self._chance(0.25):
            return self.clause()
        phrase = self.clause(self._chance(0.5), drop=0.0)
        if self._chance(0.9):
            opening = self.things.somewhere() if self._chance(0.3) else self.things.time()
            phrase = phrase.before(opening.after(punctuation(",")) if self._chance(0.5) else opening)
        return phrase

    def _reporting(self, subject_first: bool = False) -> Phrase:
        verb = self.rng.choice(verbs("say"))
        mode = "perfect" if self._chance(0.75) else "present"
        frame = Frame(verb, obliques=self._source() if self._chance(0.12) else ())
        return self.clauses.say(frame, self.actors.any(), Shape(mode, subject_first), self._extras(0.45))

    def _source(self) -> tuple[Phrase, ...]:
        agency = Phrase(
            Word(self.rng.choice(("TASS", "Reuters", "CNN", "AFP")), "TASS", "PROPN", "_", "B-ORG")
        )
        agency = replace(agency, word=replace(agency.word, lemma=agency.word.form))
        return (agency.under("obl", preposition("pentru")),)

    def quoted(self) -> Phrase:
        """A quotation, then who said it: `„…”, a declarat marți ministrul rus`."""
        opening, closing = self.rng.choice(QUOTES)
        said = self.clause()
        said = said.before(punctuation(opening)).after(punctuation(closing))
        report = self._reporting().under("parataxis")
        return said.after(report.before(punctuation(",")))

    def reported(self) -> Phrase:
        """A clause, then who announces it, or who is quoted by whom."""
        said = self.clause(True)
        report = self._reporting().under("parataxis")
        return said.after(report.before(punctuation(",")))

    def _that(self, phrase: Phrase) -> Phrase:
        return phrase.under("ccomp", plain("că", "mark"))

    def said_that(self) -> Phrase:
        """A sentence like `Lavrov a declarat că …`, `a spus premierul că …`."""
        frame = Frame(self.rng.choice(verbs("say")), clause=self._that(self.clause(drop=0.2)))
        mode = "perfect" if self._chance(0.75) else "present"
        return self.clauses.say(frame, self.actors.any(), Shape(mode, self._chance(0.85)), self._extras())

    def according(self) -> Phrase:
        """A sentence like `Potrivit TASS, …` or `…, potrivit președintelui rus`."""
        form = self.rng.choice(("potrivit", "potrivit", "conform"))
        source = self.actors.any().oblique.under("obl", preposition(form))
        phrase = self.clause()
        if self._chance(0.6):
            return phrase.before(source.after(punctuation(",")))
        return phrase.after(source.before(punctuation(",")))

    def _subjunctive(self, subject: Nominal | None = None) -> Phrase:
        shape = Shape("subjunctive", False, self._chance(0.1))
        return self.clauses.say(self.frames.frame(), subject, shape, self._extras(0.2))

    def planned(self) -> Phrase:
        """A sentence like `Phenianul a decis să trimită o mie de geniști în Rusia`."""
        clause = self._subjunctive().under("ccomp")
        if self._chance(0.1):
            clause = self.clauses.passive("subjunctive", False).under("ccomp")
        frame = Frame(self.rng.choice([*verbs("plan"), WANT]), clause=clause)
        mode = "perfect" if self._chance(0.7) else "present"
        return self.clauses.say(
            frame, self.actors.subject(), Shape(mode, self._chance(0.85), self._chance(0.06))
        )

    def asked(self) -> Phrase:
        """A sentence like `Parisul a cerut Iranului să reia negocierile`."""
        frame = Frame(
            self.rng.choice(verbs("ask")), iobj=self.actors.any(), clause=self._subjunctive().under("ccomp")
        )
        mode = "perfect" if self._chance(0.7) else "present"
        return self.clauses.say(
            frame, self.actors.subject(), Shape(mode, self._chance(0.85)), self._extras(0.2)
        )

    def passive(self) -> Phrase:
        """A sentence like `Sancțiunile au fost impuse Iranului de UE`."""
        mode = self.rng.choice(("perfect", "perfect", "present", "future", "conditional"))
        phrase = self.clauses.passive(mode, self._chance(0.7))
        return phrase.after(*self._extras(0.3))

    def impersonal(self) -> Phrase:
        """A sentence like `S-a semnat un acord`."""
        return self.clauses.reflexive_passive().after(*self._extras())

    def fronted(self) -> Phrase:
        """A sentence like `Împotriva Venezuelei, SUA a anunțat un embargo`, `Iranului UE i-a impus taxe`."""
        kind = self.rng.random()
        if kind < 0.6:
            form = self.rng.choice(("împotriva", "împreună cu", "alături de", "din cauza", "în ciuda"))
            actor = (
                self.actors.any()
                if form in ("împotriva", "împreună cu", "alături de")
                else self.things.deed()
            )
            phrase = actor.in_case(form in ("împotriva", "din cauza", "în ciuda")).under(
                "obl", preposition(form)
            )
            return self.clause(drop=0.0).before(
                phrase.after(punctuation(",")) if self._chance(0.7) else phrase
            )
        frame = self.rng.choice((self.frames.give, self.frames.tell))()
        if frame.iobj is None:
            raise AssertionError("a frame of giving has an indirect object")
        receiver = frame.iobj.oblique.under("iobj")
        clause = self.clauses.say(frame, self.actors.any(), Shape("perfect", self._chance(0.5)))
        rest = tuple(child for child in clause.right if child.rel != "iobj")
        return replace(clause, right=rest).before(receiver)

    def with_relative(self) -> Phrase:
        """A subject or an object with a relative clause."""
        frame = self.frames.frame()
        if frame.obj is not None and self._chance(0.5):
            frame = replace(frame, obj=self.clauses.relative(frame.obj, self._chance(0.35)))
            return self.clauses.say(frame, self.actors.subject(), self._shape())
        subject = self.clauses.relative(self.actors.any(), self._chance(0.8))
        return self.clauses.say(frame, subject, self._shape())

    def with_gerund(self) -> Phrase:
        """A sentence like `…, acuzând Rusia de crime`."""
        gerund = self.clauses.say(self.frames.frame(), None, Shape("gerund")).under("advcl")
        gerund = self._without_clitics(gerund)
        return self.clause(drop=0.0).after(gerund.before(punctuation(",")))

    def _without_clitics(self, gerund: Phrase) -> Phrase:
        if gerund.word.lemma in {verb.infinitive for verb in verbs("meet_reflexive")}:
            feats = "Case=Acc|Person=3|PronType=Prs|Reflex=Yes|Strength=Weak"
            itself = Phrase(Word("-se", "sine", "PRON", feats + "|Variant=Short"), "expl:pv")
            word = replace(gerund.word, form=gerund.word.form + "u")
            return replace(gerund, word=word, right=(itself, *gerund.right))
        return gerund

    def with_adverbial(self) -> Phrase:
        """A sentence like `După ce a atacat Siria, Israelul …`, `… dacă X ar ataca Y`."""
        form = self.rng.choice(
            ("după ce", "după ce", "dacă", "deși", "deoarece", "în timp ce", "pentru că", "când")
        )
        adverbial = self.clause(drop=0.4)
        mark = plain(form, "advmod") if form == "când" else conjunction(form, "mark")
        adverbial = adverbial.under("advcl", mark)
        main = self.clause(drop=0.05)
        if self._chance(0.5):
            return main.before(adverbial.after(punctuation(",")))
        return main.after(adverbial.before(punctuation(",")) if self._chance(0.4) else adverbial)

    def with_participle(self) -> Phrase:
        """A clause about `sprijinul acordat României de autoritățile britanice`."""
        thing = self.clauses.participle()
        if self._chance(0.5):
            return self.clauses.say(
                Frame(self.rng.choice(verbs("judge")), obj=thing), self.actors.any(), self._shape()
            )
        frame = Frame(self.rng.choice(verbs("strike")[:3]), obj=self.things.deed())
        return self.clauses.say(frame, thing, self._shape())

    def coordinated(self) -> Phrase:
        """Two predicates or two clauses."""
        first = self.clause(drop=0.0)
        kind = self.rng.random()
        if kind < 0.5:
            second = self.clauses.say(self.frames.frame(), None, self._shape()).under(
                "conj", plain("și", "cc")
            )
        else:
            link = self.rng.choice(("iar", "dar"))
            second = self.clause(drop=0.0).under("conj", punctuation(","), plain(link, "cc"))
        return first.after(second)

    def modal(self) -> Phrase:
        """A sentence like `Rusia urmează să trimită …`, `ONU poate aproba …`."""
        subject = self.actors.subject()
        if self._chance(0.5):
            frame = Frame(FOLLOW, clause=self._subjunctive().under("ccomp"))
            return self.clauses.say(frame, subject, Shape("present"))
        complement = self.clauses.say(self.frames.frame(), None, Shape("bare")).under("ccomp")
        mode = self.rng.choice(("present", "conditional", "future"))
        return self.clauses.say(Frame(CAN, clause=complement), subject, Shape(mode, True, self._chance(0.15)))

    def about_event(self) -> Phrase:
        """A sentence like `Vizita premierului indian la Tokyo a fost amânată`."""
        event = self.things.event_between()
        verb = self.rng.choice(verbs("hold"))
        been = Phrase(Word("fost", "fi", "AUX", "Gender=Masc|Number=Sing|VerbForm=Part"), "aux:pass")
        left = (event.direct.under("nsubj:pass"), auxiliary("a", event.is_plural), been)
        return Phrase(verb.be_participle(event.gender, event.is_plural), left=left, right=self._extras(0.6))

    def copular(self) -> Phrase:
        """A sentence like `Rusia este un aliat important al Iranului`."""
        subject = self.actors.state()
        noun = self.rng.choice(
            (
                Noun("aliat", "m", "aliați"),
                Noun("partener", "m", "parteneri"),
                Noun("adversar", "m", "adversari"),
            )
        )
        form = "sunt" if subject.is_plural else "este"
        feats = f"Mood=Ind|Number={'Plur' if subject.is_plural else 'Sing'}|Person=3|Tense=Pres|VerbForm=Fin"
        copula = Phrase(Word(form, "fi", "AUX", feats), "cop")
        owner = Phrase(Word("al", "al", "DET", "Gender=Masc|Number=Sing|Poss=Yes|PronType=Prs"), "det")
        kind = Phrase(self.actors.kind().inflect("m", False), "amod")
        other = self.actors.state().oblique.under("nmod", owner)
        predicate = Phrase(noun.inflect(False, False), right=(kind, other))
        return predicate.before(subject.direct.under("nsubj"), copula, plain("un", "det"))

    def purpose(self) -> Phrase:
        """A sentence like `… pentru a sprijini Ucraina`."""
        frame = self.rng.choice((self.frames.judge, self.frames.hold, self.frames.sign))()
        aim = self.clauses.say(replace(frame, obliques=()), None, Shape("infinitive"))
        marker = Phrase(Word("pentru", "pentru", "ADP", "AdpType=Prep|Case=Acc"), "mark")
        return self.clause(drop=0.0).after(aim.under("advcl", marker))
