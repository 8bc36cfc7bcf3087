"""What a name resolves to, and why: the answer of `kg actors NAME`."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.actors.finder import LANGUAGES, Found, finder, fold
from kg.actors.table import ActorTable, FormKind, Office, load_actors
from kg.model import Actor

__all__ = ["Resolution", "describe", "read_offices", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """One actor that a name may mean, by which kind of form, how sure (0 to 1), and why."""

    actor: Actor
    form: FormKind
    confidence: float
    reason: str


def resolve(name: str, day: date | None = None, language: str | None = None) -> tuple[Resolution, ...]:
    """The actors that `name` may mean on `day`, the likeliest first; empty where it names none.

    `name` is any form of a name ("Phenianului", "Bush") or an office with its state ("președintele
    rus"). Without a day, an office is the one held now. Without a language all are tried.

    >>> [found.actor.id for found in resolve("Bush", date(1990, 8, 2))]
    ['george-h-w-bush', 'george-w-bush']
    >>> [(found.actor.id, found.reason) for found in resolve("the Russian president", date(2010, 1, 1))]
    [('dmitry-medvedev', 'office at that date: state of RUS')]
    """
    table = load_actors()
    found: dict[str, Resolution] = {}
    for code in [language] if language else sorted(table.languages):
        for resolution in _resolutions(name, day, code, table):
            found.setdefault(resolution.actor.id, resolution)
    return tuple(sorted(found.values(), key=lambda resolution: -resolution.confidence))


def describe(actors: Sequence[Actor] | None = None) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of `kg actors --list`: id, kind, code acted for, and the label in each language, joined."""
    for actor in load_actors().actors.values() if actors is None else actors:
        labels = " / ".join(dict.fromkeys(label for _, label in actor.labels))
        yield actor.id, str(actor.kind), actor.state or "", actor.label("en"), labels


def _resolutions(name: str, day: date | None, language: str, table: ActorTable) -> Iterator[Resolution]:
    text = " ".join(name.split())
    found = list(finder(table, language).find(text))
    whole = next((item for item in found if (item.start, item.end) == (0, len(text))), None)
    if whole is not None:
        yield from _forms(whole, day, table)
    offices = read_offices(text, language)
    for item in found:
        for form in item.forms:
            for office in offices:
                for person in table.holders(form.actor, office, day):
                    reason = f"office {'at that date' if day else 'now'}: {office} of {form.actor}"
                    yield Resolution(person, FormKind.PERSON, 0.9, reason)


def _forms(found: Found, day: date | None, table: ActorTable) -> Iterator[Resolution]:
    several = len({form.actor for form in found.forms}) > 1
    for form in found.forms:
        case = ", inflected form" if form.case == "gen" else ""
        reason = f"{'exact ' if found.exact else ''}{form.kind}{case}"
        if form.kind is not FormKind.PERSON:
            yield Resolution(table.actor(form.actor), form.kind, 0.5 if several else 1.0, reason)
            continue
        person = table.acting(form.actor, day)
        held = [tenure for tenure in table.by_person.get(form.actor, ()) if tenure.holds(day)]
        if held and several:
            reason = (
                f"{reason}, office {'at that date' if day else 'now'}: {held[0].office} of {held[0].actor}"
            )
        confidence = 1.0 if not form.partial else 0.9 if held or not several else 0.4
        yield Resolution(person, form.kind, confidence, reason)


@cache
def _office_words(language: str) -> tuple[tuple[str, Office], ...]:
    path = LANGUAGES / language / "actors" / "context.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")).get("office", {}) if path.is_file() else {}
    pairs = [(fold(word), Office(office)) for office, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def read_offices(text: str, language: str) -> tuple[Office, ...]:
    """The offices that the words of `text` mean: those of the longest word that it holds.

    >>> read_offices("the Russian foreign minister", "en")
    (<Office.FOREIGN: 'foreign'>,)
    """
    folded = f" {fold(text)} "
    words = _office_words(language)
    longest = next((word for word, _ in words if f" {word} " in folded), None)
    return tuple(office for word, office in words if word == longest)
