"""What the page shows of a statement: its sentence with the words that carry it, and who says so."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions

from kg.model import Actor, Article, Role, Statement
from kg.ontology import statement_iri
from kg.store.base import Store
from kg.store.reading import read_article, read_statements

__all__ = ["describe_evidence", "find_evidence", "mark_quote"]

MARKS = {Role.SUBJECT: "subject", Role.OBJECT: "object"}
Json = dict[str, Any]


def mark_quote(statement: Statement) -> list[tuple[str, str | None]]:
    """The quote in pieces, each with what it is to the statement: subject, relation, object or argument.

    Words outside the sentence, as a name that a pronoun stands for, are not marked. Joined together,
    the pieces are the quote.
    """
    quote, place = statement.evidence.quote, statement.evidence.span
    spans = [(MARKS.get(each.role, "argument"), each.mention.span) for each in statement.arguments]
    spans.append(("relation", statement.relation.span))
    marked = [
        (mark, max(span.start - place.start, 0), min(span.end - place.start, len(quote)))
        for mark, span in sorted(spans, key=lambda pair: pair[0] != "argument")
        if span.article == place.article
    ]
    edges = sorted({0, len(quote), *(at for _, start, end in marked if start < end for at in (start, end))})
    pieces: list[tuple[str, str | None]] = []
    for start, end in pairwise(edges):
        covering = [mark for mark, first, last in marked if first <= start and end <= last]
        mark = covering[-1] if covering else None
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + quote[start:end], mark)
        else:
            pieces.append((quote[start:end], mark))
    return pieces


def describe_evidence(statements: Iterable[Statement], articles: Mapping[str, Article]) -> Json:
    """The evidence of each statement in order, and the articles it stands in, ready for JSON."""
    statements = tuple(statements)
    told_in = {statement.evidence.span.article for statement in statements}
    return {
        "articles": {name: _describe_article(articles.get(name) or Article(name, "")) for name in told_in},
        "statements": [_describe(statement) for statement in statements],
    }


def find_evidence(store: Store, ids: Iterable[str]) -> Json:
    """The evidence of the statements with these ids, as `describe_evidence` gives it, from a store.

    It is what a server answers to a page that was made with `evidence_url`. An unknown id has no evidence.
    """
    wanted = list(dict.fromkeys(ids))
    values = " ".join(str(NamedNode(statement_iri(id_))) for id_ in wanted)
    graphs = store.query(
        f"SELECT DISTINCT ?graph {{ VALUES ?each {{ {values} }} GRAPH ?graph {{ ?each a sr:Statement }} }}"
    )
    assert isinstance(graphs, QuerySolutions)
    articles: dict[str, Article] = {}
    found: dict[str, Statement] = {}
    for (graph,) in graphs:
        quads = list(store.quads(graph))
        article = read_article(quads)
        articles[article.id] = article
        found |= {each.id: each for each in read_statements(quads, store.actors())}
    return describe_evidence((found[id_] for id_ in wanted if id_ in found), articles)


def _describe(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "article": statement.evidence.span.article,
        "quote": mark_quote(statement),
        "told": [[triple.subject.text, triple.link, triple.object.text] for triple in statement.told],
        "attribution": [{"text": a.mention.text, "labels": _labels(a.actor)} for a in statement.attribution],
        "time": statement.time and [statement.time.start.isoformat(), statement.time.end.isoformat()],
    }


def _describe_article(article: Article) -> Json:
    return {
        "title": article.title or article.id,
        "publisher": article.publisher,
        "published": article.published,
        "language": article.language,
        "url": article.url if (article.url or "").startswith(("https://", "http://")) else None,
    }


def _labels(actor: Actor | None) -> dict[str, str] | None:
    return dict(actor.labels) if actor and actor.labels else None
