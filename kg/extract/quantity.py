"""The number that a phrase gives of what it names: "o mie de geniști", "$64.45 million"."""

import re

from kg.lexicon import Numbers

__all__ = ["find_quantity", "read_quantity"]

DIGITS = re.compile(r"\d[\d.,]*")


def read_quantity(words: list[str], numbers: Numbers) -> float | None:
    """The value of the first number among lower-case `words`, or `None` where they give none.

    An article alone ("a plan", "un acord") is no number, and a bare multiplier ("mii") is inexact.

    >>> from kg.lexicon import load_lexicon
    >>> read_quantity("cinci mii de muncitori".split(), load_lexicon("ro").numbers)
    5000.0
    """
    found = find_quantity(words, numbers)
    return found[0] if found else None


def find_quantity(words: list[str], numbers: Numbers) -> tuple[float, int] | None:
    """The value of the first number and the place of the word after it, or `None`."""
    total, current, exact, seen = 0.0, 0.0, False, False
    end = 0
    for position, word in enumerate(words):
        digits = DIGITS.fullmatch(word.strip("$€£"))
        if digits:
            current, seen, exact = _digits(digits.group(), numbers), True, True
        elif word in numbers.multipliers and seen:
            scale = numbers.multipliers[word]
            if scale >= 1000:
                total, current = total + (current or 1) * scale, 0.0
            else:
                current = (current or 1) * scale
            exact = True
        elif word in numbers.words:
            value = numbers.words[word]
            current, seen = current + value, True
            exact = exact or value > 1
        elif seen and word in numbers.joiners:
            continue
        elif exact:
            break
        else:
            current, seen = 0.0, False
            continue
        end = position + 1
    return (total + current, end) if exact else None


def _digits(text: str, numbers: Numbers) -> float:
    plain = text.strip(".,")
    thousands = re.escape(numbers.thousands)
    if re.fullmatch(rf"\d{{1,3}}(?:{thousands}\d{{3}})+", plain):
        return float(plain.replace(numbers.thousands, ""))
    whole = plain.replace(numbers.thousands, "") if plain.count(numbers.thousands) > 1 else plain
    cleaned = whole.replace(numbers.decimal, ".")
    return float(cleaned) if cleaned.count(".") <= 1 else float(cleaned.replace(".", ""))
