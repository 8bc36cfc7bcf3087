"""What an extractor is."""

from typing import Protocol

from spacy.tokens import Doc

from kg.model import Article, Statement

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Turns a parsed article into statements; found by the entry-point group `kg.extractors`."""

    version: str

    def needs_parse(self, article: Article) -> bool:
        """Whether `article`, whose language is known, may give statements; where not, nobody parses it."""
        ...

    def extract(self, article: Article, doc: Doc) -> tuple[Statement, ...]:
        """The statements of `article`, in the order of the text; empty where there are none."""
        ...
