"""The articles in seeds/: long enough, with whole headers, in two languages; some events are told twice."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.model import Article

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = list(read_articles([SEEDS]))
HEADER = ("title: ", "publisher: ", "language: ")


def test_every_file_is_read():
    assert all(isinstance(article, Article) for article in ARTICLES), ARTICLES
    assert {article.id for article in ARTICLES} == {file.stem for file in SEEDS.glob("*.txt")}


def test_half_are_romanian_half_english():
    counts = Counter(article.language for article in ARTICLES)
    assert set(counts) == {"en", "ro"}
    assert min(counts.values()) >= 12
    assert counts["en"] == counts["ro"]
    assert all(article.id.startswith(f"{article.language}-") for article in ARTICLES)


def test_events_are_told_in_both_languages_by_differing_sources():
    tellings = {}
    for article in ARTICLES:
        tellings.setdefault(article.id.partition("-")[2], []).append(article)
    twice = {event: articles for event, articles in tellings.items() if len(articles) == 2}
    assert len(twice) >= 5
    for articles in twice.values():
        assert len({article.publisher for article in articles}) == 2
        days = sorted(date.fromisoformat(article.published) for article in articles)
        assert (days[1] - days[0]).days <= 2


@pytest.mark.parametrize(
    "names",
    [("Russia", "Rusia", "Ukraine", "Ucraina"), ("Russia", "Rusia", "North Korea", "Coreea de Nord")],
    ids=["RUS-UKR", "RUS-PRK"],
)
def test_a_dyad_has_many_articles_over_more_than_a_year(names):
    first, second = names[:2], names[2:]
    days = sorted(
        date.fromisoformat(article.published)
        for article in ARTICLES
        if any(name in article.text for name in first) and any(name in article.text for name in second)
    )
    assert len(days) >= 8
    assert (days[-1] - days[0]).days > 365


def test_readme_names_every_article_with_its_day():
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert "written for this project" in readme.partition("\n\n")[2].replace("\n", " ")[:120]
    rows = [line for line in readme.splitlines() if line.startswith("| `")]
    named = {article.id: row for article in ARTICLES for row in rows if f"`{article.id}`" in row}
    assert {article.id for article in ARTICLES} == set(named)
    for article in ARTICLES:
        assert article.published in named[article.id] or f"-{article.published[-2:]}" in named[article.id]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_article_is_long_enough_and_its_header_whole(article):
    assert 250 <= len(article.text.split()) <= 600
    first, *others = (SEEDS / f"{article.id}.txt").read_text(encoding="utf-8").split("\n")[:5]
    assert first == f" date {date.fromisoformat(article.published)}"
    assert [line[: len(start)] for line, start in zip(others, HEADER, strict=False)] == list(HEADER)
    assert others[-1] == ""
    assert article.title
    assert any(word in article.publisher for word in ("Example", "Exemplu"))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_letters_are_those_of_the_language(article):
    assert not set("şţŞŢ") & set(article.text)
    assert ("„" in article.text) == ("”" in article.text)
    if article.language == "ro":
        assert set("ăâîșț") <= set(article.text)
        assert '"' not in article.text
