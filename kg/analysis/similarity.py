"""Which states behave alike."""

from collections import Counter
from collections.abc import Collection, Iterable

import pandas as pd

from kg.analysis.base import DEEDS, deeds
from kg.model import Statement
from kg.notebook.names import choose
from kg.ontology import load_ontology

__all__ = ["similarity"]


def similarity(
    statements: Iterable[Statement], event_type: str | None = None, statuses: Collection[str] = DEEDS
) -> pd.DataFrame:
    """The cosine of the profiles of every two states that act: 0 nothing in common, 1 the same mix.

    A profile counts, for each other state, the statements of each event type, or of `event_type` alone:
    with "ACCUSE", two states are alike that accuse the same ones, as often in proportion.

    Counts deeds: asserted and positive; `statuses` names others.
    Raises: KGError for an unknown event type, naming the nearest.
    Source: Salton and McGill (1983), Introduction to Modern Information Retrieval, on profiles of dyadic
    behaviour as in Signorino and Ritter (1999), Tau-b or Not Tau-b: Measuring the Similarity of Foreign
    Policy Positions, International Studies Quarterly 43(1), 115-144.

    >>> similarity([]).empty
    True
    """
    wanted = choose(event_type, "event type", load_ontology().event_types, str.upper)
    counts = Counter(
        (source, (target, statement.event_type))
        for source, target, statement in deeds(statements, statuses)
        if wanted is None or statement.event_type in wanted
    )
    profiles = pd.Series(counts, dtype="float64").unstack().fillna(0.0) if counts else pd.DataFrame()
    if profiles.empty:
        return pd.DataFrame(dtype="float64")
    unit = profiles.div((profiles**2).sum(axis=1) ** 0.5, axis=0)
    return unit.dot(unit.T).clip(0.0, 1.0)
