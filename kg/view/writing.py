"""Foreign text → text that can be shown beside other text and changes nothing of it; so `words.js` has it."""

import re
import unicodedata
from html import escape

__all__ = ["isolate", "show_controls"]

MARKS = 3  # combining marks that a letter keeps: Hebrew and Vietnamese need no more
# What prints nothing, and what turns the direction of the text that follows it.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def show_controls(text: str) -> str:
    """The text with its control characters by their codes, and no heap of marks on a letter.

    >>> show_controls("Agen\u021bia \u202efdp")
    'Agen\u021bia ‹U+202E›fdp'
    """
    shown = CONTROL.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)
    kept: list[str] = []
    marks = 0
    for sign in shown:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)


def isolate(text: str) -> str:
    """The HTML of a foreign text, in an element of its own where it is written from the right.

    >>> isolate("<b>")
    '&lt;b&gt;'
    """
    shown = escape(show_controls(text))
    backwards = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
    return f"<bdi>{shown}</bdi>" if backwards else shown
