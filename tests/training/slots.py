"""Core argument slots of hand-annotated news sentences, found or missed by a pipeline."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

NEWS = Path(__file__).with_name("news.toml")
RELATIONS = {
    "subject": ("nsubj", "nsubj:pass", "csubj"),
    "object": ("obj",),
    "recipient": ("iobj",),
    "agent": ("obl:agent",),
}
OBLIQUE = ("obl", "obl:pmod", "obl:agent")


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument of a verb as it must be found."""

    text: str
    verb: str
    relation: str
    argument: str


def read_slots() -> list[Slot]:
    """The slots of all sentences."""
    with NEWS.open("rb") as file:
        sentences = tomllib.load(file)["sentence"]
    return [Slot(sentence["text"], *slot.split(" ")) for sentence in sentences for slot in sentence["slots"]]


def find_missed(nlp: Language) -> list[Slot]:
    """The slots that the pipeline does not find."""
    slots = read_slots()
    docs = {text: nlp(text) for text in dict.fromkeys(slot.text for slot in slots)}
    return [slot for slot in slots if not _is_found(slot, docs[slot.text])]


def _is_found(slot: Slot, doc: Doc) -> bool:
    return any(
        token.text == slot.argument and token.head.text == slot.verb and _matches(slot, token)
        for token in doc
    )


def _matches(slot: Slot, token: Token) -> bool:
    if slot.relation in RELATIONS:
        return token.dep_ in RELATIONS[slot.relation]
    marks = [child for child in token.lefts if child.dep_ == "case"]
    spelt = ["_".join([mark.text, *(child.text for child in mark.rights)]).lower() for mark in marks]
    return token.dep_ in OBLIQUE and slot.relation in spelt
