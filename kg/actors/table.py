"""The actors that the project knows, and every form in which a language names them."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from kg.errors import KGError
from kg.model import Actor, ActorKind

__all__ = ["ActorTable", "Case", "Form", "FormKind", "family_first", "load_actors", "read_table"]

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


@dataclass(frozen=True, slots=True, eq=False)
class ActorTable:
    """The actors by id, and the forms of each language."""

    actors: Mapping[str, Actor]
    languages: Mapping[str, tuple[Form, ...]]

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


@cache
def load_actors() -> ActorTable:
    """The table of actors that is shipped with the package.

    >>> load_actors().actor("sergei-shoigu").state
    'RUS'
    """
    actors = {
        row[0]: Actor(row[0], ActorKind(row[1]), _labels(row[3:]), row[2] or None)
        for row in read_table(TABLES / "actors.tsv")
    }
    kinds = {str(kind): kind for kind in FormKind}
    cases: dict[str, Case | None] = {"nom": "nom", "gen": "gen", "": None}
    languages = {
        path.name.split(".")[1]: tuple(
            Form(text, actor, kinds[kind], cases[case], partial == "1")
            for text, actor, kind, case, partial in read_table(path)
        )
        for path in sorted(TABLES.glob("forms.*.tsv"))
    }
    return ActorTable(actors, languages)


@cache
def family_first() -> frozenset[str]:
    """The states where people's family names stand first.

    >>> "PRK" in family_first()
    True
    """
    return frozenset(state for (state,) in read_table(TABLES.parent / "family_first.tsv"))


def read_table(path: Path) -> Iterator[list[str]]:
    """The rows of a tab-separated file, without the lines that open with `#`."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _labels(cells: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = (cell.split("=", 1) for cell in cells if cell)
    return tuple((language, label) for language, label in pairs)
