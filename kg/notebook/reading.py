"""From files to articles, and from articles to statements, in one call each."""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from kg.articles import Failure, read_articles
from kg.errors import ArticleError
from kg.model import Article
from kg.notebook.lists import Articles, Statements
from kg.pipeline import Extraction, extract_statements, load_extractor

__all__ = ["extract", "read"]

Kept = TypeVar("Kept")


def read(*paths: str | Path, language: str | None = None) -> Articles:
    """The articles of files and folders, as a list; what can't be read is in its `failures` and warned of.

    Which files are read, and what their headers say: `kg.articles`. `language` ("ro", "en") wins over
    what an article says of itself.
    Raises: ArticleError where nothing can be read.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("Russia thanked North Korea for its help.")
    ...     [article.id for article in read(folder)]
    ['a']
    """
    articles: list[Article] = []
    failures: list[Failure] = []
    for found in read_articles(paths, language=language):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            articles.append(found)
    return Articles(_kept(articles, failures, "no article can be read"), failures)


def extract(articles: Article | Iterable[Article], *, extractor: str = "rules") -> Statements:
    """The statements of articles, as a list that knows its articles; failures are as for `read`.

    `extractor` is one that an installed package offers (entry points `kg.extractors`).
    Raises: ArticleError where no article could be parsed; PipelineError for an unknown extractor.

    >>> found = extract(Article("a", "Russia thanked North Korea for its help.", "en"))
    >>> [(each.source, each.event_type, each.target) for each in found]
    [('RUS', 'SUPPORT', 'PRK')]
    """
    given = [articles] if isinstance(articles, Article) else list(articles)
    extractions: list[Extraction] = []
    failures: list[Failure] = []
    for found in extract_statements(given, load_extractor(extractor)):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            extractions.append(found)
    extractions = _kept(extractions, failures, "no article can be parsed")
    return Statements(
        (statement for extraction in extractions for statement in extraction.statements),
        {extraction.article.id: extraction.article for extraction in extractions},
        failures,
    )


def _kept(done: list[Kept], failures: list[Failure], nothing: str) -> list[Kept]:
    """What was done; warns of failures, and raises ArticleError where there is nothing else."""
    reasons = "; ".join(map(str, failures))
    if failures and not done:
        raise ArticleError(f"{nothing}: {reasons}")
    if failures:
        warnings.warn(f"{len(failures)} left out: {reasons}", stacklevel=3)
    return done
