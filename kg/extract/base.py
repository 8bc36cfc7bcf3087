"""What an extractor is."""

from typing import Protocol, runtime_checkable

from spacy.tokens import Doc

from kg.model import Article, Statement

__all__ = ["Extractor", "Selective"]


class Extractor(Protocol):
    """Turns a parsed article into statements; found by the entry-point group `kg.extractors`."""

    version: str

    def extract(self, article: Article, doc: Doc) -> tuple[Statement, ...]:
        """The statements of `article`, in the order of the text; empty where there are none."""
        ...


@runtime_checkable
class Selective(Protocol):
    """What an extractor may be besides: one that tells from the text alone whether it is worth a parse."""

    def needs_parse(self, article: Article) -> bool:
        """Whether `article`, whose language is known, may give statements; where not, nobody parses it."""
        ...
