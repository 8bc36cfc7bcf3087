"""Makes the tables that `load_actors` reads: `python -m kg.actors.generate`.

Reads the facts in `kg/actors/*.tsv` and `kg/actors/sources/`, and each language's words in
`kg/lang/<code>/actors/`; writes `kg/actors/tables/` and `ontologies/actors.ttl`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.actors.finder import fold
from kg.actors.inflection import Inflection, load_inflection
from kg.actors.table import Form, FormKind, read_actors, read_table
from kg.actors.turtle import turtle

__all__ = ["generate"]

HERE = Path(__file__).parent
LANGUAGES = HERE.parent / "lang"
SOURCES = HERE / "sources"
ONTOLOGY = HERE.parents[1] / "ontologies" / "actors.ttl"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the tables: every full name, the label first, and the names that stand alone."""

    id: str
    state: str
    names: tuple[str, ...]
    short: tuple[str, ...]


def generate(target: Path, ontology: Path) -> None:
    """Writes the tables into the folder `target`, and the actors as Turtle into the file `ontology`."""
    target.mkdir(parents=True, exist_ok=True)
    people = _people()
    codes = sorted(path.parent.parent.name for path in LANGUAGES.glob("*/actors/states.tsv"))
    languages = {code: _Language(code, people) for code in codes}
    _write(target / "actors.tsv", "id\tkind\tstate\tlabels", _actors(languages, people))
    _write(target / "offices.tsv", "actor\toffice\tperson\tbegin\tend", _offices(people))
    _write(target / "members.tsv", "organisation\tmember\tbegin\tend", _members())
    for code, language in languages.items():
        rows = (
            [form.text, form.actor, form.kind, form.case or "", "1" if form.partial else ""]
            for form in _unambiguous(language.forms(), language.territories())
        )
        _write(target / f"forms.{code}.tsv", "text\tactor\tkind\tcase\tpartial", rows)
    wikidata = {
        code: (number, successors.split())
        for code, number, successors in read_table(SOURCES / "wikidata.tsv")
    }
    actors = read_actors(target / "actors.tsv")
    ontology.write_text(turtle(actors, wikidata, _offices(people), _members()), encoding="utf-8")


class _Language:
    """One language's words for the actors."""

    def __init__(self, code: str, people: Mapping[str, Person]) -> None:
        self.code = code
        self.people = people
        self.folder = LANGUAGES / code / "actors"
        self.inflection: Inflection = load_inflection(self.folder / "inflection.toml")

    def rows(self, name: str) -> list[list[str]]:
        path = self.folder / f"{name}.tsv"
        return list(read_table(path)) if path.is_file() else []

    def label(self, cell: str) -> str:
        """The first name of a cell as it stands alone."""
        return cell.split("; ", maxsplit=1)[0].rstrip("=").split("|")[0]

    def labels(self) -> dict[str, str]:
        """The name of every actor that the language has one for."""
        found = {person.id: person.names[0] for person in self.people.values()}
        found |= {row[0]: self.label(row[1]) for row in read_table(HERE / "media.tsv")}
        for name in ("states", "organisations", "groups", "people"):
            found |= {row[0]: self.label(row[1]) for row in self.rows(name)}
        return found

    def forms(self) -> Iterator[Form]:
        yield from self._states()
        for name, kind in (
            ("organisations", FormKind.ORGANISATION),
            ("groups", FormKind.GROUP),
            ("seats", FormKind.SEAT),
            ("media", FormKind.MEDIUM),
        ):
            for actor, names in self.rows(name):
                yield from self._names(names, actor, kind)
        for actor, names, _ in read_table(HERE / "media.tsv"):
            yield from (Form(name, actor, FormKind.MEDIUM) for name in names.split("; "))
        for actor, name in self.rows("people"):
            yield Form(name, actor, FormKind.PERSON)
        for person in self.people.values():
            yield from (Form(name, person.id, FormKind.PERSON) for name in person.names)
            yield from (Form(name, person.id, FormKind.PERSON, partial=True) for name in person.short)
        yield from self._cities()

    def _states(self) -> Iterator[Form]:
        for row in self.rows("states"):
            code, names, adjectives, *inhabitants, combining, capitals = row
            yield from self._names(names, code, FormKind.NAME)
            bases = _cells(adjectives)
            for base in bases:
                for text, kind, case in self.inflection.adjective(base):
                    yield Form(text, code, kind, case)
            for noun in _cells(inhabitants[0] if inhabitants else ""):
                if noun != "+":
                    for text, kind, case in self.inflection.inhabitant(noun):
                        yield Form(text, code, kind, case)
            for first in _cells(combining):
                yield Form(f"{first}-", code, FormKind.ADJECTIVE)
            yield from self._names(capitals, code, FormKind.CAPITAL)

    def _cities(self) -> Iterator[Form]:
        for code, names in self.rows("places"):
            yield from self._names(names, code, FormKind.CITY)
        yield from (Form(name, code, FormKind.CITY) for code, name in read_table(SOURCES / "cities.tsv"))

    def territories(self) -> list[list[str]]:
        """The code and the name of every territory, as the Unicode CLDR has them."""
        path = SOURCES / f"territories.{self.code}.tsv"
        return list(read_table(path)) if path.is_file() else []

    def _names(self, cell: str, actor: str, kind: FormKind) -> Iterator[Form]:
        for name in _cells(cell):
            for text, case in self.inflection.name(name):
                yield Form(text, actor, kind, case)


def _actors(languages: Mapping[str, _Language], people: Mapping[str, Person]) -> Iterator[list[str]]:
    labels = {code: language.labels() for code, language in languages.items()}

    def row(identifier: str, kind: str, state: str) -> list[str]:
        named = [f"{code}={names[identifier]}" for code, names in labels.items() if identifier in names]
        return [identifier, kind, state, *named]

    states = dict.fromkeys(row[0] for language in languages.values() for row in language.rows("states"))
    yield from (row(code, "state", code) for code in states)
    yield from (row(name, "organisation", actor) for name, actor in read_table(HERE / "organisations.tsv"))
    yield from (row(name, "group", territory) for name, territory in read_table(HERE / "groups.tsv"))
    yield from (row(name, "medium", "") for name, *_ in read_table(HERE / "media.tsv"))
    yield from (row(person.id, "person", person.state) for person in people.values())


def _people() -> dict[str, Person]:
    """Everyone with a row in people.tsv or an office, by the name in the tables."""
    people = {
        name: Person(identifier, state, (name, *_cells(others)), tuple(_cells(alone)))
        for identifier, state, name, others, alone in read_table(HERE / "people.tsv")
    }
    acting = dict(read_table(HERE / "organisations.tsv"))
    for actor, _, name, *_ in read_table(HERE / "offices.tsv"):
        if name not in people:
            identifier = "-".join(re.findall(r"\w+", fold(name)))
            people[name] = Person(identifier, acting.get(actor, actor), (name,), ())
    return people


def _offices(people: Mapping[str, Person]) -> Iterator[list[str]]:
    for actor, office, name, begin, end in read_table(HERE / "offices.tsv"):
        yield [actor, office, people[name].id, begin, end]


def _members() -> Iterator[list[str]]:
    for organisation, begin, end, members in read_table(HERE / "members.tsv"):
        yield from ([organisation, member, begin, end] for member in members.split())


def _unambiguous(forms: Iterable[Form], territories: Iterable[list[str]]) -> list[Form]:
    """Each text once for each actor, in the order of the tables; a city never beside another actor."""
    found: dict[tuple[str, str], Form] = {}
    texts: set[str] = set()
    for form in forms:
        if form.kind is FormKind.CITY and form.text in texts:
            continue
        known = found.setdefault((form.text, form.actor), form)
        if known is not form and known.kind is form.kind and known.case != form.case:
            found[form.text, form.actor] = Form(form.text, form.actor, form.kind)
        texts.add(form.text)
    for code, name in territories:
        found.setdefault((name, code), Form(name, code, FormKind.NAME))
    return list(found.values())


def _cells(cell: str) -> list[str]:
    return [part for part in cell.split("; ") if part.strip()]


def _write(path: Path, header: str, rows: Iterable[list[str]]) -> None:
    lines = ["# made by `python -m kg.actors.generate`", f"# {header}", *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    generate(HERE / "tables", ONTOLOGY)
