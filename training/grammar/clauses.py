"""Clauses: verbs with their arguments, in every mood, voice and order that the news use."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.grammar.actors import Actors
from training.grammar.frames import Frame, Frames
from training.grammar.phrases import Phrase, Word
from training.grammar.proper import Nominal
from training.grammar.things import Things
from training.grammar.words import accusative_clitic, auxiliary, dative_clitic, plain, preposition

FINITE = ("perfect", "perfect", "perfect", "present", "future", "conditional")
MODES = {"future": "va", "conditional": "ar"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a clause is said: mood, place of the subject, negation, the subject's relation."""

    mode: str = "perfect"
    subject_first: bool = True
    negated: bool = False
    clitics: tuple[Phrase, ...] = ()
    subject_rel: str = "nsubj"


class Clauses:
    """A source of clauses; a clause is a phrase whose head is the verb."""

    def __init__(self, rng: random.Random, actors: Actors, things: Things, frames: Frames) -> None:
        self.rng = rng
        self.actors = actors
        self.things = things
        self.frames = frames

    def say(
        self, frame: Frame, subject: Nominal | None, shape: Shape, extras: tuple[Phrase, ...] = ()
    ) -> Phrase:
        """The clause: its verb with all that the frame, the subject and the shape call for."""
        is_plural = subject.is_plural if subject is not None else self.rng.random() < 0.3
        before, verb, after = self._predicate(frame, shape, is_plural)
        complements = self._complements(frame)
        for extra in extras:
            complements.insert(self.rng.randint(0, min(1, len(complements))), extra)
        left, right = list(before), [*after, *complements]
        if subject is not None:
            phrase = subject.direct.under(shape.subject_rel)
            if shape.subject_first:
                left.insert(0, phrase)
            else:
                right.insert(len(after) + (self.rng.random() < 0.2 and bool(extras)), phrase)
        if frame.clause is not None:
            right.append(frame.clause)
        return Phrase(verb, left=tuple(left), right=tuple(right))

    def _predicate(
        self, frame: Frame, shape: Shape, is_plural: bool
    ) -> tuple[list[Phrase], Word, list[Phrase]]:
        """The words before the verb, the verb, and a clitic after it."""
        mode, verb = shape.mode, frame.verb
        short = mode in ("perfect", "conditional")
        before: list[Phrase] = []
        if mode == "subjunctive":
            before.append(plain("să", "mark"))
        elif mode == "infinitive":
            before.append(plain("a", "mark"))
        if shape.negated and mode != "gerund":
            before.append(plain("nu", "advmod"))
        clitics, after = self._clitics(frame, mode, short)
        before += [*shape.clitics, *clitics]
        if mode == "perfect":
            before.append(auxiliary("a", is_plural))
        elif mode in MODES:
            before.append(auxiliary(MODES[mode], is_plural))
        words = {
            "perfect": verb.be_participle,
            "present": lambda: verb.be_present(is_plural),
            "subjunctive": verb.be_subjunctive,
            "gerund": verb.be_gerund,
        }
        return before, words.get(mode, verb.be_infinitive)(), after

    def _clitics(self, frame: Frame, mode: str, short: bool) -> tuple[list[Phrase], list[Phrase]]:
        """The weak pronouns: reflexive, or doubling an object; before the verb and after it."""
        if mode == "gerund":
            return [], []
        if frame.is_reflexive:
            return [plain("s-" if short else "se", "expl:pv")], []
        before: list[Phrase] = []
        after: list[Phrase] = []
        if frame.iobj is not None and self.rng.random() < (0.7 if frame.iobj.is_person else 0.3):
            before.append(dative_clitic(frame.iobj.is_plural, short, "expl"))
        elif frame.obj is not None and frame.obj.is_person and self.rng.random() < 0.85:
            clitic = accusative_clitic(frame.obj.gender, frame.obj.is_plural, short, "expl")
            (after if clitic.word.form == "-o" else before).append(clitic)
        return before, after

    def _complements(self, frame: Frame) -> list[Phrase]:
        """The objects and obliques in an order that Romanian allows."""
        placed: list[Phrase] = []
        if frame.obj is not None:
            marker = (preposition("pe"),) if frame.obj.is_person else ()
            placed.append(frame.obj.direct.under("obj", *marker))
        if frame.iobj is not None:
            placed.insert(self.rng.randint(0, len(placed)), frame.iobj.oblique.under("iobj"))
        if self.rng.random() < 0.85:
            return [*placed, *frame.obliques]
        return [*frame.obliques, *placed]

    def passive(self, shape_mode: str = "perfect", subject_first: bool = True) -> Phrase:
        """A passive with `fi`: `Siria a fost atacată de Israel`, agent or not."""
        frame = self.rng.choice(
            (
                self.frames.strike,
                self.frames.give,
                self.frames.sign,
                self.frames.hold,
                self.frames.burden,
                self.frames.send,
            )
        )()
        patient = frame.obj or self.actors.state()
        if patient.is_person and self.rng.random() < 0.5:
            patient = self.actors.state()
        before, after = self._passive_auxiliaries(shape_mode, patient.is_plural)
        right = list(self._complements(replace(frame, obj=None)))
        if self.rng.random() < 0.65:
            agent = self.actors.any().direct.under(
                "obl:agent", preposition(self.rng.choice(("de", "de", "de către")))
            )
            right.insert(self.rng.randint(0, len(right)), agent)
        subject = patient.direct.under("nsubj:pass")
        left = [*before]
        if subject_first:
            left.insert(0, subject)
        else:
            right.insert(0, subject)
        verb = frame.verb.be_participle(patient.gender, patient.is_plural)
        return Phrase(verb, left=tuple(left), right=(*after, *right))

    def _passive_auxiliaries(self, mode: str, is_plural: bool) -> tuple[list[Phrase], list[Phrase]]:
        been = Phrase(Word("fost", "fi", "AUX", "Gender=Masc|Number=Sing|VerbForm=Part"), "aux:pass")
        be = Phrase(Word("fi", "fi", "AUX", "Tense=Pres|VerbForm=Inf"), "aux:pass")
        negation = [plain("nu", "advmod")] if self.rng.random() < 0.1 else []
        if mode == "perfect":
            return [*negation, auxiliary("a", is_plural), been], []
        if mode == "present":
            form = "sunt" if is_plural else "este"
            feats = f"Mood=Ind|Number={'Plur' if is_plural else 'Sing'}|Person=3|Tense=Pres|VerbForm=Fin"
            return [*negation, Phrase(Word(form, "fi", "AUX", feats), "aux:pass")], []
        if mode == "subjunctive":
            may = Phrase(Word("fie", "fi", "AUX", "Mood=Sub|Person=3|Tense=Pres|VerbForm=Fin"), "aux:pass")
            return [plain("să", "mark"), *negation, may], []
        return [*negation, auxiliary(MODES[mode], is_plural), be], []

    def reflexive_passive(self) -> Phrase:
        """A passive with `se`: `s-a semnat un acord`."""
        frame = self.rng.choice((self.frames.sign, self.frames.hold))()
        if frame.obj is None:
            raise AssertionError("a frame of signing or holding has an object")
        mode = self.rng.choice(("perfect", "present"))
        before: list[Phrase] = [plain("s-" if mode == "perfect" else "se", "expl:pass")]
        if mode == "perfect":
            before.append(auxiliary("a", frame.obj.is_plural))
            verb = frame.verb.be_participle()
        else:
            verb = frame.verb.be_present(frame.obj.is_plural)
        subject = frame.obj.direct.under("nsubj:pass")
        if self.rng.random() < 0.3:
            return Phrase(verb, left=(subject, *before), right=frame.obliques)
        return Phrase(verb, left=tuple(before), right=(subject, *frame.obliques))

    def participle(self) -> Nominal:
        """A phrase like `sprijinul acordat României de Londra`, `exercițiul organizat de NATO`."""
        frame = self.rng.choice((self.frames.give, self.frames.hold, self.frames.sign, self.frames.burden))()
        noun = self.things.definite(
            "events" if frame.iobj is None else self.rng.choice(("masses", "measures"))
        )
        right = []
        if frame.iobj is not None:
            right.append(frame.iobj.oblique.under("iobj"))
        agent = self.actors.any().direct.under(
            "obl:agent", preposition(self.rng.choice(("de", "de", "de către")))
        )
        right.append(agent)
        if self.rng.random() < 0.2:
            right.append(self.things.time())
        verb = Phrase(frame.verb.be_participle(noun.gender, noun.is_plural), "acl", right=tuple(right))
        return replace(noun, direct=noun.direct.after(verb), oblique=noun.oblique.after(verb))

    def relative(self, of: Nominal, with_commas: bool) -> Nominal:
        """The nominal with a relative clause: `care a vizitat Parisul`, `pe care Rusia l-a criticat`."""
        if self.rng.random() < 0.6:
            frame = self.frames.frame()
            who = Nominal(plain("care", "nsubj"), plain("care", "nsubj"), of.gender, of.is_plural)
            shape = Shape(self.rng.choice(FINITE), True, self.rng.random() < 0.08)
            clause = self.say(frame, who, shape, self._perhaps_time(0.25))
        else:
            frame, mode = self.frames.strike(), self.rng.choice(("perfect", "present", "conditional"))
            clitic = accusative_clitic(of.gender, of.is_plural, mode != "present", "expl")
            subject = self.actors.any()
            last = clitic.word.form == "-o"
            shape = Shape(mode, True, clitics=() if last else (clitic,))
            clause = self.say(replace(frame, obj=None), subject, shape)
            if last:
                clause = replace(clause, right=(clitic, *clause.right))
            clause = clause.before(plain("care", "obj").before(preposition("pe")))
        clause = clause.under("acl")
        if with_commas:
            comma = Phrase(Word(",", ",", "PUNCT"), "punct")
            clause = clause.before(comma).after(comma)
        return replace(of, direct=of.direct.after(clause), oblique=of.oblique.after(clause))

    def _perhaps_time(self, share: float) -> tuple[Phrase, ...]:
        return (self.things.time(),) if self.rng.random() < share else ()
