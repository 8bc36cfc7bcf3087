"""The whole road: articles → statements, and on into a store."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points

from kg.articles import Failure
from kg.errors import KGError, PipelineError
from kg.extract.base import Extractor
from kg.model import Article, Statement
from kg.parse import Parser
from kg.store.base import Store

__all__ = ["Extraction", "Report", "build", "extract_statements", "load_extractor"]

GROUP = "kg.extractors"
BATCH = 100  # articles that are stored at once: what a run that is killed may lose
# What a fault in an extractor raises. It costs that article, not the run; the report names it.
FAULTS = (KGError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with its language, the number of its sentences and its statements."""

    article: Article
    sentences: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: counts, statements by event type (most first), and what failed and why."""

    articles: int
    sentences: int
    statements: int
    event_types: Mapping[str, int]
    failures: tuple[Failure, ...]


def load_extractor(name: str = "rules") -> Extractor:
    """The extractor that an installed package offers under `name` (entry points `kg.extractors`).

    Raises: PipelineError where there is none of that name.
    """
    offered = entry_points(group=GROUP)
    if name not in offered.names:
        known = ", ".join(sorted(offered.names)) or "none; reinstall the package"
        raise PipelineError(f"no extractor {name!r}; there are: {known}")
    extractor: Extractor = offered[name].load()()
    return extractor


def extract_statements(
    articles: Iterable[Article | Failure], extractor: Extractor, parser: Parser | None = None
) -> Iterator[Extraction | Failure]:
    """The statements of each article in order; failures are passed on, and an extractor's added."""
    for parsed in (parser or Parser()).pipe(articles):
        if isinstance(parsed, Failure):
            yield parsed
            continue
        article, doc = parsed
        try:
            statements = extractor.extract(article, doc)
        except FAULTS as error:
            yield Failure(article.id, f"{extractor.version} failed: {type(error).__name__}: {error}")
        else:
            sentences = sum(not sentence.text.isspace() for sentence in doc.sents)
            yield Extraction(article, sentences, statements)


def build(
    articles: Iterable[Article | Failure],
    extractor: Extractor,
    store: Store,
    parser: Parser | None = None,
) -> Report:
    """The report of a run that stores each article's statements and derives the edges at the end.

    A failed article leaves what is stored of it from an earlier run.
    """
    done = sentences = 0
    batch: list[tuple[Article, tuple[Statement, ...]]] = []
    event_types: Counter[str] = Counter()
    failures: list[Failure] = []
    for extraction in extract_statements(articles, extractor, parser):
        if isinstance(extraction, Failure):
            failures.append(extraction)
            continue
        batch.append((extraction.article, extraction.statements))
        if len(batch) == BATCH:
            store.load(batch)
            batch = []
        done += 1
        sentences += extraction.sentences
        event_types.update(statement.event_type for statement in extraction.statements)
    store.load(batch)
    store.derive()
    counts = dict(event_types.most_common())
    return Report(done, sentences, event_types.total(), counts, tuple(failures))
