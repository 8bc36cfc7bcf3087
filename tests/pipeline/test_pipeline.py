"""Articles → statements → store, with an extractor of our own."""

from functools import partial

import pytest

from kg import pipeline
from kg.articles import Failure
from kg.errors import PipelineError
from kg.extract.relocation import relocate
from kg.manifest import Manifest
from kg.model import Article
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


def test_build_reports_and_stores(parser, tmp_path):
    failures = []
    engine = partial(extract_statements, extractor=Counter(), parser=parser)
    with EmbeddedStore.open(tmp_path / "store") as store, Manifest.open(":memory:") as manifest:
        placed = [(f"place {number}", item) for number, item in enumerate(ARTICLES)]
        report = build(placed, engine, store, manifest, version="counter/1", fail=failures.append)
        assert [article.id for article in store.articles()] == ["a", "c"]
    assert (report.articles, report.sentences, report.statements, report.event_types) == (2, 3, 0, {})
    assert (report.failed, [failure.where for failure in failures]) == (2, ["x.txt", "b"])


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
