from dataclasses import fields

import pytest

from kg.errors import LanguageError
from kg.lexicon import languages, load_lexicon
from kg.ontology import load_ontology


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
