"""The whole road: articles → statements, and on into a store."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

from kg.articles import Failure
from kg.errors import KGError, LanguageError, PipelineError
from kg.extract.base import Extractor, Selective
from kg.extract.relocation import relocate, retell, split_text
from kg.language import resolve_language
from kg.manifest import Copy, Manifest, Unchanged
from kg.model import Article, Statement
from kg.parse import Parser, paragraphs, with_language

if TYPE_CHECKING:
    from kg.store.base import Store

__all__ = [
    "Engine",
    "Extraction",
    "Report",
    "build",
    "extract_statements",
    "extractor_version",
    "load_extractor",
]

GROUP = "kg.extractors"
BATCH, MOST = 100, 500  # articles that are stored at once: what a run that is killed may lose
GROWTH = 10  # a batch is that part of what the run has stored: many small ones cost a large store more
CHARACTERS = 1_000_000  # of the articles of a batch: statements of more take up to 400 MB
LONGEST = 1_000_000  # characters of an article that are read at once; a longer one is read in pieces
# What a fault in an extractor raises. It costs that article, not the run; the report names it.
FAULTS = (KGError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with its language, the number of its sentences and its statements.

    The sentences of an article that nobody parsed are counted at their full stops.
    """

    article: Article
    sentences: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: counts, and its statements by event type (most first).

    `articles` were stored, `copies` of them with the statements of an article whose text is nearly the
    same; `unchanged` had been stored before; `failed` gave nothing.
    """

    articles: int
    copies: int
    unchanged: int
    failed: int
    sentences: int
    statements: int
    event_types: Mapping[str, int]


class Engine(Protocol):
    """Gives the extraction of each article in order, or the failure of it; all else is passed on."""

    def __call__(self, articles: Iterable[Article | Other], /) -> Iterator[Extraction | Failure | Other]: ...


def load_extractor(name: str = "rules") -> Extractor:
    """The extractor that an installed package offers under `name` (entry points `kg.extractors`).

    Raises: PipelineError where there is none of that name.
    """
    return _offered(name)()


def _offered(name: str) -> type[Extractor]:
    offered = entry_points(group=GROUP)
    if name not in offered.names:
        known = ", ".join(sorted(offered.names)) or "none; reinstall the package"
        raise PipelineError(f"no extractor {name!r}; there are: {known}")
    extractor: type[Extractor] = offered[name].load()
    return extractor


def extractor_version(name: str = "rules") -> str:
    """The version of an extractor, which isn't made for it. Raises: PipelineError as `load_extractor`."""
    version: str = _offered(name).version
    return version


def extract_statements(
    articles: Iterable[Article | Other], extractor: Extractor, parser: Parser | None = None
) -> Iterator[Extraction | Failure | Other]:
    """The statements of each article in order, a failure where there are none; all else is passed on.

    An article of more than `LONGEST` characters is read in pieces, cut between paragraphs. One that the
    extractor needs no parse of has no statements.
    """
    read = _extract(_prepare(articles, extractor), extractor, parser or Parser())
    for each in read:
        if isinstance(each, _Parts):
            yield each.join([cast("Extraction | Failure", next(read)) for _ in each.intervals])
        else:
            yield cast("Extraction | Failure | Other", each)


def build(
    articles: Iterable[tuple[str, Article | Failure]],
    extract: Engine,
    store: "Store",
    manifest: Manifest,
    *,
    version: str,
    refresh: bool = False,
    fail: Callable[[Failure], object] = lambda _: None,
) -> Report:
    """The report of a run that stores the statements of what is new or changed, and derives what follows.

    `articles` come with their places, as `kg.articles.scan_articles` gives them; `version` is that of the
    extractor, and `refresh` reads again what another version has read. `fail` is told of what gave nothing;
    of an article that was stored before, what is stored stays. Every `BATCH` articles, later up to `MOST`,
    the store has them and the manifest says so: a run that is broken off goes on there when it is repeated.
    """
    counts: Counter[str] = Counter()

    def choose() -> Iterator[Article | Copy | Failure]:
        for place, item in articles:
            if isinstance(item, Failure):
                yield item
                continue
            chosen = manifest.choose(place, item, version, refresh=refresh)
            if isinstance(chosen, Unchanged):
                counts["unchanged"] += 1
                continue
            yield chosen
            if isinstance(chosen, Copy):
                yield from _take(_with_language(item), chosen.changed)

    read = extract(choose())
    with _Stored(store, manifest, version) as stored:
        for each in read:
            if isinstance(each, Copy):
                parts = [cast("Extraction | Failure", next(read)) for _ in each.changed]
                found: Extraction | Failure = _retell(each, parts, stored.batch, store, manifest)
                counts["copies"] += isinstance(found, Extraction)
            else:
                found = cast("Extraction | Failure", each)
            if isinstance(found, Extraction):
                stored.add(found)
            else:
                fail(found)
                manifest.forget(found.where)
                counts["failed"] += 1
    if stored.articles:
        store.derive()
    return Report(
        articles=stored.articles,
        **{name: counts[name] for name in ("copies", "unchanged", "failed")},
        sentences=stored.sentences,
        statements=stored.event_types.total(),
        event_types=dict(stored.event_types.most_common()),
    )


class _Stored:
    """Stores extractions in batches, what is left of them at the end, however that comes; counts them."""

    def __init__(self, store: "Store", manifest: Manifest, version: str) -> None:
        self.batch: dict[str, Extraction] = {}
        self.articles = 0
        self.sentences = 0
        self.event_types: Counter[str] = Counter()
        self._characters = 0
        self._store = store
        self._manifest = manifest
        self._version = version

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._save()

    def add(self, found: Extraction) -> None:
        """Notes an extraction, and stores it with the others when they are enough."""
        self.batch[found.article.id] = found
        self._manifest.note(found.article, self._version)
        self.articles += 1
        self.sentences += found.sentences
        self.event_types.update(statement.event_type for statement in found.statements)
        self._characters += len(found.article.text)
        enough = min(max(BATCH, self.articles // GROWTH), MOST)
        if len(self.batch) >= enough or self._characters >= CHARACTERS:
            self._save()

    def _save(self) -> None:
        self._store.load((each.article, each.statements) for each in self.batch.values())
        self._manifest.commit()
        self.batch.clear()
        self._characters = 0


@dataclass(frozen=True, slots=True)
class _Parts:
    """Stands before the parts of an article that is read in parts."""

    article: Article
    intervals: tuple[tuple[int, int], ...]

    def join(self, parts: Iterable[Extraction | Failure]) -> Extraction | Failure:
        """What the article gives, from what its parts do; the first failure, if there is one."""
        sentences = 0
        statements: list[Statement] = []
        language = None
        for (start, _), part in zip(self.intervals, parts, strict=True):
            if isinstance(part, Failure):
                return replace(part, where=self.article.id)
            statements += [relocate(each, self.article.id, start, sentences) for each in part.statements]
            sentences += part.sentences
            language = part.article.language
        return Extraction(replace(self.article, language=language), sentences, tuple(statements))


def _prepare(
    articles: Iterable[Article | Other], extractor: Extractor
) -> Iterator[Article | _Parts | Extraction | Failure | Other]:
    """The articles to be parsed, a mark before the parts of a long one; of the others, what they give."""
    for item in articles:
        if not isinstance(item, Article):
            yield item
        elif len(item.text) <= LONGEST:
            yield _set_aside(item, extractor)
        else:
            starts = split_text(item.text, LONGEST)
            intervals = tuple(pairwise((*starts, len(item.text))))
            yield _Parts(item, intervals)
            yield from _take(_with_language(item), intervals)


def _set_aside(article: Article, extractor: Extractor) -> Article | Extraction | Failure:
    """The article with its language where it is to be parsed, else what it gives."""
    known = with_language(article)
    if isinstance(known, Failure) or not isinstance(extractor, Selective):
        return known
    try:
        needed = extractor.needs_parse(known)
    except FAULTS as error:
        return _failure(article, extractor, error)
    return known if needed else Extraction(known, _count_sentences(known.text), ())


def _count_sentences(text: str) -> int:
    return sum(len(SENTENCE_END.split(paragraph)) for paragraph in paragraphs(text))


def _failure(article: Article, extractor: Extractor, error: Exception) -> Failure:
    return Failure(article.id, f"{extractor.version} failed: {type(error).__name__}: {error}")


def _with_language(article: Article) -> Article:
    """The article with the language of its beginning, so that no part of it is taken for another."""
    try:
        return replace(article, language=resolve_language(article.text[:LONGEST], article.language))
    except LanguageError:
        return article  # the parser says so again


def _take(article: Article, intervals: Iterable[tuple[int, int]]) -> Iterator[Article]:
    """Parts of the article as articles of their own."""
    for start, end in intervals:
        yield replace(article, text=article.text[start:end])


def _extract(
    articles: Iterable[Article | Other], extractor: Extractor, parser: Parser
) -> Iterator[Extraction | Failure | Other]:
    for parsed in parser.pipe(articles):
        if not isinstance(parsed, tuple):
            yield parsed
            continue
        article, doc = parsed
        try:
            statements = extractor.extract(article, doc)
        except FAULTS as error:
            yield _failure(article, extractor, error)
        else:
            sentences = sum(not all(token.is_space for token in sentence) for sentence in doc.sents)
            yield Extraction(article, sentences, statements)


def _retell(
    copy: Copy,
    changed: Iterable[Extraction | Failure],
    batch: Mapping[str, Extraction],
    store: "Store",
    manifest: Manifest,
) -> Extraction | Failure:
    """What a copy gives: the statements of its original that it tells in the same words, and its own."""
    own = _Parts(copy.article, copy.changed).join(changed)
    if isinstance(own, Failure):
        return own
    original = batch.get(copy.original)
    language = original.article.language if original else manifest.language(copy.original)
    if language is None:
        return Failure(copy.article.id, f"nearly the same as {copy.original}, which couldn't be read")
    told = original.statements if original else store.statements(copy.original)
    retold = (retell(each, copy.article) for each in told)
    statements = {each.id: each for each in (*retold, *own.statements) if each is not None}
    ordered = sorted(statements.values(), key=lambda each: (each.evidence.span, each.relation.span, each.id))
    return Extraction(replace(copy.article, language=language), own.sentences, tuple(ordered))
