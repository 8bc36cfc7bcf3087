"""Near copies are found, other stories in the same words are not."""

import random

import pytest

from kg.duplicates import ALIKE, estimate_similarity, sign

WORDS = [f"cuvânt{number}" for number in range(3_000)]


def story(seed, words=400):
    """A text of random words; seeds of their own give stories of their own."""
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def found(one, other):
    """Whether the two would be compared, and would be taken for the same."""
    one, other = sign(one), sign(other)
    return bool(set(one.bands) & set(other.bands)) and estimate_similarity(one.minima, other.minima) >= ALIKE


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text}\n\nAbonează-te la newsletter și primești zilnic cele mai noi știri.",
        lambda text: f"Ion Pop, corespondentul Agerpres la Paris. {text}",
        lambda text: text.replace(" ", "\n  "),
        lambda text: text.upper(),
        lambda text: text.replace("cuvânt7 ", "altul "),
        lambda text: text[: len(text) * 9 // 10],
    ],
)
def test_near_copies_are_found(change):
    stories = [story(seed) for seed in range(50)]
    assert [text for text in stories if not found(text, change(text))] == []


def test_stories_by_one_template_are_told_apart():
    def telegram(state, day, number):
        return (
            f"Ministrul de externe al statului {state} a anunțat pe {day} mai, la o conferință de presă la "
            f"sediul guvernului, că {number} cetățeni din {state} au fost aduși acasă cu {number // 9} "
            f"curse speciale. Potrivit ministrului, alți {number + 70} așteaptă în {state}, iar pe {day + 2} "
            f"va pleca o nouă cursă. Ambasada statului {state} a dat {number * 3} de documente de călătorie."
        )

    states = ["Franța", "Italia", "Spania", "Grecia", "Polonia"]
    telegrams = [telegram(state, day, day * 31) for day, state in enumerate(states, 3)]
    assert [
        (one, other) for one in telegrams for other in telegrams if one < other and found(one, other)
    ] == []


def test_short_texts_are_not_judged():
    assert sign(story(1, words=49)) is None
    assert sign(story(1, words=50)) is not None
