"""Finds the forms of a language in a text, by words and without a parse."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.actors.table import ActorTable, Case, Form, FormKind

__all__ = ["Finder", "Found", "finder", "fold"]

LANGUAGES = Path(__file__).parents[1] / "lang"

WORD = re.compile(r"[^\W_]+|[^\w\s]")
SHORTEST = 5  # letters of a name that is known without its diacritics
EXACT = frozenset({FormKind.MEDIUM, FormKind.ADJECTIVE, FormKind.INHABITANT})


def _plain_letters() -> dict[int, str]:
    letters = (chr(code) for code in range(0xC0, 0x250))
    bases = {ord(letter): unicodedata.normalize("NFD", letter)[0] for letter in letters}
    bases |= {ord(letter): plain for letter, plain in zip("đĐłŁøØıħ", "dDlLoOih", strict=True)}
    return {**bases, ord("’"): "'", ord("‘"): "'", ord("‑"): "-", ord("\u00a0"): " "}


PLAIN = str.maketrans(_plain_letters())
SIGNS = str.maketrans({"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț", "’": "'", "‘": "'", "‑": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the text and the forms that it may be; `exact` unless diacritics or capitals differ."""

    start: int
    end: int
    forms: tuple[Form, ...]
    exact: bool


class Word(NamedTuple):
    """A run of letters and digits, or one other sign; offsets count in the text."""

    text: str
    start: int
    end: int


class Finder:
    """Finds the forms of one language; built once, `longest` maps a first word to a number of words."""

    def __init__(
        self,
        forms: Iterable[Form],
        blocking: Iterable[str] = (),
        endings: Mapping[str, Case] | None = None,
        plain: Iterable[str] = (),
    ) -> None:
        self.forms: dict[str, list[Form]] = {}
        self.longest: dict[str, int] = {}
        for form in forms:
            key = fold(form.text)
            self.forms.setdefault(key, []).append(form)
            words = WORD.findall(key)
            self.longest[words[0]] = max(len(words), self.longest.get(words[0], 0))
        self.blocking = frozenset(blocking)
        self.endings = endings or {}
        self.plain = frozenset(plain)

    def find(self, text: str) -> Iterator[Found]:
        """The forms in `text`, in its order; the longest where they overlap.

        Names that hold the name of an actor and mean something else are left out.
        """
        text = text.translate(SIGNS)
        folded = fold(text)
        marked = not text.isascii() and fold_marks(text) != text
        words = [Word(match[0], *match.span()) for match in WORD.finditer(folded)]
        place = 0
        while place < len(words):
            known = words[place].text in self.longest
            found = self._at(words, place, text, folded, marked) if known else None
            if found is None:
                place += 1
                continue
            count, end, forms, exact = found
            if all(form.actor for form in forms):
                yield Found(words[place].start, end, forms, exact)
            place += count

    def _at(
        self, words: list[Word], place: int, text: str, folded: str, marked: bool
    ) -> tuple[int, int, tuple[Form, ...], bool] | None:
        first = words[place]
        if self._inside(words, place, folded):
            return None
        for count in range(min(self.longest[first.text], len(words) - place), 0, -1):
            last = words[place + count - 1]
            key = " ".join(folded[first.start : last.end].split())
            surface = " ".join(text[first.start : last.end].split())
            if count > 1 and last.text == "-":
                if self._opens(words, place + count, last):
                    continue
                key, surface = key.replace(" -", "-"), surface.replace(" -", "-")
            forms = [form for form in self.forms.get(key, ()) if _fits(form, surface, marked)]
            if self._is_hyphened(words, place, place + count):
                forms = [form for form in forms if not form.partial]
            if surface in self.plain:
                forms = [form for form in forms if form.text == surface]
            if not forms:
                continue
            exact = any(form.text == surface for form in forms)
            ending = self._ending(words, place + count, last)
            if ending is not None:
                forms = [Form(form.text, form.actor, form.kind, ending[1], form.partial) for form in forms]
                return count + 2, ending[0], tuple(forms), exact
            return count, last.end, tuple(forms), exact
        return None

    def _opens(self, words: list[Word], following: int, hyphen: Word) -> bool:
        """Whether a compound's first part is *not* followed by a second."""
        spaced = words[following - 2].end < hyphen.start
        if following >= len(words) or words[following].start != hyphen.end + spaced:
            return True
        return words[following].text not in self.longest

    def _inside(self, words: list[Word], place: int, folded: str) -> bool:
        """Whether the word belongs to a longer word: after "pro-", an apostrophe or a dot of an address."""
        if place < 2 or words[place - 1].end != words[place].start:
            return False
        sign, before = words[place - 1], words[place - 2]
        if before.end != sign.start:
            return False
        if sign.text == "-":
            return before.text in self.blocking
        return sign.text in "@/_" or (
            sign.text == "." and folded[before.start : before.end].islower() and len(before.text) > 2
        )

    def _is_hyphened(self, words: list[Word], start: int, end: int) -> bool:
        """Whether the words are a part of a double name: "Yunus" of "Yunus-bek"."""
        before = start > 1 and words[start - 1].text == "-" and words[start - 1].end == words[start].start
        after = end + 1 < len(words) and words[end].text == "-" and words[end].start == words[end - 1].end
        return before or (after and words[end + 1].text not in self.endings)

    def _ending(self, words: list[Word], place: int, last: Word) -> tuple[int, Case] | None:
        """The end and case of a name with an ending after a hyphen: "NATO-ului"."""
        if place + 1 >= len(words) or words[place].text != "-" or words[place].start != last.end:
            return None
        ending = words[place + 1]
        if ending.start != words[place].end or ending.text not in self.endings:
            return None
        return ending.end, self.endings[ending.text]


@cache
def finder(actors: ActorTable, language: str) -> Finder:
    """The finder of a language, built once for a table.

    >>> from kg.actors import load_actors
    >>> [found.forms[0].actor for found in finder(load_actors(), "ro").find("Trupe nord-coreene în Rusia")]
    ['PRK', 'RUS']
    """
    compounds = _read(language, "inflection").get("compounds", {})
    homonyms = _read(language, "homonyms")
    others = (Form(text, "", FormKind.NAME) for text in homonyms.get("others", ()))
    return Finder(
        (*others, *actors.forms(language)),
        compounds.get("blocking", ()),
        compounds.get("endings", {}),
        homonyms.get("plain", ()),
    )


def _read(language: str, name: str) -> dict[str, Any]:
    path = LANGUAGES / language / "actors" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def fold(text: str) -> str:
    """`text` in small letters without diacritics, as long as before.

    >>> fold("Coreei de Nord şi Băsescu")
    'coreei de nord si basescu'
    """
    lowered = fold_marks(text).lower()
    return lowered if len(lowered) == len(text) else "".join(_lower(letter) for letter in fold_marks(text))


def _lower(letter: str) -> str:
    return letter.lower() if len(letter.lower()) == 1 else letter


def fold_marks(text: str) -> str:
    """`text` without diacritics, as long as before."""
    return text.translate(PLAIN)


def _fits(form: Form, surface: str, marked: bool) -> bool:
    """Whether capitals and diacritics of `surface` allow it to be `form`."""
    if form.text == surface:
        return True
    plain = fold_marks(form.text)
    if plain == form.text or plain != fold_marks(surface):
        same = form.text
    elif fold_marks(surface) != surface or (form.kind in EXACT and marked) or len(surface) < SHORTEST:
        return False
    else:
        same = plain
    if same == surface:
        return True
    if same[0].islower() and same[0].upper() + same[1:] == surface:
        return True
    return len(surface) > 3 and surface.isupper() and not form.text.isupper() and same.upper() == surface
