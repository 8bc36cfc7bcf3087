"""Linking in parsed sentences: homonyms, people, bodies that many states have, offsets."""

from itertools import pairwise

import pytest
import spacy

from kg.actors import FormKind, load_actors
from kg.extract.link import Link, link_mentions, possible_states
from kg.model import Article
from kg.parse import Parser

ACTORS = load_actors()
PARSER = Parser()


def links(text: str, language: str, published: str | None = None) -> tuple[Link, ...]:
    article = Article("a", text, language, published=published)
    found = link_mentions(article, PARSER.parse(article), ACTORS)
    for link in found:
        span = link.mention.span
        assert article.text[span.start : span.end] == link.mention.text
        assert 0.0 <= link.confidence <= 1.0
        assert link.reason
    for one, other in pairwise(found):
        assert one.mention.span.end <= other.mention.span.start
    return found


def ids(text: str, language: str, published: str | None = None) -> list[tuple[str, str | None]]:
    return [
        (link.mention.text, link.actor.id if link.actor else None)
        for link in links(text, language, published)
    ]


@pytest.mark.parametrize(
    ("language", "text", "name", "actor"),
    [
        ("en", "Russia sent troops into Georgia and Tbilisi protested.", "Georgia", "GEO"),
        ("en", "He won in Georgia, where Atlanta voted for the Democrats.", "Georgia", "USA"),
        ("ro", "Trupele ruse au intrat în Georgia, iar Tbilisi a protestat.", "Georgia", "GEO"),
        ("en", "Rebels in Congo attacked Goma while Rwanda denied any role.", "Congo", "COD"),
        ("en", "Congo expelled two envoys, officials in Brazzaville said.", "Congo", "COG"),
        ("ro", "Rebelii din Congo au atacat orașul Goma, aproape de Rwanda.", "Congo", "COD"),
        ("en", "Brussels told the government that the European Union would not pay.", "Brussels", "EU"),
        ("en", "Brussels, where NATO allies met, was calm.", "Brussels", "NATO"),
        ("en", "Belgium raised the alert in Brussels.", "Brussels", "BEL"),
        ("ro", "Belgia a anunțat măsuri la Bruxelles.", "Bruxelles", "BEL"),
        ("ro", "Bruxelles a avertizat că Uniunea Europeană nu va plăti.", "Bruxelles", "EU"),
        ("ro", "Moldova a cerut ajutor după ce Moscova a tăiat gazul la Chișinău.", "Moldova", "MDA"),
        ("ro", "În Moldova, la Iași și Bacău, drumurile sunt blocate.", "Moldova", "ROU"),
        ("ro", "Roma și Parisul au semnat acordul.", "Roma", "ITA"),
        ("en", "Jordan recalled its ambassador from Israel.", "Jordan", "JOR"),
        ("en", "Washington warned Tehran.", "Washington", "USA"),
        ("en", "Chad closed its border with Sudan.", "Chad", "TCD"),
        ("ro", "Coreea va răspunde, a spus ministrul apărării la Seul.", "Coreea", "KOR"),
        ("en", "Turkey bought missiles from Russia.", "Turkey", "TUR"),
    ],
)
def test_a_homonym_is_told_by_its_context(language: str, text: str, name: str, actor: str) -> None:
    assert dict(ids(text, language))[name] == actor


def test_what_cannot_be_told_stays_open() -> None:
    (link,) = links("Congo closed the border.", "en")
    assert (link.mention.text, link.actor, link.confidence) == ("Congo", None, 0.0)


@pytest.mark.parametrize(
    ("published", "actor"),
    [("1990-08-02", "george-h-w-bush"), ("2003-03", "george-w-bush"), (None, "george-w-bush")],
)
def test_the_date_decides_between_people_of_one_name(published: str | None, actor: str) -> None:
    assert dict(ids("Bush warned Iraq on Monday.", "en", published))["Bush"] == actor


def test_a_full_name_before_decides_the_surname() -> None:
    text = "Hillary Clinton flew to Tokyo. Clinton thanked Japan."
    assert [actor for name, actor in ids(text, "en", "1995-01-01") if "Clinton" in name] == [
        "hillary-clinton"
    ] * 2


def test_a_text_introduces_people() -> None:
    text = "Premierul polonez Jan Kowalczyk a sosit la Kiev. Kowalczyk a promis ajutor."
    people = [link for link in links(text, "ro") if link.actor and link.actor.id == "jan-kowalczyk"]
    assert [link.mention.text for link in people] == ["Jan Kowalczyk", "Kowalczyk"]
    assert {link.actor.state for link in people if link.actor} == {"POL"}
    assert people[0].reason == "introduced in the text"


def test_an_english_text_introduces_people() -> None:
    text = "Hungarian Prime Minister Janos Kovacs arrived in Kyiv. Kovacs promised help."
    people = [link for link in links(text, "en") if link.actor and link.actor.id == "janos-kovacs"]
    assert [link.mention.text for link in people] == ["Janos Kovacs", "Kovacs"]
    assert people[1].reason == "surname of a person named before"


def test_a_family_name_that_stands_first_goes_on_alone() -> None:
    text = "Liderul nord-coreean Kim Jong Un a primit delegația. Kim a zâmbit."
    assert [actor for name, actor in ids(text, "ro") if name.startswith("Kim")] == ["kim-jong-un"] * 2


def test_a_body_of_another_state_is_not_the_famous_one() -> None:
    text = "Secretarul Consiliului de Securitate al Rusiei a sosit."
    assert ids(text, "ro") == [("Rusiei", "RUS")]
    assert ids("Consiliul de Securitate s-a întrunit.", "ro") == [("Consiliul de Securitate", "UNSC")]


def test_an_embassy_is_of_its_state() -> None:
    state, place = links("Ambasada Rusiei la București a protestat.", "ro")
    assert (state.mention.text, state.form) == ("Rusiei", FormKind.NAME)
    assert (place.mention.text, place.form) == ("București", FormKind.CITY)
    assert links("Guvernul de la București a protestat.", "ro")[0].form is FormKind.CAPITAL


def test_cedilla_and_comma_below_are_one() -> None:
    assert ids("Preşedintele Franţei", "ro") == [("Franţei", "FRA")]


def test_a_compound_gives_a_link_for_each_part() -> None:
    assert ids("Războiul ruso-ucrainean continuă.", "ro") == [("ruso", "RUS"), ("ucrainean", "UKR")]


def test_a_newspaper_is_not_its_country() -> None:
    assert ids("China Daily reported it.", "en") == [("China Daily", "china-daily")]


def test_a_text_without_names_has_no_links() -> None:
    assert links("Ploaie și vânt mâine.", "ro") == ()


def test_a_surname_of_many_needs_a_word_of_its_state() -> None:
    assert ("Johnson", "boris-johnson") not in ids("Johnson cânta la pian.", "ro")
    assert ("Johnson", "boris-johnson") in ids("Johnson a scos Marea Britanie din UE.", "ro", "2020-02")


def test_a_doc_without_a_parse_is_linked_too() -> None:
    text = "Rusia și Franța discută la Kiev cu Putin."
    found = link_mentions(Article("a", text, "ro"), spacy.blank("ro")(text), ACTORS)
    assert [link.actor.id for link in found if link.actor] == ["RUS", "FRA", "UKR", "vladimir-putin"]


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("en", "It rained in the hills.", None, set()),
        ("en", "Russian officials said that Russia and Moscow were calm.", None, {"RUS"}),
        ("en", "He won in Georgia.", None, {"GEO", "USA"}),
        ("ro", "Relațiile ruso-ucrainene s-au răcit.", None, {"RUS", "UKR"}),
        ("en", "António Guterres thanked Spain.", "2001-01-01", {"PRT", "ESP"}),
        ("en", "António Guterres thanked Spain.", "2020-01-01", {"UN", "ESP"}),
    ],
)
def test_states_that_a_text_may_name(language, text, published, expected):
    article = Article("a", text, language, published=published)
    assert set(possible_states(article, ACTORS)) == expected
    assert {link.actor.state for link in links(text, language, published) if link.actor} <= expected
