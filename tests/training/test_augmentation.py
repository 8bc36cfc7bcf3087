"""Variants of sentences keep their trees, their entities and their text in step."""

from __future__ import annotations

import random

from training.augmentation import (
    Swapper,
    collect_persons,
    normalise,
    strip_diacritics,
    strip_some,
    vary,
    vary_quotes,
)
from training.names import Person
from training.trees import Entity, Sentence, Token, check_tree

RUSSIA = Sentence(
    (
        Token("Trupele", "trupă", "NOUN", "_", 3, "nsubj"),
        Token("Rusiei", "Rusia", "PROPN", "Case=Dat,Gen", 1, "nmod"),
        Token("părăsesc", "părăsi", "VERB", "_", 0, "root"),
        Token("„", "„", "PUNCT", "_", 5, "punct", space_after=False),
        Token("Ținutul", "ținut", "NOUN", "_", 3, "obj", space_after=False),
        Token("”", "”", "PUNCT", "_", 5, "punct"),
        Token("iranian", "iranian", "ADJ", "_", 5, "amod", space_after=False),
        Token(".", ".", "PUNCT", "_", 3, "punct"),
    ),
    (Entity(1, 2, "GPE"), Entity(6, 7, "NAT_REL_POL")),
)


def swapper(share: float = 1.0) -> Swapper:
    return Swapper.seeded(random.Random(3), share=share)


def test_diacritics_go_from_forms_only() -> None:
    stripped = strip_diacritics(RUSSIA)
    assert stripped.text == "Trupele Rusiei parasesc „Tinutul” iranian."
    assert stripped.tokens[2].lemma == "părăsi"
    assert stripped.entities == RUSSIA.entities


def test_cedillas_become_commas_below() -> None:
    old = Sentence((Token("Iaşi", "Iaşi", "PROPN"), Token("Ţara", "ţară", "NOUN")))
    assert normalise(old).text == "Iași Țara"
    assert normalise(old).tokens[1].lemma == "țară"


def test_swapped_names_keep_case_tree_and_entities() -> None:
    seen = {swapper().swap(RUSSIA).tokens[1].form for _ in range(2)}
    changed = swapper().swap(RUSSIA)
    check_tree(changed)
    assert seen != {"Rusiei"}
    assert changed.tokens[1].form.endswith(("ei", "iei", "ai", "ii", "aniei"))
    assert changed.tokens[1].feats == "Case=Dat,Gen"
    assert changed.entities == RUSSIA.entities
    assert len(changed) == len(RUSSIA)


def test_nothing_is_swapped_at_share_zero() -> None:
    assert swapper(0.0).swap(RUSSIA) == RUSSIA


def test_names_of_several_words_stay_whole() -> None:
    tokens = (Token("Rusia", "", ""), Token("Unită", "", ""))
    sentence = Sentence(tokens, (Entity(0, 2, "ORG"),))
    assert swapper().swap(sentence) == sentence


def test_full_names_are_collected_and_swapped() -> None:
    sentence = Sentence((Token("Ana", "", ""), Token("Pop", "", "")), (Entity(0, 2, "PERSON"),))
    assert collect_persons([sentence, RUSSIA]) == (Person("Ana", "Pop", "m"),)
    assert len({swapper().swap(sentence).text, "Ana Pop"}) == 2


def test_quotes_change_in_pairs() -> None:
    texts = {vary_quotes(RUSSIA, random.Random(seed)).text for seed in range(20)}
    assert "Trupele Rusiei părăsesc «Ținutul» iranian." in texts
    assert 'Trupele Rusiei părăsesc "Ținutul" iranian.' in texts
    unpaired = Sentence(RUSSIA.tokens[:5])
    assert vary_quotes(unpaired, random.Random(1)) == unpaired


def test_copies_are_the_same_for_the_same_seed() -> None:
    first, second = (vary([RUSSIA] * 5, random.Random(8), Swapper.seeded(random.Random(8))) for _ in range(2))
    assert first == second


def test_a_share_of_the_documents_loses_its_diacritics() -> None:
    groups = list(strip_some([[RUSSIA]] * 400, random.Random(5), 0.1))
    assert 15 < sum(part[0] != RUSSIA for part in groups) < 80
