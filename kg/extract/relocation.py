"""Statements in another place: in the whole of which a piece was read, or in a near copy of their article."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Argument, Article, Mention, Polarity, Relation, Span, Statement, Status

__all__ = ["identify", "relocate", "retell", "split_text"]


def identify(
    relation: Relation,
    source: str | None,
    target: str | None,
    status: Status,
    polarity: Polarity,
    arguments: Iterable[Argument],
) -> str:
    """The id of a statement: a hash of what it says and where."""
    content = (
        relation.span.article,
        relation.id,
        str(source),
        str(target),
        status,
        polarity,
        *(f"{each.role}:{each.mention.span.start}-{each.mention.span.end}" for each in arguments),
        f"{relation.span.start}-{relation.span.end}",
    )
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:16]


def relocate(statement: Statement, article: str, by: int, sentences: int = 0) -> Statement:
    """The statement as said `by` characters and `sentences` further on, in the article of that id."""

    def move(span: Span) -> Span:
        return Span(article, span.start + by, span.end + by)

    def moved(mention: Mention) -> Mention:
        return replace(mention, span=move(mention.span), head=None)

    relation = replace(statement.relation, span=move(statement.relation.span))
    arguments = tuple(replace(each, mention=moved(each.mention)) for each in statement.arguments)
    evidence = statement.evidence
    return replace(
        statement,
        id=identify(
            relation, statement.source, statement.target, statement.status, statement.polarity, arguments
        ),
        relation=relation,
        arguments=arguments,
        told=tuple(
            replace(each, subject=moved(each.subject), object=moved(each.object)) for each in statement.told
        ),
        attribution=tuple(replace(each, mention=moved(each.mention)) for each in statement.attribution),
        evidence=replace(evidence, span=move(evidence.span), sentence=evidence.sentence + sentences),
    )


def retell(statement: Statement, article: Article) -> Statement | None:
    """The statement as `article` tells it in the same words; `None` where it doesn't.

    Of several places with the sentence, the nearest to the first counts; the number of the sentence is that
    of where it was first read.
    """
    first, quote = statement.evidence.span.start, statement.evidence.quote
    starts = []
    start = article.text.find(quote)
    while start >= 0:
        starts.append(start)
        start = article.text.find(quote, start + 1)
    for start in sorted(starts, key=lambda found: abs(found - first)):
        found = relocate(statement, article.id, start - first)
        mentions = [each.mention for each in found.arguments]
        mentions += [each.mention for each in found.attribution]
        mentions += [mention for each in found.told for mention in (each.subject, each.object)]
        if all(mention.span.of(article.text) == mention.text for mention in mentions):
            return found
    return None


def split_text(text: str, most: int) -> tuple[int, ...]:
    r"""Where pieces of `text` of `most` characters at most start, cut between paragraphs if possible.

    >>> split_text("Talks end.\n\nNo reply. None", 15)
    (0, 12)
    """
    starts = [0]
    while len(text) - starts[-1] > most:
        first, last = starts[-1], starts[-1] + most
        marks = (mark for mark in ("\n\n", "\n", ". ", " ") if mark in text[first:last])
        mark = next(marks, None)
        starts.append(last if mark is None else text.rfind(mark, first, last) + len(mark))
    return tuple(starts)
