import shutil
from dataclasses import fields

import pytest

from kg import lexicon
from kg.errors import LanguageError, LexiconError
from kg.lexicon import LANGUAGES, languages, load_lexicon
from kg.ontology import load_ontology

FRAME = b"[[frame]]\nlemmas = ['a']\nrelation = 'sr:aids'\n"


@pytest.mark.parametrize("code", languages())
def test_every_frame_names_a_relation_of_the_ontology(code):
    ontology = load_ontology()
    for frames in load_lexicon(code).frames.values():
        for frame in frames:
            assert ontology.relation(frame.relation).event_type


@pytest.mark.parametrize("code", languages())
def test_every_kind_of_theme_is_a_class_of_words(code):
    lexicon = load_lexicon(code)
    for frames in lexicon.frames.values():
        for frame in frames:
            for name in frame.theme_types:
                assert lexicon.classes_named(name), f"{frame.relation}: no class {name}"


@pytest.mark.parametrize("code", languages())
def test_both_languages_can_tell_the_same_event_types(code):
    ontology = load_ontology()
    told = {
        ontology.relation(frame.relation).event_type
        for frames in load_lexicon(code).frames.values()
        for frame in frames
    }
    assert told == set(ontology.event_types)


def test_no_word_has_two_lives_in_the_cues_of_denial_and_report():
    for code in languages():
        cues = load_lexicon(code).cues
        assert not cues.deny & cues.report
        assert all(getattr(cues, field.name) is not None for field in fields(cues))


def test_unknown_language_names_those_there_are():
    with pytest.raises(LanguageError, match=r"'xx'.*en, ro"):
        load_lexicon("xx")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("classes.toml", b"weapon = 3", "weapon is 3, not a list"),
        ("classes.toml", b"weapon = [[]]", "weapon is [], not a string"),
        ("classes.toml", b"\xff", "not TOML"),
        ("classes.toml", b"a = " + b"[" * 5_000, "not TOML"),
        ("language.toml", b"name = 1", "name is 1, not a string"),
        ("language.toml", b'name = "E"\npipeline = "p"\ngrammar = []', "the table is [], not a table"),
        ("time.toml", b"capitalised = 1", "capitalised is 1, not true or false"),
        ("frames/own.toml", b"frame = {}", "frame is {}, not a list"),
        ("frames/own.toml", b"[[frame]]\nlemmas = ['a']\nrelation = 1", "relation is 1, not a string"),
        ("frames/own.toml", FRAME + b"pos = 'x'", "pos is 'x', not one of verb"),
        ("frames/own.toml", FRAME + b"target = ['$x']", "lacks the key 'x'"),
    ],
)
def test_wrong_file_of_a_language_is_named(tmp_path, monkeypatch, name, content, reason):
    shutil.copytree(LANGUAGES / "en", tmp_path / "en")
    (tmp_path / "en" / name).write_bytes(content)
    monkeypatch.setattr(lexicon, "LANGUAGES", tmp_path)
    lexicon._load.cache_clear()
    try:
        with pytest.raises(LexiconError) as raised:
            load_lexicon("en")
    finally:
        lexicon._load.cache_clear()
    assert str(raised.value).startswith(f"{tmp_path / 'en' / name}: ")
    assert reason in str(raised.value)
