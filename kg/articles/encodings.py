"""How the bytes of a text are to be read: by their mark, by what they declare, as UTF-8, or by a guess."""

import codecs
import logging
import re
from collections import Counter
from functools import lru_cache
from operator import itemgetter
from unicodedata import category

from kg.articles.words import text_words
from kg.errors import ArticleError

__all__ = ["UTF_8", "find_encoding"]

UTF_8 = "utf-8"
# The longer marks first: that of UTF-32 starts as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)|<meta[^>]+charset\s*=\s*["']?([\w.:-]+)""", re.I
)
# What a text that declares the first is in, as browsers take it: with UTF-16 it would not have been read.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "utf-8-sig": UTF_8}
MEANT |= dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"), UTF_8)
FOREIGN = 10  # one character in so many may be foreign to a language: names of others have some
logger = logging.getLogger("kg.articles")


def find_encoding(where: str, head: bytes, declared: str | None = None) -> str:
    """The name of the codec for a text that starts with `head`; other than UTF-8, it is logged.

    `declared` is what an answer over HTTP says.
    Raises: ArticleError for what is no text, or in no encoding that can be told.
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding if encoding == UTF_8 else _tell(where, encoding, "by its byte order mark")
    if b"\0" in head:
        raise ArticleError("holds NUL bytes: a binary file")
    if said := _known(declared) or _declared(head):
        return said if said == UTF_8 else _tell(where, said, "as declared")
    if _mostly_utf_8(head):
        return UTF_8
    return _tell(where, _guess(head), "a guess; save it as UTF-8 if that is wrong")


def _declared(head: bytes) -> str | None:
    if not head.lstrip().startswith(b"<"):
        return None
    found = DECLARED.search(head)
    return _known((found[1] or found[2]).decode("ascii", "replace")) if found else None


def _known(name: str | None) -> str | None:
    """The codec's own name, `None` where there is no such encoding of text."""
    if name is None:
        return None
    try:
        found = codecs.lookup(name).name
        b"a".decode(name)
    except (LookupError, ValueError):
        return None
    return MEANT.get(found, found)


def _mostly_utf_8(head: bytes) -> bool:
    """Whether at least half of what isn't ASCII is UTF-8; the last character may be cut off."""
    text = codecs.getincrementaldecoder(UTF_8)("replace").decode(head)
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    return wrong == 0 or sum(character > "\x7f" for character in text) - wrong >= wrong


def _guess(head: bytes) -> str:
    """The encoding, of those of the languages, in which the fewest characters are foreign to its language."""
    guesses: list[tuple[int, str]] = []
    for words in text_words():
        for encoding in words.encodings:
            rare = Counter(re.findall(r"[^\t\n\f\r -~]", head.decode(encoding, "replace")))
            foreign = (each for each in rare if each not in words.letters and category(each)[0] not in "PZ")
            guesses.append((sum(rare[each] for each in foreign), encoding))
    fewest, encoding = min(guesses, key=itemgetter(0))
    if fewest > len(head) / FOREIGN:
        raise ArticleError("in no known encoding: a binary file, or text to be saved as UTF-8")
    return encoding


@lru_cache(maxsize=10_000)
def _tell(where: str, encoding: str, how: str) -> str:
    logger.warning("kg: %s: read as %s, %s", where, encoding, how)
    return encoding
