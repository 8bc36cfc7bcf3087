"""What the folders of the languages say of their texts: `kg/lang/*/articles.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache

from kg.lexicon import LANGUAGES

__all__ = ["TextWords", "text_words"]


@dataclass(frozen=True, slots=True)
class TextWords:
    """Of one language: the words before a date of publication, old encodings, and letters beyond ASCII."""

    published: tuple[str, ...]
    encodings: tuple[str, ...]
    letters: frozenset[str]


@cache
def text_words() -> tuple[TextWords, ...]:
    """Those of all languages, in the order of their codes.

    >>> [words.encodings[0] for words in text_words()]
    ['cp1252', 'cp1250']
    """
    tables = (tomllib.loads(path.read_text("utf-8")) for path in sorted(LANGUAGES.glob("*/articles.toml")))
    return tuple(
        TextWords(tuple(table["published"]), tuple(table["encodings"]), frozenset(table["letters"]))
        for table in tables
    )
