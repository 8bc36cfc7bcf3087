"""Doc → Mention: where a text names an actor of the table."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kg.actors import ActorTable, Form
from kg.actors.finder import Found, finder
from kg.model import Article, Mention, MentionKind, Span

__all__ = ["Naming", "find_mentions", "find_names", "head_of"]


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention, its tokens and the forms that it may be; `exact` unless diacritics or capitals differ."""

    mention: Mention
    tokens: DocSpan
    forms: tuple[Form, ...]
    exact: bool


def find_mentions(article: Article, doc: Doc, actors: ActorTable) -> tuple[Naming, ...]:
    """The places where the article names an actor of the table, in text order, with the forms they may be."""
    namings = []
    for span, found in find_names(article, doc.lang_, actors):
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is None:
            continue
        kind = MentionKind(str(found.forms[0].kind))
        mention = Mention(span, span.of(article.text), kind, head_of(tokens))
        namings.append(Naming(mention, tokens, found.forms, found.exact))
    return tuple(namings)


def find_names(article: Article, language: str, actors: ActorTable) -> Iterator[tuple[Span, Found]]:
    """The same without a parse; the first part of a compound ("ruso-") is found without its hyphen."""
    for found in finder(actors, language).find(article.text):
        end = found.end
        if found.forms[0].text.endswith("-"):
            end = found.start + len(article.text[found.start : found.end - 1].rstrip())
        yield Span(article.id, found.start, end), found


def head_of(tokens: DocSpan) -> int:
    """The index of the token whose head is outside of `tokens`; the last one in a Doc without a parse."""
    if not tokens.doc.has_annotation("DEP"):
        return int(tokens.end - 1)
    return int(tokens.root.i)
