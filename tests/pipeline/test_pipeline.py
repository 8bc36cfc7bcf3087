"""Articles → statements → store, with an extractor of our own."""

from dataclasses import replace
from functools import partial
from itertools import islice

import pytest

from kg import pipeline
from kg.articles import Failure
from kg.errors import PipelineError
from kg.extract.relocation import relocate
from kg.manifest import Manifest
from kg.model import Article
from kg.parse import Parser
from kg.pipeline import Extraction, build, extract_statements, load_extractor
from kg.store.embedded import EmbeddedStore

GONE = Failure("x.txt", "no such file or folder")
ARTICLES = [
    GONE,
    Article("a", "France thanked Italy.\n\n\n", "en"),
    Article("b", "France fell.", "en"),
    Article("c", "Italy thanked France. It said so.", "en"),
]


class Counter:
    """Finds nothing, and fails where something fell."""

    version = "counter/1"

    def needs_parse(self, article):
        if "flood" in article.text:
            raise ValueError("flooded")
        return "weather" not in article.text

    def extract(self, article, doc):  # noqa: ARG002
        if any(token.lemma_ == "fall" for token in doc):
            raise LookupError("fell")
        return ()


@pytest.fixture
def engine(parser):
    """What a process does, in this one."""
    extractor = load_extractor()
    return partial(extract_statements, extractor=extractor, parser=parser)


def test_failures_pass_and_the_run_goes_on(parser):
    found = list(extract_statements(ARTICLES, Counter(), parser))
    assert found == [
        GONE,
        Extraction(ARTICLES[1], 1, ()),
        Failure("b", "counter/1 failed: LookupError: fell"),
        Extraction(ARTICLES[3], 2, ()),
    ]


def test_what_needs_no_parse_gets_none(engine):
    counting = partial(extract_statements, extractor=Counter(), parser=Parser({"en": "no_such_pipeline"}))
    aside = Article("a", 'The weather\n\n"It was fine." Was it? He said so (to us.) and left', "en")
    assert list(counting([GONE, aside])) == [GONE, Extraction(aside, 5, ())]
    [failed] = counting([Article("b", "It was a flood.", "en")])
    assert failed == Failure("b", "counter/1 failed: ValueError: flooded")
    with pytest.raises(PipelineError, match="no_such_pipeline"):
        list(counting([ARTICLES[1]]))
    domestic = Article("d", "Guvernul României a aprobat bugetul. România are un buget.")
    assert list(engine([domestic])) == [Extraction(replace(domestic, language="ro"), 2, ())]
    [strange] = engine([replace(domestic, language="xx")])
    assert isinstance(strange, Failure)


def test_build_reports_and_stores(parser, tmp_path):
    failures = []
    engine = partial(extract_statements, extractor=Counter(), parser=parser)
    with EmbeddedStore.open(tmp_path / "store") as store, Manifest.open(":memory:") as manifest:
        placed = [(f"place {number}", item) for number, item in enumerate(ARTICLES)]
        report = build(placed, engine, store, manifest, version="counter/1", fail=failures.append)
        assert [article.id for article in store.articles()] == ["a", "c"]
    assert (report.articles, report.sentences, report.statements, report.event_types) == (2, 3, 0, {})
    assert (report.failed, [failure.where for failure in failures]) == (2, ["x.txt", "b"])


class Recording(EmbeddedStore):
    """Knows how many articles it was given at once."""

    def load(self, articles):
        given = list(articles)
        self.sizes = [*getattr(self, "sizes", ()), len(given)]
        super().load(given)


def silent(articles):
    """Finds nothing without reading."""
    return (Extraction(item, 0, ()) if isinstance(item, Article) else item for item in articles)


def numbered(texts):
    return [(f"place {number}", Article(f"a{number}", text, "en")) for number, text in enumerate(texts)]


def test_batches_grow_with_the_run_up_to_a_limit(tmp_path, monkeypatch):
    for name, value in {"BATCH": 2, "GROWTH": 4, "MOST": 5, "CHARACTERS": 1000}.items():
        monkeypatch.setattr(pipeline, name, value)
    articles = numbered([*(f"{number}" for number in range(40)), "long " * 200, "short"])
    with Recording.open(tmp_path / "store") as store, Manifest.open(":memory:") as manifest:
        build(articles, silent, store, manifest, version="silent/1")
        assert store.sizes == [2, 2, 2, 2, 2, 3, 4, 5, 5, 5, 5, 4, 1]


def test_what_was_read_before_a_run_was_broken_off_is_kept(tmp_path):
    def broken_off(articles):
        yield from islice(silent(articles), 3)
        raise KeyboardInterrupt

    articles = numbered(["one", "two", "three", "four"])
    with EmbeddedStore.open(tmp_path / "store") as store, Manifest.open(":memory:") as manifest:
        manifest.begin()
        with pytest.raises(KeyboardInterrupt):
            build(articles, broken_off, store, manifest, version="silent/1")
        assert [article.id for article in store.articles()] == ["a0", "a1", "a2"]
        manifest.begin()
        report = build(articles, silent, store, manifest, version="silent/1")
        assert (report.articles, report.unchanged) == (1, 3)


def test_unknown_extractor_is_named():
    with pytest.raises(PipelineError, match=r"no extractor 'magic'; there are: .*rules"):
        load_extractor("magic")


def test_a_long_article_is_read_in_pieces(engine, monkeypatch):
    paragraphs = [
        "France thanked Italy.",
        "Romania condemned Moldova. It rained.",
        "Russia attacked Ukraine.",
    ]
    text = "\n\n".join(paragraphs)
    [whole] = engine([Article("a", text, "en")])
    monkeypatch.setattr(pipeline, "LONGEST", 50)
    [pieced] = engine([Article("a", text)])
    assert (pieced.article, pieced.sentences) == (whole.article, whole.sentences)
    assert pieced.statements == tuple(relocate(each, "a", 0) for each in whole.statements)
    assert {each.evidence.span.of(text) for each in pieced.statements} == {
        "France thanked Italy.",
        "Romania condemned Moldova.",
        "Russia attacked Ukraine.",
    }
