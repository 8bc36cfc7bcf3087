"""Makes the tables that `load_actors` reads: `python -m kg.actors.generate`.

Reads the facts in `kg/actors/*.tsv` and `kg/actors/sources/`, and each language's words in
`kg/lang/<code>/actors/`; writes `kg/actors/tables/`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.actors.inflection import Inflection, load_inflection
from kg.actors.table import Form, FormKind, read_table

__all__ = ["generate"]

HERE = Path(__file__).parent
LANGUAGES = HERE.parent / "lang"
SOURCES = HERE / "sources"


def generate(target: Path) -> None:
    """Writes `actors.tsv` and a `forms.<code>.tsv` per language into the folder `target`."""
    target.mkdir(parents=True, exist_ok=True)
    codes = sorted(path.parent.parent.name for path in LANGUAGES.glob("*/actors/states.tsv"))
    languages = {code: _Language(code) for code in codes}
    _write(target / "actors.tsv", "id\tkind\tstate\tlabels", _actors(languages))
    for code, language in languages.items():
        rows = (
            [form.text, form.actor, form.kind, form.case or "", "1" if form.partial else ""]
            for form in _unambiguous(language.forms(), language.source("territories"))
        )
        _write(target / f"forms.{code}.tsv", "text\tactor\tkind\tcase\tpartial", rows)


class _Language:
    """One language's words for the actors."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.folder = LANGUAGES / code / "actors"
        self.inflection: Inflection = load_inflection(self.folder / "inflection.toml")

    def rows(self, name: str) -> list[list[str]]:
        path = self.folder / f"{name}.tsv"
        return list(read_table(path)) if path.is_file() else []

    def label(self, cell: str) -> str:
        """The first name of a cell as it stands alone."""
        return cell.split("; ")[0].rstrip("=").split("|")[0]

    def labels(self) -> dict[str, str]:
        """The name of every actor that the language has one for."""
        found = {row[0]: row[2] for row in read_table(HERE / "people.tsv")}
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
        for actor, _, name, others, alone in read_table(HERE / "people.tsv"):
            for full in [name, *_cells(others)]:
                yield Form(full, actor, FormKind.PERSON)
            for short in _cells(alone):
                yield Form(short, actor, FormKind.PERSON, partial=True)
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
        yield from (Form(name, code, FormKind.CITY) for code, name in self.source("cities"))

    def source(self, name: str) -> list[list[str]]:
        path = SOURCES / f"{name}.{self.code}.tsv"
        return list(read_table(path)) if path.is_file() else []

    def _names(self, cell: str, actor: str, kind: FormKind) -> Iterator[Form]:
        for name in _cells(cell):
            for text, case in self.inflection.name(name):
                yield Form(text, actor, kind, case)


def _actors(languages: dict[str, _Language]) -> Iterator[list[str]]:
    labels = {code: language.labels() for code, language in languages.items()}

    def row(identifier: str, kind: str, state: str) -> list[str]:
        named = [f"{code}={names[identifier]}" for code, names in labels.items() if identifier in names]
        return [identifier, kind, state, *named]

    states = dict.fromkeys(row[0] for language in languages.values() for row in language.rows("states"))
    yield from (row(code, "state", code) for code in states)
    yield from (row(name, "organisation", actor) for name, actor in read_table(HERE / "organisations.tsv"))
    yield from (row(name, "group", territory) for name, territory in read_table(HERE / "groups.tsv"))
    yield from (row(name, "medium", "") for name, *_ in read_table(HERE / "media.tsv"))
    yield from (row(name, "person", state) for name, state, *_ in read_table(HERE / "people.tsv"))


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
    generate(HERE / "tables")
