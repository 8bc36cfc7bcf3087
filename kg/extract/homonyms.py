"""Names that mean one actor or another by the words around them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.actors import FormKind
from kg.errors import LexiconError
from kg.extract.mentions import Naming
from kg.lexicon import LANGUAGES

__all__ = ["OPEN", "Homonym", "homonym", "load_homonyms"]

OPEN = "?"  # the mention stays, but whom it means stays open


@dataclass(frozen=True, slots=True)
class Homonym:
    """One rule of `kg/lang/<code>/actors/homonyms.toml`, with its words as patterns.

    `actor` is `None` where the name then means no actor, `OPEN` where it can't be told which.
    """

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    near: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    both: bool
    actor: str | None
    kind: FormKind | None
    confidence: float

    def fits(self, before: str, after: str, around: str) -> bool:
        """Whether the rule decides, given what stands before and after the name, and its sentences."""
        if self.unless is not None and self.unless.search(around):
            return False
        tests = ((self.before, before), (self.after, after), (self.near, around))
        found = [pattern.search(text) is not None for pattern, text in tests if pattern is not None]
        return all(found) if self.both else any(found) or not found


@cache
def load_homonyms(language: str) -> Mapping[str, tuple[Homonym, ...]]:
    """The rules of a language by the text of the name; none for a language without the file.

    Raises: LexiconError where a rule has an unknown key or an unknown kind.
    """
    path = LANGUAGES / language / "actors" / "homonyms.toml"
    rules: dict[str, list[Homonym]] = {}
    if path.is_file():
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("homonym", ()):
            unknown = set(entry) - KEYS
            if unknown:
                raise LexiconError(
                    f"{path}: unknown key {min(unknown)!r} in a homonym; known: {', '.join(KEYS)}"
                )
            rule = Homonym(
                before=_words(entry.get("before"), r"(?<!\w)(?:{})\s+$"),
                after=_words(entry.get("after"), r"^\s*(?:{})(?!\w)"),
                near=_words(entry.get("near"), r"(?<!\w)(?:{})(?!\w)"),
                unless=_words(entry.get("unless"), r"(?<!\w)(?:{})(?!\w)"),
                both=entry.get("both", False),
                actor=entry.get("actor"),
                kind=FormKind(entry["kind"]) if "kind" in entry else None,
                confidence=entry.get("confidence", 0.9),
            )
            for text in entry["texts"]:
                rules.setdefault(text, []).append(rule)
    return {text: tuple(group) for text, group in rules.items()}


KEYS = {"texts", "before", "after", "near", "unless", "both", "actor", "kind", "confidence"}


def homonym(naming: Naming, text: str, language: str) -> Homonym | None:
    """The rule that decides whom `naming` means; `None` where the name has no rule that fits."""
    span = naming.mention.span
    rules = load_homonyms(language).get(span.of(text), ())
    if not rules:
        return None
    start, end = _sentences(naming)
    around = text[start:end].lower()
    before = text[max(0, span.start - 40) : span.start].lower()
    after = text[span.end : span.end + 40].lower()
    return next((rule for rule in rules if rule.fits(before, after, around)), None)


def _sentences(naming: Naming) -> tuple[int, int]:
    """Where the sentence of the name begins and ends, with the one before and the one after."""
    doc = naming.tokens.doc
    if not doc.has_annotation("SENT_START"):
        return 0, doc[-1].idx + len(doc[-1])
    sentence = naming.tokens.sent
    first = doc[max(0, sentence.start - 1)].sent
    last = doc[min(len(doc) - 1, sentence.end)].sent
    return first.start_char, last.end_char


def _words(words: Sequence[str] | None, pattern: str) -> re.Pattern[str] | None:
    if not words:
        return None
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(pattern.format("|".join(parts)))
