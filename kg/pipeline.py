"""The whole road: articles → statements, and on into a store."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

from kg.articles import Failure
from kg.errors import KGError, LanguageError
from kg.extract.base import Extractor, Selective
from kg.extract.relocation import relocate, retell, split_text
from kg.language import resolve_language
from kg.manifest import Copy, Manifest, Unchanged, Versions
from kg.model import Article, Statement
from kg.parse import Parser, paragraphs, with_language
from kg.versions import find_extractor, full_version

if TYPE_CHECKING:
    from kg.store.base import Store

__all__ = [
    "Engine",
    "Extraction",
    "Report",
    "build",
    "extract_statements",
    "load_extractor",
    "remove",
]

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
    same; `unchanged` had been stored before, `outdated` of them by another version of the extractor;
    `failed` gave nothing; `removed` were taken out.
    """

    articles: int
    copies: int
    unchanged: int
    outdated: int
    failed: int
    removed: int
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
    return find_extractor(name)()


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
    version: str | Versions,
    refresh: bool = False,
    fail: Callable[[Failure], object] = lambda _: None,
    gone: Callable[[], Sequence[str]] = tuple,
) -> Report:
    """The report of a run that stores the statements of what is new or changed, and derives what follows.

    `articles` come with their places, as `kg.articles.scan_articles` gives them; `version` is that of the
    extractor, perhaps by language, and `refresh` reads again what another version has read. `fail` is told
    of what gave nothing; of an article that was stored before, what is stored stays. `gone`, asked after all
    have been chosen, gives the ids of those to be taken out. Every `BATCH` articles, later up to `MOST`, the
    store has them and the manifest says so: a run that is broken off goes on there when it is repeated.
    """
    counts: Counter[str] = Counter()
    versions = cache(version) if callable(version) else lambda _: version

    def choose() -> Iterator[Article | Copy | Failure]:
        for place, item in articles:
            if isinstance(item, Failure):
                yield item
                continue
            chosen = manifest.choose(place, item, versions, refresh=refresh)
            if isinstance(chosen, Unchanged):
                counts["unchanged"] += 1
                counts["outdated"] += chosen.outdated
                continue
            yield chosen
            if isinstance(chosen, Copy):
                yield from _take(_with_language(chosen.article), chosen.changed)

    read = extract(choose())
    with _Stored(store, manifest, versions, fail) as stored:
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
                stored.leave_out(found.where, found)
    removed = remove(gone(), store, manifest)
    if stored.articles or removed:
        store.derive()
    return Report(
        articles=stored.articles,
        **{name: counts[name] for name in ("copies", "unchanged", "outdated")},
        failed=stored.failed,
        removed=removed,
        sentences=stored.sentences,
        statements=stored.event_types.total(),
        event_types=dict(stored.event_types.most_common()),
    )


def remove(articles: Sequence[str], store: "Store", manifest: Manifest) -> int:
    """How many of the articles were stored, and are no more; what is derived is left for the store to renew.

    Where this is broken off, the next build reads again those that are still there.
    """
    manifest.put_back(*articles)
    manifest.commit()
    removed = store.remove(*articles)
    manifest.forget(*articles)
    manifest.commit()
    return removed


class _Stored:
    """Stores extractions in batches, what is left of them at the end, however that comes; counts them."""

    def __init__(
        self, store: "Store", manifest: Manifest, versions: Versions, fail: Callable[[Failure], object]
    ) -> None:
        self.batch: dict[str, Extraction] = {}
        self.articles = 0
        self.failed = 0
        self.sentences = 0
        self.event_types: Counter[str] = Counter()
        self._characters = 0
        self._read = 0
        self._store = store
        self._manifest = manifest
        self._versions = versions
        self._fail = fail

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._save()

    def add(self, found: Extraction) -> None:
        """Notes an extraction, and stores it with the others when they are enough."""
        self.batch[found.article.id] = found
        self._read += 1
        self._characters += len(found.article.text)
        enough = min(max(BATCH, self._read // GROWTH), MOST)
        if len(self.batch) >= enough or self._characters >= CHARACTERS:
            self._save()

    def leave_out(self, article: str, failure: Failure) -> None:
        """Tells of an article that gave nothing, which the next run tries again."""
        self._fail(failure)
        self._manifest.put_back(article)
        self.failed += 1

    def _save(self) -> None:
        self._leave_out_what_is_taken()
        self._store.load((each.article, each.statements) for each in self.batch.values())
        for each in self.batch.values():
            self._manifest.note(each.article, self._versions(each.article.language or ""))
            self.articles += 1
            self.sentences += each.sentences
            self.event_types.update(statement.event_type for statement in each.statements)
        self._manifest.commit()
        self.batch.clear()
        self._characters = 0

    def _leave_out_what_is_taken(self) -> None:
        """Leaves out new articles whose ids stand for other texts in the store, by another manifest."""
        places = self._manifest.never_stored(self.batch)
        for id_, digest in (self._store.digests(places) if places else {}).items():
            if digest != self.batch[id_].article.digest:
                reason = (
                    f"the id {id_!r} is taken by another text in the store, and no manifest says from where; "
                    f"`kg remove {id_}` takes that out"
                )
                self.leave_out(id_, Failure(places[id_], reason))
                self._manifest.forget(id_)
                del self.batch[id_]


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
            yield Extraction(article, sentences, tuple(_signed(statements, article, extractor, parser)))


def _signed(
    statements: Iterable[Statement], article: Article, extractor: Extractor, parser: Parser
) -> Iterator[Statement]:
    """The statements with the full version of what made them."""
    language = article.language or ""
    version = full_version(extractor.version, language, parser.given_pipeline(language))
    return (replace(each, extractor=version) for each in statements)


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
