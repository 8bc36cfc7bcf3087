"""The whole extractor, where no single stage has the say."""

import pytest

from kg.extract.rules import RuleExtractor
from kg.model import Article, Role
from kg.parse import Parser


@pytest.fixture(scope="module")
def extract():
    parser, extractor = Parser(), RuleExtractor()

    def run(text, language, **known):
        article = Article("a", text, language, **known)
        return extractor.extract(article, parser.parse(article))

    return run


def test_same_article_gives_the_same_statements(extract):
    text = "Iran sold drones to Russia. Norway thanked Sweden."
    assert extract(text, "en") == extract(text, "en")


def test_statements_follow_the_text(extract):
    starts = [
        s.relation.span.start for s in extract("Iran sold drones to Russia. Norway thanked Sweden.", "en")
    ]
    assert starts == sorted(starts)
    assert len(starts) == 2


def test_converse_verbs_tell_one_fact(extract):
    (given,) = extract("Russia receives sappers from North Korea.", "en")
    (sent,) = extract("North Korea sends sappers to Russia.", "en")
    for statement in (given, sent):
        assert (statement.source, statement.relation.id, statement.target) == (
            "PRK",
            "sr:sendsPersonnelTo",
            "RUS",
        )
        assert statement.argument(Role.THEME).mention.text == "sappers"
    assert [(step.subject.text, step.link, step.object.text) for step in given.told] == [
        ("Russia", "receives", "sappers"),
        ("sappers", "from", "North Korea"),
    ]


def test_romanian_tells_the_same_fact_as_english(extract):
    (romanian,) = extract("Rusia primește geniști din Coreea de Nord.", "ro")
    assert (romanian.source, romanian.relation.id, romanian.target) == ("PRK", "sr:sendsPersonnelTo", "RUS")
    assert [(step.subject.text, step.link, step.object.text) for step in romanian.told] == [
        ("Rusia", "primește", "geniști"),
        ("geniști", "din", "Coreea de Nord"),
    ]


def test_cedilla_letters_read_like_comma_letters_and_stay_in_the_quote(extract):
    (statement,) = extract("Franţa a acuzat Rusia.", "ro")
    assert (statement.source, statement.target) == ("FRA", "RUS")
    assert statement.evidence.quote == "Franţa a acuzat Rusia."


@pytest.mark.parametrize(
    "text", ["", "   ", "😀 😀", "...", "word " * 5000], ids=["empty", "blank", "emoji", "dots", "long"]
)
@pytest.mark.parametrize("language", ["ro", "en"])
def test_text_without_sense_gives_nothing(extract, text, language):
    assert extract(text, language) == ()


@pytest.mark.parametrize(
    ("published", "president"),
    [("2010-05-01", "dmitry-medvedev"), ("2014-05-01", "vladimir-putin"), (None, "RUS")],
)
def test_office_means_its_holder_on_the_day_of_the_article(extract, published, president):
    (statement,) = extract("The Russian president visited Norway.", "en", published=published)
    assert statement.argument(Role.SUBJECT).actor.id == president
    assert statement.source == "RUS"
