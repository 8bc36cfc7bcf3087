"""What pronouns and dropped subjects stand for: the actors that the text has named before."""

from kg.model import Actor, ActorKind

__all__ = ["Discourse"]

PERSONAL = frozenset({ActorKind.PERSON})
MEMORY = 12


class Discourse:
    """The actors named so far, the likeliest antecedents first.

    A subject outranks what else its sentence names; a later sentence outranks an earlier one.

    >>> discourse = Discourse()
    >>> kim = Actor("kim", ActorKind.PERSON, (("en", "Kim"),), "PRK")
    >>> discourse.close_sentence([(kim, "PRK")], [])
    >>> discourse.candidates("person")[0][1]
    'PRK'
    """

    def __init__(self) -> None:
        self._ranked: list[tuple[Actor, str]] = []

    def close_sentence(self, subjects: list[tuple[Actor, str]], others: list[tuple[Actor, str]]) -> None:
        """Remembers what a sentence named, its subjects first."""
        ranked: list[tuple[Actor, str]] = []
        for pair in (*subjects, *others, *self._ranked):
            if pair not in ranked:
                ranked.append(pair)
        self._ranked = ranked[:MEMORY]

    def candidates(self, kind: str) -> list[tuple[Actor, str]]:
        """The antecedents for a pronoun of `kind` (person, state or any), likeliest first."""
        if kind == "person":
            return [pair for pair in self._ranked if pair[0].kind in PERSONAL]
        if kind == "state":
            return [pair for pair in self._ranked if pair[0].kind not in PERSONAL]
        return list(self._ranked)
