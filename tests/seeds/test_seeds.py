"""The articles in seeds/: long enough, dated, in two languages, with the letters of Romanian."""

from collections import Counter
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.model import Article

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = list(read_articles([SEEDS]))


def test_every_file_is_read():
    assert all(isinstance(article, Article) for article in ARTICLES), ARTICLES
    assert {article.id for article in ARTICLES} == {file.stem for file in SEEDS.glob("*.txt")}


def test_four_are_romanian_and_two_english():
    counts = Counter(article.language for article in ARTICLES)
    assert counts["ro"] >= 4
    assert counts["en"] >= 2
    assert all(article.id.startswith(f"{article.language}-") for article in ARTICLES)


def test_one_event_is_told_in_both_languages():
    stems = Counter(article.id.partition("-")[2] for article in ARTICLES)
    assert [stem for stem, number in stems.items() if number == 2] == ["grain-corridor"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_article_is_dated_titled_and_long_enough(article):
    assert 250 <= len(article.text.split()) <= 400
    assert len(article.published) == len("2023-03-10")
    assert article.title
    assert article.publisher == "State Relations seeds"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_letters_are_those_of_the_language(article):
    assert not set("şţŞŢ") & set(article.text)
    assert ("„" in article.text) == ("”" in article.text)
    if article.language == "ro":
        assert set("ăâîșț") <= set(article.text)
        assert '"' not in article.text
