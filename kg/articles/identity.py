"""What makes an article the one that it is: its place, or an id that it brings along."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePath
from typing import Self

__all__ = ["Place", "other_ids", "short_digest"]


class Place(str):
    """Where an article is, as people are told it (`news.jsonl:3`), with what makes its identity.

    `file` is the absolute path, or the address, of what was read. Two articles with one `key` are one
    article, in this run and in others, whatever it says by then. An id that is its `own` is never changed.

    >>> place = Place("news/1.txt", "/home/ana/news/1.txt")
    >>> place, place.key, place.own
    ('news/1.txt', '/home/ana/news/1.txt', False)
    """

    __slots__ = ("file", "key", "own")
    file: str
    key: str
    own: bool

    def __new__(cls, where: str, file: str, key: str | None = None, *, own: bool = False) -> Self:
        place = super().__new__(cls, where)
        place.file = file
        place.key = file if key is None else key
        place.own = own
        return place


def other_ids(id: str, place: Place) -> Iterator[str]:  # noqa: A002
    """The ids for an article where another place has its id already; none where that is its own.

    >>> list(other_ids("1", Place("1.txt", "/news/d18/1.txt")))
    ['d18/1.txt', 'news/d18/1.txt', '1-52bbbf5f']
    """
    if place.own:
        return
    if place.key == place.file and os.path.isabs(place.file):  # noqa: PTH117
        parts = PurePath(place.file).parts
        for start in range(len(parts) - 2, 0, -1):
            yield "/".join(parts[start:])
    yield f"{id}-{short_digest(place.key)}"


def short_digest(text: str) -> str:
    """Eight digits that tell a text from others."""
    return sha256(text.encode(errors="replace")).hexdigest()[:8]
