"""Articles → statements → store, with an extractor of our own."""

import pytest

from kg.articles import Failure
from kg.errors import PipelineError
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


def test_failures_pass_and_the_run_goes_on(parser):
    found = list(extract_statements(ARTICLES, Counter(), parser))
    assert found == [
        GONE,
        Extraction(ARTICLES[1], 1, ()),
        Failure("b", "counter/1 failed: LookupError: fell"),
        Extraction(ARTICLES[3], 2, ()),
    ]


def test_build_reports_and_stores(parser, tmp_path):
    with EmbeddedStore.open(tmp_path / "store") as store:
        report = build(ARTICLES, Counter(), store, parser)
        assert [article.id for article in store.articles()] == ["a", "c"]
    assert (report.articles, report.sentences, report.statements, report.event_types) == (2, 3, 0, {})
    assert [failure.where for failure in report.failures] == ["x.txt", "b"]


def test_unknown_extractor_is_named():
    with pytest.raises(PipelineError, match=r"no extractor 'magic'; there are: .*rules"):
        load_extractor("magic")
