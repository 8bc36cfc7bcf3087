"""Articles and statements → HTML for a notebook: all text escaped, all style inline, nothing fetched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from pathlib import Path

from kg.model import Article, Polarity, Statement, Status
from kg.notebook.names import choose
from kg.ontology import load_ontology
from kg.view.evidence import mark_quote
from kg.view.page import read_interfaces, render_page
from kg.view.writing import isolate, show_controls

__all__ = ["Page", "article_html", "articles_table", "draw", "statement_html", "statements_table"]

SHOWN = 20
COLOURS = {"subject": "#1f77b4", "relation": "#d62728", "object": "#2ca02c", "argument": "#9467bd"}
LEFT = "text-align: left; vertical-align: top"


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML page, which a notebook shows in a frame `height` pixels high."""

    html: str = field(repr=False)
    height: int

    def save(self, path: str | Path) -> Path:
        """The path of the file that was written."""
        Path(path).write_text(self.html, encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        """A frame that needs no file beside it, and may run its own scripts and nothing else."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts" width="100%" '
            f'height="{self.height}" style="border: 0"></iframe>'
        )


def draw(
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    *,
    language: str,
    title: str | None,
    height: int,
) -> Page:
    """The page of the statements, its interface in `language`.

    Raises: KGError for a language that no interface has, naming the nearest.
    """
    choose(language, "language of the page", read_interfaces())
    return Page(render_page(statements, articles, language=language, title=title), height)


def article_html(article: Article) -> str:
    """The article with its title, what is known of it, and its text, which scrolls if it is long."""
    known = (article.publisher, article.published, article.language, article.id)
    text = "".join(f"<p>{isolate(part)}</p>" for part in article.text.split("\n\n") if part.strip())
    return (
        f"<div><b>{isolate(article.title or article.id)}</b><br>"
        f"<small>{' · '.join(map(isolate, filter(None, known)))}</small>"
        f'<div style="max-height: 24em; overflow: auto">{text}</div></div>'
    )


def articles_table(articles: Sequence[Article]) -> str:
    """The first articles as a table, and how many there are."""
    rows = ((each.id, each.published, each.publisher, each.language, each.title) for each in articles)
    cells = ([isolate(value or "") for value in row] for row in rows)
    return _table(("id", "published", "publisher", "language", "title"), cells, len(articles), "articles")


def statement_html(statement: Statement) -> str:
    """The sentence with its parts marked, over a line with what the statement says."""
    time = statement.time and f"{statement.time.start} to {statement.time.end} (excluded)"
    facts = (
        f"{isolate(statement.source or '?')} – {_label(statement)} → {isolate(statement.target or '?')}",
        statement.event_type,
        _certainty(statement),
        statement.attribution and f"said by {_sayers(statement)}",
        time,
        f"{isolate(statement.evidence.span.article)}, sentence {statement.evidence.sentence + 1}",
    )
    return (
        f"<div><div>{_marked(statement)}</div>"
        f"<small>{' · '.join(fact for fact in facts if fact)}</small></div>"
    )


def statements_table(statements: Sequence[Statement], articles: Mapping[str, Article]) -> str:
    """The first statements as a table, their sentences marked, and how many there are."""
    rows = (
        (
            isolate(statement.source or ""),
            _label(statement),
            isolate(statement.target or ""),
            _certainty(statement),
            _sayers(statement),
            escape(_published(statement, articles) or ""),
            _marked(statement),
        )
        for statement in statements
    )
    names = ("source", "relation", "target", "status", "said by", "published", "sentence")
    return _table(names, rows, len(statements), "statements")


def _marked(statement: Statement) -> str:
    pieces = ((escape(show_controls(words)), mark) for words, mark in mark_quote(statement))
    return "".join(
        f'<span title="{mark}" style="border-bottom: 2px solid {COLOURS[mark]}">{words}</span>'
        if mark
        else words
        for words, mark in pieces
    )


def _label(statement: Statement) -> str:
    return escape(load_ontology().relation(statement.relation.id).label("en"))


def _sayers(statement: Statement) -> str:
    return " &lt; ".join(isolate(said.mention.text) for said in statement.attribution)


def _certainty(statement: Statement) -> str:
    status = "" if statement.status is Status.ASSERTED else str(statement.status)
    negative = "not so" if statement.polarity is Polarity.NEGATIVE else ""
    return ", ".join(filter(None, (status, negative))) or str(Status.ASSERTED)


def _published(statement: Statement, articles: Mapping[str, Article]) -> str | None:
    article = articles.get(statement.evidence.span.article)
    return article.published if article else None


def _table(names: Iterable[str], rows: Iterable[Iterable[str]], number: int, things: str) -> str:
    """A table of cells that are HTML already, with the number of all rows below."""
    head = "".join(f'<th style="{LEFT}">{name}</th>' for name in names)
    cells = ("".join(f'<td style="{LEFT}">{cell}</td>' for cell in row) for row in islice(rows, SHOWN))
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    shown = f"the first {SHOWN} of {number} {things}" if number > SHOWN else f"{number} {things}"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><small>{shown}</small>"
