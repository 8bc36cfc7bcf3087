"""Frames: verbs of the news with their objects and obliques, subjects apart."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.grammar.actors import Actors
from training.grammar.inflection import Verb, verbs
from training.grammar.phrases import Phrase, Word
from training.grammar.proper import Nominal
from training.grammar.things import Things
from training.grammar.words import plain, preposition


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with everything but its subject: direct object, indirect object, obliques, a clause."""

    verb: Verb
    obj: Nominal | None = None
    iobj: Nominal | None = None
    obliques: tuple[Phrase, ...] = ()
    clause: Phrase | None = None
    is_reflexive: bool = False


class Frames:
    """A source of frames."""

    def __init__(self, rng: random.Random, actors: Actors, things: Things) -> None:
        self.rng = rng
        self.actors = actors
        self.things = things

    def frame(self) -> Frame:
        """Any frame that takes no clause."""
        frames = (
            self.strike,
            self.give,
            self.tell,
            self.burden,
            self.sign,
            self.hold,
            self.judge,
            self.meet,
            self.go,
            self.send,
            self.receive,
        )
        return self.rng.choices(frames, weights=(22, 14, 8, 9, 10, 10, 7, 9, 5, 9, 6))[0]()

    def _verb(self, group: str) -> Verb:
        return self.rng.choice(verbs(group))

    def strike(self) -> Frame:
        """One actor does something to another: "a criticat Iranul", "l-a invitat pe Macron"."""
        verb = self._verb("strike")
        target = self.actors.subject() if self.rng.random() < 0.3 else self.actors.any()
        obliques: tuple[Phrase, ...] = ()
        if verb.infinitive in ("acuza", "suspecta"):
            crime = self.things.indefinite("crimes").direct
            obliques = (crime.under("obl:pmod", preposition("de")),)
        elif verb.infinitive in ("critica", "condamna", "felicita") and self.rng.random() < 0.4:
            deed = self.things.definite(
                "acts", self.actors.any().oblique if self.rng.random() < 0.3 else None
            )
            obliques = (deed.direct.under("obl", preposition("pentru")),)
        elif verb.infinitive in ("amenința", "ajuta", "sprijini") and self.rng.random() < 0.5:
            means = self.things.indefinite(self.rng.choice(("measures", "things", "masses"))).direct
            obliques = (means.under("obl", preposition("cu")),)
        elif verb.infinitive in ("invita", "primi", "convoca") and self.rng.random() < 0.5:
            obliques = (self.things.somewhere(),)
        return Frame(verb, obj=target, obliques=obliques)

    def give(self) -> Frame:
        """Something is given to somebody: "oferă Rusiei asistență militară"."""
        gift = self.things.indefinite(self.rng.choice(("things", "masses", "masses", "things", "personnel")))
        if not gift.is_plural and self.rng.random() < 0.2:
            money = self.things.money()
            gift = replace(gift, direct=gift.direct.after(money), oblique=gift.oblique.after(money))
        return Frame(self._verb("give"), obj=gift, iobj=self.actors.any())

    def tell(self) -> Frame:
        """A message goes to somebody: "i-a transmis lui Kim un mesaj"."""
        return Frame(self._verb("tell"), obj=self.things.indefinite("messages"), iobj=self.actors.any())

    def burden(self) -> Frame:
        """A measure is laid on somebody: "a impus Iranului sancțiuni", "… împotriva Rusiei"."""
        measure = self.things.indefinite("measures")
        verb, target = self._verb("burden"), self.actors.any()
        if verb.infinitive in ("impune", "aplica") and self.rng.random() < 0.6:
            return Frame(verb, obj=measure, iobj=target)
        against = target.oblique.under(
            "obl", preposition(self.rng.choice(("împotriva", "împotriva", "asupra")))
        )
        if self.rng.random() < 0.5:
            against = against.under("nmod")
            measure = replace(
                measure, direct=measure.direct.after(against), oblique=measure.oblique.after(against)
            )
            return Frame(verb, obj=measure)
        return Frame(verb, obj=measure, obliques=(against,))

    def sign(self) -> Frame:
        """A paper is signed, alone or with somebody."""
        paper = (
            self.things.indefinite("papers") if self.rng.random() < 0.6 else self.things.definite("papers")
        )
        if self.rng.random() < 0.6:
            partner = self.actors.any().direct.under("nmod", preposition("cu"))
            paper = replace(paper, direct=paper.direct.after(partner), oblique=paper.oblique.after(partner))
        return Frame(self._verb("sign"), obj=paper)

    def hold(self) -> Frame:
        """An event is organised, begun, put off."""
        event = self.things.event_between() if self.rng.random() < 0.4 else self.things.indefinite("events")
        obliques = (self.things.somewhere(),) if self.rng.random() < 0.3 else ()
        return Frame(self._verb("hold"), obj=event, obliques=obliques)

    def judge(self) -> Frame:
        """A deed is praised or blamed."""
        return Frame(self._verb("judge"), obj=self.things.deed())

    def meet(self) -> Frame:
        """A verb that governs a preposition or the dative: "s-a întâlnit cu Modi", "se opune Chinei"."""
        is_reflexive = self.rng.random() < 0.55
        verb = self._verb("meet_reflexive" if is_reflexive else "meet")
        other = self.actors.any()
        if verb.governs == "DAT":
            return Frame(verb, iobj=other, is_reflexive=is_reflexive)
        relation = preposition(verb.governs.replace("_", " "))
        governed = self.actors.place() if verb.governs == "din" else other.direct
        return Frame(verb, obliques=(governed.under("obl:pmod", relation),), is_reflexive=is_reflexive)

    def go(self) -> Frame:
        """Somebody goes somewhere."""
        verb = self._verb("go")
        return Frame(verb, obliques=(self.actors.place().under("obl", preposition(verb.governs)),))

    def send(self) -> Frame:
        """People or goods go to a place: "a trimis o mie de geniști în Rusia"."""
        group = self.rng.choice(("personnel", "personnel", "things"))
        goal = self.actors.place().under(
            "obl", preposition(self.rng.choice(("în", "în", "la", "către", "din")))
        )
        sent = self.things.indefinite(group)
        if self.rng.random() < 0.3:
            more = self.things.indefinite(group)
            link = self.rng.choice(("și", "precum și"))
            joined = more.direct.under("conj", plain("și", "cc"))
            if link == "precum și":
                joined = more.direct.under("conj", *self._as_well())
            sent = replace(sent, direct=sent.direct.after(joined), is_plural=True)
        verb = self.rng.choice([verb for verb in verbs("give") if verb.infinitive in ("trimite", "livra")])
        return Frame(verb, obj=sent, obliques=(goal,))

    def _as_well(self) -> tuple[Phrase, Phrase]:
        comma = Phrase(Word(",", ",", "PUNCT"), "punct")
        return comma, Phrase(
            Word("precum", "precum", "ADV", "PronType=Int,Rel"), "cc", right=(plain("și", "fixed"),)
        )

    def receive(self) -> Frame:
        """Something comes from somebody: "a primit de la Iran rachete", "a cumpărat drone din Turcia"."""
        goods = self.things.indefinite(self.rng.choice(("things", "masses", "messages")))
        verb = next(verb for verb in verbs("strike") if verb.infinitive == "primi")
        kind = self.rng.random()
        if kind < 0.35:
            source = self.actors.place().under("obl", preposition("din"))
        elif kind < 0.75:
            source = self.actors.any().direct.under("obl", preposition("de la"))
        else:
            source = self.actors.any().oblique.under("obl", preposition("din partea"))
        return Frame(verb, obj=goods, obliques=(source,))
