"""A language's folder of data, validated: grammar, frames, word classes, cues, dates and numbers."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import LanguageError, LexiconError
from kg.overlay import Own, overlay_files
from kg.tables import check

__all__ = [
    "Cues",
    "Frame",
    "Grammar",
    "Lexicon",
    "Numbers",
    "TimeWords",
    "languages",
    "load_lexicon",
]

Table = TypeVar("Table")
LANGUAGES = Path(__file__).parent / "lang"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a pipeline's labels and a language's function words map to Universal Dependencies."""

    labels: Mapping[str, str]
    function_heads: Mapping[str, str]
    copulas: frozenset[str]
    possessives: frozenset[str]
    contractions: Mapping[str, str]
    prepositions: frozenset[str]
    object_markers: frozenset[str]
    counting_markers: frozenset[str]
    complementizers: frozenset[str]
    negations: frozenset[str]
    without: frozenset[str]
    relatives: frozenset[str]
    drops_subjects: bool
    genitive_markers: frozenset[str]
    origin_markers: frozenset[str]
    pair_markers: frozenset[str]
    reciprocals: frozenset[str]

    @property
    def preposition_nouns(self) -> frozenset[str]:
        """The nouns inside compound prepositions ("partea" of "din partea")."""
        return _words(self.prepositions)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a predicate's arguments are to its relation; slots are tried in their order.

    `pos` is the predicate's part of speech: verb, noun or adjective. A slot is a relation of
    Universal Dependencies (`nsubj`, `obj`, `iobj`, `agent`, `gen`, `amod`), `obl:` with a
    preposition, or a path of them (`obj.gen`, `ccomp.nsubj`); `*` is whatever is there.
    `theme_types` and `theme_excludes` are classes of words that a theme has and hasn't, `source_types`
    and `source_excludes` those that the source has and hasn't; a slot in `absent` must be empty; no word
    of the classes `governor_excludes` may govern the predicate.
    """

    relation: str
    lemmas: frozenset[str]
    pos: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    parties: tuple[str, ...]
    theme: tuple[str, ...]
    theme_types: tuple[str, ...]
    theme_excludes: tuple[str, ...]
    source_types: tuple[str, ...]
    source_excludes: tuple[str, ...]
    absent: tuple[str, ...]
    governor_excludes: tuple[str, ...]
    polarity: str
    complement_modals: bool
    status: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemmas that change what a text says of a fact: its status, its polarity, its sayer."""

    report: frozenset[str]
    claim: frozenset[str]
    deny: frozenset[str]
    plan: frozenset[str]
    request: frozenset[str]
    hope: frozenset[str]
    prevent: frozenset[str]
    threaten: frozenset[str]
    future: frozenset[str]
    conditional: frozenset[str]
    hearsay: frozenset[str]
    modals: frozenset[str]
    obligation: frozenset[str]
    duty: frozenset[str]
    conditions: frozenset[str]
    purposes: frozenset[str]
    according: frozenset[str]
    quoted: frozenset[str]
    alleged: frozenset[str]
    hypothetical: frozenset[str]
    postpone: frozenset[str]
    light: frozenset[str]
    hosting: frozenset[str]
    inserted: frozenset[str]
    former: frozenset[str]
    figurative: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of dates: names to numbers, and phrases to shifts of days, weeks, months, years."""

    capitalised: bool
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    past: frozenset[str]
    future: frozenset[str]
    this: frozenset[str]
    days: Mapping[str, int]
    parts: Mapping[str, int]
    linking: frozenset[str]
    until: frozenset[str]
    ago: tuple[str, ...]

    @property
    def openings(self) -> frozenset[str]:
        """The words, numbers apart, with which an expression of time may begin."""
        named = (self.months, self.weekdays, self.units, self.days, self.past, self.future, self.this)
        return frozenset().union(*named, (phrase.split()[0] for phrase in self.ago))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Number words with their values, and the separators of a language's digits."""

    words: Mapping[str, int]
    multipliers: Mapping[str, int]
    joiners: frozenset[str]
    thousands: str
    decimal: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that extraction knows of one language."""

    code: str
    name: str
    pipeline: str
    grammar: Grammar
    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    members: Mapping[str, frozenset[str]]
    cues: Cues
    time: TimeWords
    numbers: Numbers
    roles: Mapping[str, tuple[str, ...]]
    pronouns: Mapping[str, str]

    endings: Mapping[str, tuple[tuple[str, str], ...]]  # by their last letter
    known: frozenset[str]
    predicates: frozenset[str]  # the first words of the lemmas that have frames

    def lemma(self, form: str, given: str) -> str:
        """The lemma of a lower-case form: the pipeline's, unless only an ending gives one that is known here.

        >>> load_lexicon("ro").lemma("miniștrilor", "minist")
        'ministru'
        """
        if given in self.known:
            return given
        for ending, replacement in self.endings.get(form[-1:], ()):
            if form.endswith(ending):
                candidate = form[: len(form) - len(ending)] + replacement
                if candidate in self.known:
                    return candidate
        return given

    def classes_named(self, name: str) -> frozenset[str]:
        """The lemmas of a class."""
        return self.members.get(name, frozenset())

    def classes_of(self, lemma: str) -> frozenset[str]:
        """The semantic classes that list `lemma`; empty for a word of none."""
        return self.classes.get(lemma, frozenset())


@cache
def _words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a folder, sorted.

    >>> "ro" in languages()
    True
    """
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/language.toml")))


def load_lexicon(code: str) -> Lexicon:
    """The lexicon of the language `code`, with what `kg.overlay` adds to it.

    Raises:
        LanguageError: it has no folder.
        LexiconError: a file of its folder lacks a key or has one of the wrong kind.
    """
    own = (overlay_files(f"lang/{code}/{name}") for name in ("frames/*.toml", "classes.toml"))
    return _load(code, *own)


@cache
def _load(code: str, own_frames: tuple[Own, ...], own_classes: tuple[Own, ...]) -> Lexicon:
    folder = LANGUAGES / code
    if not (folder / "language.toml").is_file():
        raise LanguageError(f"no language {code!r}; there are: {', '.join(languages())}")
    described = folder / "language.toml"
    language = _read(described)
    cues = _read(folder / "cues.toml")
    classes: dict[str, set[str]] = {}
    members: dict[str, list[str]] = {}
    for path in (folder / "classes.toml", *(own.path for own in own_classes)):
        for name, lemmas in check(_read(path), Mapping[str, list[str]], f"{path}: class").items():
            members[name] = [*members.get(name, []), *lemmas]
    for name, lemmas in members.items():
        for lemma in lemmas:
            classes.setdefault(lemma, set()).add(name)
    frames = _frames([*(own.path for own in own_frames), *sorted((folder / "frames").glob("*.toml"))])
    said = _fill(Cues, cues.get("cues", {}), folder / "cues.toml")
    known = {lemma for _, lemma in frames} | set(classes)
    known.update(*(getattr(said, field.name) for field in fields(Cues)))
    return Lexicon(
        code=code,
        name=check(_key(language, "name", described), str, f"{described}: name"),
        pipeline=check(_key(language, "pipeline", described), str, f"{described}: pipeline"),
        grammar=_fill(Grammar, language.get("grammar", {}), described),
        frames=frames,
        classes={lemma: frozenset(names) for lemma, names in classes.items()},
        members={name: frozenset(lemmas) for name, lemmas in members.items()},
        cues=said,
        time=_fill(TimeWords, _read(folder / "time.toml"), folder / "time.toml"),
        numbers=_fill(Numbers, _read(folder / "numbers.toml"), folder / "numbers.toml"),
        roles=check(cues.get("roles", {}), Mapping[str, tuple[str, ...]], f"{folder / 'cues.toml'}: roles"),
        pronouns=check(language.get("pronouns", {}), Mapping[str, str], f"{described}: pronouns"),
        endings=_endings(language.get("endings", []), f"{described}: endings"),
        known=frozenset(known),
        predicates=frozenset(lemma.split(" ")[0] for _, lemma in frames),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise LexiconError(f"{path}: missing; every language needs it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LexiconError(f"{path}: not TOML: {error}") from None


def _endings(pairs: Any, where: str) -> dict[str, tuple[tuple[str, str], ...]]:
    endings: dict[str, tuple[tuple[str, str], ...]] = {}
    for pair in check(pairs, tuple[tuple[str, ...], ...], where):
        if len(pair) != 2:
            raise LexiconError(f"{where} has {list(pair)}, not the end of a form and that of its lemma")
        ending, lemma = pair
        endings[ending[-1:]] = (*endings.get(ending[-1:], ()), (ending, lemma))
    return endings


def _key(table: Mapping[str, Any], key: str, path: Path) -> Any:
    if key not in table:
        raise LexiconError(f"{path}: lacks the key {key!r}")
    return table[key]


def _fill(kind: type[Table], table: Mapping[str, Any], path: Path) -> Table:
    """The table as `kind`, each list in the container that the field declares."""
    known = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]
    unknown = set(check(table, Mapping[str, Any], f"{path}: the table")) - set(known)
    if unknown:
        raise LexiconError(f"{path}: unknown key {min(unknown)!r}; known: {', '.join(known)}")
    return kind(**{name: check(_key(table, name, path), known[name], f"{path}: {name}") for name in known})


def _frames(paths: Iterable[Path]) -> dict[tuple[str, str], tuple[Frame, ...]]:
    frames: dict[tuple[str, str], tuple[Frame, ...]] = {}
    for path in paths:
        table = _read(path)
        groups = check(table.get("slots", {}), Mapping[str, list[str]], f"{path}: slots")
        for entry in check(table.get("frame", []), list[Mapping[str, Any]], f"{path}: frame"):
            frame = _frame(entry, groups, path)
            for lemma in frame.lemmas:
                key = (frame.pos, lemma)
                frames[key] = (*frames.get(key, ()), frame)
    return {key: tuple(sorted(group, key=_breadth)) for key, group in frames.items()}


def _breadth(frame: Frame) -> tuple[bool, bool]:
    """Orders frames from narrow to broad: those for a negated predicate or a kind of theme come first."""
    return frame.polarity != "negative", not (
        frame.theme_types or frame.source_types or frame.complement_modals
    )


FRAME_KEYS: dict[str, Any] = {field.name: field.type for field in fields(Frame)} | {"status": str}
DEFAULT_SOURCE = {
    "verb": ["nsubj"],
    "adjective": ["nsubj"],
    "noun": ["agent", "poss", "amod", "gen", "nsubj"],
}


def _frame(entry: Mapping[str, Any], groups: Mapping[str, list[str]], path: Path) -> Frame:
    unknown = set(entry) - set(FRAME_KEYS)
    if unknown:
        raise LexiconError(f"{path}: unknown key {min(unknown)!r} in a frame; known: {', '.join(FRAME_KEYS)}")
    for key, value in entry.items():
        check(value, FRAME_KEYS[key], f"{path}: {key}")

    def slots(key: str, default: list[str]) -> tuple[str, ...]:
        names: list[str] = []
        for slot in entry.get(key, default):
            names += _key(groups, slot[1:], path) if slot.startswith("$") else [slot]
        return tuple(names)

    pos = entry.get("pos", "verb")
    if pos not in DEFAULT_SOURCE:
        raise LexiconError(f"{path}: pos is {pos!r}, not one of {', '.join(DEFAULT_SOURCE)}")
    parties = slots("parties", [])
    return Frame(
        relation=_key(entry, "relation", path),
        lemmas=frozenset(_key(entry, "lemmas", path)),
        pos=pos,
        source=slots("source", [] if parties else DEFAULT_SOURCE[pos]),
        target=slots("target", []),
        parties=parties,
        theme=slots("theme", ["obj"] if pos == "verb" else []),
        theme_types=tuple(entry.get("theme_types", [])),
        theme_excludes=tuple(entry.get("theme_excludes", [])),
        source_types=tuple(entry.get("source_types", [])),
        source_excludes=tuple(entry.get("source_excludes", [])),
        absent=tuple(entry.get("absent", [])),
        governor_excludes=tuple(entry.get("governor_excludes", [])),
        polarity=entry.get("polarity", "any"),
        complement_modals=entry.get("complement_modals", False),
        status=entry.get("status"),
        confidence=entry.get("confidence", 0.85 if pos == "verb" else 0.75),
    )
