"""What the page shows of a statement: its sentence with the words that carry it, and who says so."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from kg.model import Actor, Article, Role, Statement

__all__ = ["describe_article", "describe_statement", "mark_quote"]

Json = dict[str, Any]


def mark_quote(statement: Statement) -> list[tuple[str, str | None]]:
    """The quote in pieces, each with what it is to the statement: subject, relation, object or argument.

    Words outside the sentence, as a name that a pronoun stands for, are not marked. Joined together,
    the pieces are the quote.
    """
    quote = statement.evidence.quote
    start = statement.evidence.span.start
    marks: list[str | None] = [None] * len(quote)
    spans = [(a.mention.span, a.role.value) for a in statement.arguments]
    spans = [(span, role if role in (Role.SUBJECT, Role.OBJECT) else "argument") for span, role in spans]
    spans.append((statement.relation.span, "relation"))
    for span, mark in sorted(spans, key=lambda pair: pair[1] != "argument"):
        if span.article == statement.evidence.span.article:
            for position in range(max(span.start - start, 0), min(span.end - start, len(quote))):
                marks[position] = mark
    pieces = groupby(zip(quote, marks, strict=True), key=lambda pair: pair[1])
    return [("".join(character for character, _ in group), mark) for mark, group in pieces]


def describe_statement(statement: Statement) -> Json:
    """A statement as the page's data, ready for JSON; what is unknown is `None`."""
    subject, object_ = statement.argument(Role.SUBJECT), statement.argument(Role.OBJECT)
    return {
        "id": statement.id,
        "article": statement.evidence.span.article,
        "quote": mark_quote(statement),
        "relation": statement.relation.id,
        "event": statement.event_type,
        "source": statement.source,
        "target": statement.target,
        "subject": subject and {"text": subject.mention.text, "labels": _labels(subject.actor)},
        "object": object_ and {"text": object_.mention.text, "labels": _labels(object_.actor)},
        "told": [[triple.subject.text, triple.link, triple.object.text] for triple in statement.told],
        "status": statement.status.value,
        "polarity": statement.polarity.value,
        "attribution": [{"text": a.mention.text, "labels": _labels(a.actor)} for a in statement.attribution],
        "time": statement.time and [statement.time.start.isoformat(), statement.time.end.isoformat()],
        "confidence": round(statement.confidence, 2),
    }


def describe_article(id: str, articles: Mapping[str, Article]) -> Json:  # noqa: A002
    """What is known of an article besides its text; only its id where `articles` lacks it."""
    article = articles.get(id) or Article(id, "")
    return {
        "title": article.title or id,
        "publisher": article.publisher,
        "published": article.published,
        "language": article.language,
        "url": article.url if (article.url or "").startswith(("https://", "http://")) else None,
    }


def _labels(actor: Actor | None) -> dict[str, str] | None:
    return dict(actor.labels) if actor and actor.labels else None
