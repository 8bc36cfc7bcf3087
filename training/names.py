"""Names of states, capitals, places and persons with their case forms, out of names.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("names.toml")


@dataclass(frozen=True, slots=True)
class Place:
    """A state or a capital: bare form ("în Iran"), nominative ("Iranul"), genitive ("Iranului"), gender."""

    bare: str
    nominative: str
    genitive: str
    gender: str
    adjective: str = ""
    capital: str = ""


@dataclass(frozen=True, slots=True)
class LongName:
    """A state whose name has several words; `kind` is the relation of the words after the first."""

    kind: str
    nominative: str
    genitive: str
    gender: str
    adjective: str
    capital: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `oblique` is the first name in the genitive and dative where it has such a form."""

    first: str
    surname: str
    gender: str
    oblique: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The whole table."""

    states: tuple[Place, ...]
    long_names: tuple[LongName, ...]
    capitals: tuple[Place, ...]
    places: tuple[str, ...]
    persons: tuple[Person, ...]


@cache
def read_names() -> Names:
    """The table of names."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    return Names(
        states=tuple(Place(*line.split("|")) for line in table["states"]),
        long_names=tuple(LongName(*line.split("|")) for line in table["states_of_several_words"]),
        capitals=tuple(Place(*line.split("|")) for line in table["capitals"]),
        places=tuple(table["places"]),
        persons=tuple(Person(*line.split("|")) for line in table["persons"]),
    )
