"""Sentences with named entities, out of the JSON Lines of RONEC."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.documents import MISSING
from training.trees import Entity, Sentence, Token, TreebankError

MERGED = {
    "PERIOD": "DATETIME",
    "MONEY": "NUMERIC",
    "QUANTITY": "NUMERIC",
    "ORDINAL": "NUMERIC",
}
LEFT_OUT = frozenset({"PRODUCT", "WORK_OF_ART", "LANGUAGE"})
# Classes that the first version of the corpus draws otherwise than the second.
DRAWN_OTHERWISE = LEFT_OUT | {"EVENT", "FACILITY"}


def read_entities(path: Path, first_version: bool = False) -> Iterator[Sentence]:
    """The sentences of a file with their entities in the classes of this project."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            record = json.loads(line)
            words, spaces, tags = record["tokens"], record["space_after"], record["ner_tags"]
            if not len(words) == len(spaces) == len(tags):
                raise TreebankError(f"{path.name}:{number}: columns of different length")
            tokens = tuple(
                Token(word, "", "", space_after=space) for word, space in zip(words, spaces, strict=True)
            )
            spans = [_merge(entity, words, first_version) for entity in _read_spans(tags)]
            yield Sentence(tokens, tuple(entity for entity in spans if entity is not None))


def _read_spans(tags: Sequence[str]) -> Iterator[Entity]:
    start: int | None = None
    for position, tag in enumerate([*tags, "O"]):
        if start is not None and (not tag.startswith("I-") or tag[2:] != tags[start][2:]):
            yield Entity(start, position, tags[start][2:])
            start = None
        if start is None and tag != "O":
            start = position


def _merge(entity: Entity, words: Sequence[str], first_version: bool) -> Entity | None:
    """The entity in the merged classes; None where the classes do not have it."""
    label = MERGED.get(entity.label, entity.label)
    if first_version and label in DRAWN_OTHERWISE:
        return Entity(entity.start, entity.end, MISSING)
    if label in LEFT_OUT:
        return None
    if label == "PERSON" and not any(word[:1].isupper() for word in words[entity.start : entity.end]):
        return None
    return Entity(entity.start, entity.end, label)
