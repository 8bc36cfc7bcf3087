"""The actors that the project knows, and every form in which a language names them."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from kg.errors import KGError
from kg.model import Actor, ActorKind

__all__ = [
    "ActorTable",
    "Case",
    "Form",
    "FormKind",
    "Membership",
    "Office",
    "Tenure",
    "family_first",
    "load_actors",
    "read_actors",
    "read_table",
]

TABLES = Path(__file__).parent / "tables"
Case = Literal["nom", "gen"]


class FormKind(StrEnum):
    """By which kind of word an actor is named."""

    NAME = "name"
    ADJECTIVE = "adjective"
    INHABITANT = "inhabitant"
    CAPITAL = "capital"
    CITY = "city"
    SEAT = "seat"
    ORGANISATION = "organisation"
    GROUP = "group"
    PERSON = "person"
    MEDIUM = "medium"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of an actor's name; `case` is `None` where it doesn't show.

    Romanian has two: `nom` is nominative-accusative, `gen` genitive-dative. A text ending in a hyphen
    is the first part of a compound ("ruso-"). `partial` is a name that needs company: a surname.
    """

    text: str
    actor: str
    kind: FormKind
    case: Case | None = None
    partial: bool = False


class Office(StrEnum):
    """What a person is for a state or an organisation."""

    STATE = "state"
    GOVERNMENT = "government"
    FOREIGN = "foreign"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office; half-open days, `None` where unknown or not over.

    A month without a day counts whole, so that in it two may hold the office.
    """

    actor: str
    office: Office
    person: str
    begin: date | None
    end: date | None

    def holds(self, day: date | None) -> bool:
        """Whether the office is held on `day`; for `None`, whether it is held still."""
        return _within(self.begin, self.end, day)


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time in an organisation; half-open days, `None` where unknown or not over."""

    organisation: str
    member: str
    begin: date | None
    end: date | None

    def holds(self, day: date | None) -> bool:
        """Whether the state is a member on `day`; for `None`, whether it is one still."""
        return _within(self.begin, self.end, day)


@dataclass(frozen=True, slots=True, eq=False)
class ActorTable:
    """The actors by id, the forms of each language, who held which office, and who is a member of what."""

    actors: Mapping[str, Actor]
    languages: Mapping[str, tuple[Form, ...]]
    tenures: tuple[Tenure, ...] = ()
    memberships: tuple[Membership, ...] = ()
    by_person: Mapping[str, tuple[Tenure, ...]] = field(default_factory=dict)

    def actor(self, identifier: str) -> Actor:
        """The actor with this id.

        Raises: KGError where there is none.

        >>> load_actors().actor("PRK").label("ro")
        'Coreea de Nord'
        """
        try:
            return self.actors[identifier]
        except KeyError:
            raise KGError(f"no actor {identifier!r}; `kg actors --list` shows all") from None

    def forms(self, language: str) -> tuple[Form, ...]:
        """Every form in which `language` names an actor; empty for a language without forms."""
        return self.languages.get(language, ())

    def holders(self, actor: str, office: Office, day: date | None = None) -> tuple[Actor, ...]:
        """Who holds an office of a state or organisation on `day`, or now; the latest to begin first.

        >>> [person.id for person in load_actors().holders("RUS", Office.STATE, date(2009, 5, 1))]
        ['dmitry-medvedev']
        """
        found = [
            tenure
            for tenure in self.tenures
            if tenure.actor == actor and tenure.office is office and tenure.holds(day)
        ]
        found.sort(key=lambda tenure: tenure.begin or date.min, reverse=True)
        return tuple(self.actors[person] for person in dict.fromkeys(tenure.person for tenure in found))

    def members(self, organisation: str, day: date | None = None) -> tuple[str, ...]:
        """The codes of the members of an organisation on `day`, or now, sorted.

        >>> "FIN" in load_actors().members("NATO"), "FIN" in load_actors().members("NATO", date(2020, 1, 1))
        (True, False)
        """
        found = (entry for entry in self.memberships if entry.organisation == organisation)
        return tuple(sorted(entry.member for entry in found if entry.holds(day)))

    def acting(self, person: str, day: date | None) -> Actor:
        """The person with the state that they acted for on `day`: their own where no office says otherwise.

        >>> load_actors().acting("antonio-guterres", date(2001, 1, 1)).state
        'PRT'
        """
        actor = self.actor(person)
        held = [
            self.actor(tenure.actor).state for tenure in self.by_person.get(person, ()) if tenure.holds(day)
        ]
        if day is None or not held or actor.state in held:
            return actor
        return replace(actor, state=held[0])


@cache
def load_actors() -> ActorTable:
    """The table of actors that is shipped with the package.

    >>> load_actors().actor("sergei-shoigu").state
    'RUS'
    """
    actors = {actor.id: actor for actor in read_actors(TABLES / "actors.tsv")}
    kinds = {str(kind): kind for kind in FormKind}
    cases: dict[str, Case | None] = {"nom": "nom", "gen": "gen", "": None}
    languages = {
        path.name.split(".")[1]: tuple(
            Form(text, actor, kinds[kind], cases[case], partial == "1")
            for text, actor, kind, case, partial in read_table(path)
        )
        for path in sorted(TABLES.glob("forms.*.tsv"))
    }
    tenures = tuple(
        Tenure(actor, Office(office), person, _day(begin), _day(end, after=True))
        for actor, office, person, begin, end in read_table(TABLES / "offices.tsv")
    )
    memberships = tuple(
        Membership(organisation, member, _day(begin), _day(end, after=True))
        for organisation, member, begin, end in read_table(TABLES / "members.tsv")
    )
    by_person: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        by_person[tenure.person].append(tenure)
    held = {person: tuple(entries) for person, entries in by_person.items()}
    return ActorTable(actors, languages, tenures, memberships, held)


@cache
def family_first() -> frozenset[str]:
    """The states where people's family names stand first.

    >>> "PRK" in family_first()
    True
    """
    return frozenset(state for (state,) in read_table(TABLES.parent / "family_first.tsv"))


def read_actors(path: Path) -> tuple[Actor, ...]:
    """The actors of a table, in its order."""
    return tuple(
        Actor(identifier, ActorKind(kind), _labels(labels), state or None)
        for identifier, kind, state, *labels in read_table(path)
    )


def read_table(path: Path) -> Iterator[list[str]]:
    """The rows of a tab-separated file, without the lines that open with `#`."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _day(text: str, *, after: bool = False) -> date | None:
    """The first day of "2001" or "2001-04", or that day; with `after`, the first behind a year or month."""
    if not text:
        return None
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if after and not month:
        return date(year + 1, 1, 1)
    if after and not day:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month or 1, day or 1)


def _within(begin: date | None, end: date | None, day: date | None) -> bool:
    if day is None:
        return end is None
    return (begin is None or begin <= day) and (end is None or day < end)


def _labels(cells: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = (cell.split("=", 1) for cell in cells if cell)
    return tuple((language, label) for language, label in pairs)
