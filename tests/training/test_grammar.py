"""Every sentence of the grammar is a sound tree with sound entities."""

from __future__ import annotations

import pytest
import spacy

from training.documents import build_doc
from training.grammar.inflection import Noun, Verb, adjectives, nouns, verbs
from training.grammar.sentences import News
from training.names import read_names
from training.tokenizer import mend_tokenizer
from training.trees import Sentence, check_tree, is_projective

NOUN_GROUPS = ("things", "masses", "papers", "measures", "messages", "events", "acts", "personnel", "groups")
VERB_GROUPS = (
    "strike",
    "give",
    "tell",
    "burden",
    "sign",
    "hold",
    "judge",
    "say",
    "plan",
    "ask",
    "meet",
    "go",
)


@pytest.fixture(scope="module")
def news() -> list[Sentence]:
    return list(News(5).sentences(1500))


def test_trees_are_single_rooted_and_projective(news: list[Sentence]) -> None:
    for sentence in news:
        check_tree(sentence)
        assert is_projective(sentence), sentence.text


def test_documents_say_what_the_sentences_say(news: list[Sentence]) -> None:
    vocab = spacy.blank("ro").vocab
    for sentence in news[:300]:
        doc = build_doc(vocab, [sentence], entities_known=True)
        assert doc.text.rstrip() == sentence.text
        assert len(list(doc.sents)) == 1
        assert len(doc.ents) == len(sentence.entities)


def test_the_tokenizer_cuts_the_sentences_alike(news: list[Sentence]) -> None:
    nlp = mend_tokenizer(spacy.blank("ro"))
    agreeing = [[t.text for t in nlp(s.text)] == [t.form for t in s.tokens] for s in news]
    assert sum(agreeing) / len(agreeing) > 0.99


def test_entities_lie_apart_and_inside(news: list[Sentence]) -> None:
    for sentence in news:
        ends = 0
        for entity in sentence.entities:
            assert ends <= entity.start < entity.end <= len(sentence)
            ends = entity.end


def test_all_relations_of_the_news_occur(news: list[Sentence]) -> None:
    seen = {token.deprel for sentence in news for token in sentence.tokens}
    wanted = (
        "nsubj nsubj:pass obj iobj obl obl:pmod obl:agent obl:tmod nmod amod acl advcl ccomp parataxis appos"
    )
    assert seen.issuperset(f"{wanted} flat fixed conj cc aux aux:pass expl expl:pv expl:pass nummod".split())


def test_the_same_seed_gives_the_same_sentences(news: list[Sentence]) -> None:
    assert list(News(5).sentences(40)) == list(News(5).sentences(40))
    assert list(News(6).sentences(40)) != news[:40]


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        (Noun("acord", "n", "acorduri"), "acordul acordului acordurile acordurilor"),
        (Noun("ministru", "m", "miniștri"), "ministrul ministrului miniștrii miniștrilor"),
        (Noun("rezoluție", "f", "rezoluții"), "rezoluția rezoluției rezoluțiile rezoluțiilor"),
        (Noun("vizită", "f", "vizite"), "vizita vizitei vizitele vizitelor"),
        (Noun("scrisoare", "f", "scrisori"), "scrisoarea scrisorii scrisorile scrisorilor"),
        (Noun("președinte", "m", "președinți"), "președintele președintelui președinții președinților"),
    ],
)
def test_nouns_inflect(noun: Noun, forms: str) -> None:
    spelt = [
        noun.inflect(plural, True, genitive).form for plural in (False, True) for genitive in (False, True)
    ]
    assert " ".join(spelt) == forms


def test_participles_agree() -> None:
    verb = Verb("trimite", "trimis", "trimite", "trimit", "trimită", "trimițând")
    spelt = [verb.be_participle(gender, plural).form for gender in "mf" for plural in (False, True)]
    assert spelt == ["trimis", "trimiși", "trimisă", "trimise"]


def test_the_lexicon_can_be_read() -> None:
    assert all(nouns(name) for name in NOUN_GROUPS)
    assert all(verbs(name) for name in VERB_GROUPS)
    assert all(len(adjective.forms) == 4 for adjective in adjectives("kinds"))
    assert {state.gender for state in read_names().states} == {"f", "m"}
