"""Measures of what states do to one another, on statements: pandas and networkx out.

But for `attribution_network`, a measure counts *deeds*: statements that are asserted and positive. What
is planned, hypothetical, claimed, denied or said not to have happened is left out, unless `statuses`
names other statuses; negative ones are never counted. A statement counts once for each time it is told:
two articles that tell one event are two.
"""

from kg.analysis.series import change_points, dyad_series
from kg.analysis.similarity import similarity
from kg.analysis.sources import attribution_network
from kg.analysis.structure import centrality, communities, reciprocity, triads

__all__ = [
    "attribution_network",
    "centrality",
    "change_points",
    "communities",
    "dyad_series",
    "reciprocity",
    "similarity",
    "triads",
]
