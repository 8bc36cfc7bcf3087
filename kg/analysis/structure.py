"""The shape of the network of states: who answers whom, who stands in the middle, who stands together."""

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

import networkx as nx
import pandas as pd

from kg.analysis.base import DEEDS, score, tie_graph
from kg.model import Statement

__all__ = ["centrality", "communities", "reciprocity", "triads"]


def reciprocity(statements: Iterable[Statement], statuses: Collection[str] = DEEDS) -> pd.Series:
    """How far who acts on another is acted on by it: three shares of one network, NaN where it has no tie.

    `ties` is the share of directed ties that go both ways (0 to 1). `corrected` is that share against
    what chance would give at this density: 0 as by chance, 1 all, below 0 fewer (NaN where all ties are
    there). `statements` is the share of statements that are answered, one for one (0 to 1).

    Counts deeds: asserted and positive, of any event type; `statuses` names others.
    Source: Garlaschelli and Loffredo (2004), Patterns of Link Reciprocity in Directed Networks, Physical
    Review Letters 93, 268701; for `statements`, Squartini et al. (2013), Reciprocity of Weighted
    Networks, Scientific Reports 3, 2729.

    >>> int(reciprocity([]).count())
    0
    """
    graph = tie_graph(statements, statuses)
    number, ties = graph.number_of_nodes(), graph.number_of_edges()
    nothing = float("nan")
    if not ties:
        return pd.Series({"ties": nothing, "corrected": nothing, "statements": nothing})
    weights = {(source, target): edge["statements"] for source, target, edge in graph.edges(data=True)}
    mutual = sum((target, source) in weights for source, target in weights) / ties
    density = ties / (number * (number - 1))
    answered = sum(min(weight, weights.get(pair[::-1], 0)) for pair, weight in weights.items())
    return pd.Series(
        {
            "ties": mutual,
            "corrected": (mutual - density) / (1 - density) if density < 1 else nothing,
            "statements": answered / sum(weights.values()),
        }
    )


def centrality(statements: Iterable[Statement], statuses: Collection[str] = DEEDS) -> pd.DataFrame:
    """A row for each state, the most acted on and acting first, with its place in the network.

    `acts` and `undergoes` are numbers of statements; `partners` the number of other states, either way;
    `betweenness` the share of shortest directed ways between others that lead through it (0 to 1), each
    tie being one step; `pagerank` the share of attention that it draws, statements as weights; all sum to 1.

    Counts deeds: asserted and positive, of any event type, friendly or not: pick with `where` before to
    look at one kind; `statuses` names others.
    Source: Freeman (1978), Centrality in Social Networks: Conceptual Clarification, Social Networks 1(3),
    215-239; Page, Brin, Motwani and Winograd (1999), The PageRank Citation Ranking.

    >>> centrality([]).empty
    True
    """
    graph = tie_graph(statements, statuses)
    if not graph:
        return pd.DataFrame(columns=["acts", "undergoes", "partners", "betweenness", "pagerank"])
    frame = pd.DataFrame(
        {
            "acts": dict(graph.out_degree(weight="statements")),
            "undergoes": dict(graph.in_degree(weight="statements")),
            "partners": dict(graph.to_undirected(as_view=True).degree()),
            "betweenness": nx.betweenness_centrality(graph),
            "pagerank": nx.pagerank(graph, weight="statements"),
        }
    )
    order = (-(frame["acts"] + frame["undergoes"])).sort_values(kind="stable").index
    return frame.loc[order]


def communities(
    statements: Iterable[Statement], statuses: Collection[str] = DEEDS, *, seed: int = 0
) -> pd.Series:
    """The number of the community of each state that cooperates with another; the largest is 0.

    A tie is that what two states do to each other has a positive score; its weight is the number of
    those statements, both ways. Conflict makes no tie. `attrs["modularity"]` tells how far apart the
    communities are (0 as by chance, up to 1). The same `seed` gives the same communities.

    Counts deeds: asserted and positive; `statuses` names others.
    Source: Blondel, Guillaume, Lambiotte and Lefebvre (2008), Fast Unfolding of Communities in Large
    Networks, Journal of Statistical Mechanics P10008.

    >>> communities([]).empty
    True
    """
    friendly = (statement for statement in statements if score(statement) > 0)
    graph: nx.Graph[str] = nx.Graph()
    for source, target, weight in sorted(_both_ways(tie_graph(friendly, statuses), "statements")):
        graph.add_edge(source, target, weight=weight)
    if not graph:
        return pd.Series(dtype="int64", name="community")
    groups = sorted(
        nx.community.louvain_communities(graph, seed=seed), key=lambda group: (-len(group), sorted(group))
    )
    found = pd.Series(
        {state: number for number, group in enumerate(groups) for state in sorted(group)}, name="community"
    )
    found.attrs["modularity"] = nx.community.modularity(graph, groups)
    return found


def triads(statements: Iterable[Statement], statuses: Collection[str] = DEEDS) -> pd.DataFrame:
    """A row for each three states that all have dealings, with the signs of their dealings.

    `sign` of two states is that of the sum of the scores of what they do to each other, both ways; where
    the sum is 0 they have none. `ab`, `ac` and `bc` are 1 or -1, `balanced` is whether their product is
    positive: the friend of a friend is a friend, the enemy of a friend an enemy. The mean of `balanced`
    is the degree of balance of the network's triangles (0 to 1).

    Counts deeds: asserted and positive; `statuses` names others.
    Source: Heider (1946), Attitudes and Cognitive Organization, Journal of Psychology 21, 107-112;
    Cartwright and Harary (1956), Structural Balance: A Generalization of Heider's Theory, Psychological
    Review 63(5), 277-293.

    >>> triads([]).empty
    True
    """
    graph = tie_graph(statements, statuses)
    totals = {frozenset((first, second)): total for first, second, total in _both_ways(graph, "score")}
    signs = {pair: 1 if total > 0 else -1 for pair, total in totals.items() if total}
    rows = []
    for a, b, c in combinations(sorted(graph), 3):
        sides = [signs.get(frozenset(pair)) for pair in ((a, b), (a, c), (b, c))]
        if None not in sides:
            product = sides[0] * sides[1] * sides[2]  # type: ignore[operator]
            rows.append((a, b, c, *sides, product > 0))
    return pd.DataFrame(rows, columns=["a", "b", "c", "ab", "ac", "bc", "balanced"])


def _both_ways(graph: "nx.DiGraph[str]", value: str) -> Iterator[tuple[str, str, float]]:
    """Each two states with a tie, and the sum of a value of theirs over both directions."""
    for first, second in graph.to_undirected(as_view=True).edges:
        pairs = ((first, second), (second, first))
        yield first, second, sum(graph.edges[pair][value] for pair in pairs if graph.has_edge(*pair))
