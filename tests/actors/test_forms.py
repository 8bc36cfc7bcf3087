"""Which actor a form names, and what names none: tables written by hand, a file per language."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.actors import FormKind, load_actors
from kg.actors.finder import finder, fold
from kg.actors.table import read_table
from kg.errors import KGError
from kg.extract.link import link_mentions
from kg.model import Article
from kg.parse import Parser

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "kg" / "actors" / "sources"
LANGUAGES = ("en", "ro")
ACTORS = load_actors()


def pairs(language: str) -> list[tuple[str, str]]:
    rows = read_table(HERE / f"forms.{language}.tsv")
    return [(form, actor) for actor, forms in rows for form in forms.split("; ")]


def unlinked(language: str) -> list[tuple[str, str]]:
    return [(text, actor) for actor, text in read_table(HERE / f"unlinked.{language}.txt")]


def found(text: str, language: str) -> list[tuple[str, set[str]]]:
    items = finder(ACTORS, language).find(text)
    return [(text[item.start : item.end], {form.actor for form in item.forms}) for item in items]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_names_its_actor(language: str) -> None:
    cases = pairs(language)
    wrong = [(form, actor) for form, actor in cases if found(form, language) != [(form, {actor})]]
    assert len(cases) >= 400
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_looks_like_a_form_names_nobody(language: str, parser: Parser) -> None:
    cases = unlinked(language)
    linked = []
    for text, actor in cases:
        article = Article("a", text, language)
        links = link_mentions(article, parser.parse(article), ACTORS)
        linked += [(text, link.mention.text) for link in links if link.actor and link.actor.id == actor]
    assert len(cases) >= 60
    assert linked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_the_cldr_names_its_own_territory(language: str) -> None:
    names = {name: code for code, name in read_table(SOURCES / f"territories.{language}.tsv")}
    wrong = {
        name: found(name, language)
        for name, code in names.items()
        if found(name, language) != [(name, {code})]
    }
    assert len(names) > 240
    assert wrong == {}


@given(
    st.lists(st.sampled_from(pairs("ro")), min_size=1, max_size=6),
    st.sampled_from([" și ", ", ", "\n", " – "]),
)
def test_an_offset_gives_the_form_wherever_it_stands(forms: list[tuple[str, str]], joint: str) -> None:
    text = joint.join(form for form, _ in forms)
    items = list(finder(ACTORS, "ro").find(text))
    assert all(text[item.start : item.end].strip() == text[item.start : item.end] for item in items)
    assert {actor for _, actor in forms} <= {form.actor for item in items for form in item.forms}


@given(st.text(max_size=80))
def test_any_text_is_read_and_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
    for item in finder(ACTORS, "en").find(text):
        assert 0 <= item.start < item.end <= len(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("războiul ruso-ucrainean", [("ruso-", {"RUS"}), ("ucrainean", {"UKR"})]),
        ("relațiile româno-maghiare", [("româno-", {"ROU"}), ("maghiare", {"HUN"})]),
        ("discuțiile sino-americane", [("sino-", {"CHN"}), ("americane", {"USA"})]),
        ("acordul franco-german", [("franco-", {"FRA"}), ("german", {"DEU"})]),
        (
            "tratatul româno-ruso-ucrainean",
            [("româno-", {"ROU"}), ("ruso-", {"RUS"}), ("ucrainean", {"UKR"})],
        ),
    ],
)
def test_a_compound_names_each_part(text: str, parts: list[tuple[str, set[str]]]) -> None:
    assert found(text, "ro") == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a Franco-German plan", [("Franco-", {"FRA"}), ("German", {"DEU"})]),
        ("Sino-American talks", [("Sino-", {"CHN"}), ("American", {"USA"})]),
        ("U.S.-Soviet summit", [("U.S.-", {"USA"}), ("Soviet", {"SUN"})]),
        ("Anglo-Irish accord", [("Anglo-", {"GBR"}), ("Irish", {"IRL"})]),
        ("US-led forces", [("US", {"USA"})]),
    ],
)
def test_an_english_compound_names_each_part(text: str, parts: list[tuple[str, set[str]]]) -> None:
    assert found(text, "en") == parts


def test_romanian_cases_are_told_apart() -> None:
    cases = {form.text: form.case for form in ACTORS.forms("ro") if form.kind is FormKind.NAME}
    assert cases["Rusia"] == "nom"
    assert cases["Rusiei"] == "gen"
    assert cases["SUA"] is None


def test_romanian_without_diacritics_is_read() -> None:
    text = "Presedintele Romaniei si premierul Frantei discuta cu romanii despre Coreea de Nord"
    assert [actors for _, actors in found(text, "ro")] == [{"ROU"}, {"FRA"}, {"ROU"}, {"PRK"}]


def test_an_unknown_actor_is_named_in_the_error() -> None:
    with pytest.raises(KGError, match="Atlantis"):
        ACTORS.actor("Atlantis")


def test_a_person_acts_for_the_state_of_the_office_held_then() -> None:
    assert ACTORS.acting("kaja-kallas", date(2022, 5, 1)).state == "EST"
    assert ACTORS.acting("kaja-kallas", date(2025, 5, 1)).state == "EU"
