import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quantity import read_quantity
from kg.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ro", "o mie de geniști", 1000),
        ("ro", "cinci mii de muncitori", 5000),
        ("ro", "zece milioane de dolari", 10_000_000),
        ("ro", "o sută cincizeci de tancuri", 150),
        ("ro", "douăzeci și cinci de avioane", 25),
        ("ro", "2,5 miliarde de euro", 2_500_000_000),
        ("ro", "12.000 de soldați", 12_000),
        ("ro", "mii de soldați", None),
        ("ro", "un acord", None),
        ("ro", "arme", None),
        ("en", "ten million dollars", 10_000_000),
        ("en", "$ 64.45 million", 64_450_000),
        ("en", "3,000 troops", 3000),
        ("en", "twenty five tanks", 25),
        ("en", "a hundred and fifty shells", 150),
        ("en", "thousands of soldiers", None),
        ("en", "a treaty", None),
    ],
)
def test_number_of_a_phrase(language, text, value):
    assert read_quantity(text.split(), load_lexicon(language).numbers) == value


@given(st.integers(min_value=2, max_value=10**9))
def test_digits_read_back_in_both_conventions(number):
    english, romanian = f"{number:,}", f"{number:,}".replace(",", ".")
    assert read_quantity([english, "men"], load_lexicon("en").numbers) == number
    assert read_quantity([romanian, "oameni"], load_lexicon("ro").numbers) == number
