"""A language's rules of inflection: from a base form to every form that a text may hold."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.actors.table import Case, FormKind
from kg.errors import LexiconError

__all__ = ["Inflected", "Inflection", "load_inflection"]

Inflected = tuple[str, FormKind, Case | None]
Rules = Mapping[str, Mapping[str, list[str]]]
CASES: tuple[Case, ...] = ("nom", "gen")


@dataclass(frozen=True, slots=True)
class Inflection:
    """The rules of `kg/lang/<code>/actors/inflection.toml`: endings to endings, the longest first."""

    names_by_ending: Rules
    adjectives_by_ending: Rules
    inhabitants_by_ending: Rules
    exceptions: Rules

    def name(self, cell: str) -> Iterator[tuple[str, Case | None]]:
        """The forms of a name as the tables write it: "X|Y" is written out, "X=" doesn't inflect.

        Otherwise the first word inflects by its ending.
        """
        if cell.endswith("="):
            yield cell[:-1], None
        elif "|" in cell:
            yield from zip(cell.split("|"), CASES, strict=True)
        else:
            word, space, rest = cell.partition(" ")
            stem, rule = _longest(self.names_by_ending, word)
            caseless = not rule.get("gen")
            for case in CASES:
                for ending in rule.get(case, []):
                    yield stem + ending + space + rest, None if caseless else case

    def adjective(self, base: str) -> Iterator[Inflected]:
        """The forms of an adjective, and of the inhabitants that it names."""
        if base in self.exceptions:
            stem, rule = "", self.exceptions[base]
        elif (last := base.rpartition("-")[2]) in self.exceptions:
            stem, rule = base.removesuffix(last), self.exceptions[last]
        else:
            stem, rule = _longest(self.adjectives_by_ending, base)
        for ending in rule.get("adjective", []):
            yield stem + ending, FormKind.ADJECTIVE, None
        for ending in rule.get("inhabitant", []):
            yield stem + ending, FormKind.INHABITANT, None
        for case in CASES:
            for ending in rule.get(case, []):
                yield stem + ending, FormKind.INHABITANT, case

    def inhabitant(self, cell: str) -> Iterator[Inflected]:
        """The forms of a noun for inhabitants; "one/many" is written out."""
        if "/" in cell:
            words = cell.split("/")
        else:
            stem, rule = _longest(self.inhabitants_by_ending, cell)
            words = [stem + ending for ending in rule.get("inhabitant", [])]
        for word in words:
            yield word, FormKind.INHABITANT, None


def load_inflection(path: Path) -> Inflection:
    """The rules in `path`.

    Raises: LexiconError where it lacks a table or isn't TOML.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Inflection(table["names"], table["adjectives"], table["inhabitants"], table["exceptions"])
    except KeyError as error:
        raise LexiconError(f"{path}: lacks the table {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: not TOML: {error}") from None


def _longest(rules: Rules, word: str) -> tuple[str, Mapping[str, list[str]]]:
    """The word without the longest ending that has a rule, and that rule; unchanged without any."""
    for start in range(len(word) + 1):
        if word[start:] in rules:
            return word[:start], rules[word[start:]]
    return word, {}
