"""The structure of networks that are small enough to check by hand."""

from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import tell

from kg.analysis import attribution_network, centrality, communities, reciprocity, similarity, triads
from kg.errors import KGError
from kg.model import Actor, ActorKind, Attribution, Mention, MentionKind, Polarity, Span, Status

ABCD = ("RUS", "PRK", "UKR", "USA")
FRIEND, ENEMY = "supports", "attacks"
NOT_DEEDS = [{"status": status} for status in Status if status is not Status.ASSERTED]
NOT_DEEDS.append({"polarity": Polarity.NEGATIVE})


def said_by(*chain):
    return {
        "attribution": tuple(
            Attribution(Mention(Span("a", 0, 1), "x", MentionKind.PERSON), actor, "said") for actor in chain
        )
    }


SHOIGU = Actor("sergei-shoigu", ActorKind.PERSON, (("en", "Sergei Shoigu"),), "RUS")
TASS = Actor("tass", ActorKind.MEDIUM, (("en", "TASS"),), None)


def test_reciprocity_by_hand():
    # Ties RUS→PRK, PRK→RUS, RUS→UKR of 6 possible: 2/3 mutual, density 1/2, (2/3 - 1/2) / (1 - 1/2) = 1/3.
    # Statements 3, 1 and 1: min(3, 1) answered in either direction, 2 of 5.
    found = reciprocity(tell(*[("RUS", FRIEND, "PRK")] * 3, ("PRK", FRIEND, "RUS"), ("RUS", ENEMY, "UKR")))
    assert found.to_dict() == pytest.approx({"ties": 2 / 3, "corrected": 1 / 3, "statements": 2 / 5})


def test_reciprocity_of_a_cycle_and_of_all_ties():
    cycle = reciprocity(tell(("RUS", FRIEND, "PRK"), ("PRK", FRIEND, "UKR"), ("UKR", FRIEND, "RUS")))
    assert cycle.to_dict() == pytest.approx({"ties": 0, "corrected": -1, "statements": 0})
    whole = reciprocity(tell(*((a, FRIEND, b) for a, b in permutations(ABCD, 2))))
    assert whole["ties"] == whole["statements"] == 1
    assert whole.isna().to_dict() == {"ties": False, "corrected": True, "statements": False}


def test_centrality_of_a_star():
    # A star both ways: every shortest way between two leaves leads through the centre, none through a leaf.
    leaves = ABCD[1:]
    found = centrality(
        tell(*(pair for leaf in leaves for pair in (("RUS", FRIEND, leaf), (leaf, FRIEND, "RUS"))))
    )
    assert found.index[0] == "RUS"
    assert found.loc["RUS", ["acts", "undergoes", "partners", "betweenness"]].tolist() == [3, 3, 3, 1]
    assert set(found.loc[list(leaves), "betweenness"]) == {0}
    assert found.loc[list(leaves), "partners"].tolist() == [1, 1, 1]
    assert found["pagerank"].sum() == pytest.approx(1)
    # p = 0.15/4 + 0.85·3q for the centre and q = 0.15/4 + 0.85·p/3 for a leaf: p = 0.133125/0.2775.
    assert found.loc["RUS", "pagerank"] == pytest.approx(0.133125 / 0.2775, abs=1e-4)


def test_centrality_counts_statements_and_ways():
    found = centrality(tell(*[("RUS", FRIEND, "PRK")] * 2, ("PRK", ENEMY, "UKR")))
    assert found["acts"].to_dict() == {"PRK": 1, "RUS": 2, "UKR": 0}
    assert found["undergoes"].to_dict() == {"PRK": 2, "RUS": 0, "UKR": 1}
    assert found["betweenness"].to_dict() == {"PRK": 0.5, "RUS": 0, "UKR": 0}


def test_communities_of_two_cliques_and_a_bridge():
    first, second = ("RUS", "PRK", "CHN", "IRN"), ("UKR", "USA", "POL", "FRA", "DEU")
    rows = [(a, FRIEND, b) for group in (first, second) for a, b in combinations(group, 2)]
    rows += [("CHN", FRIEND, "FRA")] + [("RUS", ENEMY, state) for state in second] * 3
    found = communities(tell(*rows))
    assert {state for state in found.index if found[state] == 0} == set(second)
    assert {state for state in found.index if found[state] == 1} == set(first)
    # 17 ties, 6 and 10 within, degrees 13 and 21: (6/17 - (13/34)²) + (10/17 - (21/34)²)
    assert found.attrs["modularity"] == pytest.approx(16 / 17 - (13 / 34) ** 2 - (21 / 34) ** 2)
    assert communities(tell(*rows), seed=7).equals(communities(tell(*rows), seed=7))


@pytest.mark.parametrize(
    ("signs", "balanced"),
    [((1, 1, 1), True), ((1, 1, -1), False), ((1, -1, -1), True), ((-1, -1, -1), False)],
)
def test_the_four_triads_of_heider(signs, balanced):
    pairs = combinations(sorted(ABCD[:3]), 2)
    rows = [(a, FRIEND if sign > 0 else ENEMY, b) for (a, b), sign in zip(pairs, signs, strict=True)]
    (row,) = triads(tell(*rows)).to_dict("records")
    assert (row["a"], row["b"], row["c"]) == ("PRK", "RUS", "UKR")
    assert ((row["ab"], row["ac"], row["bc"]), row["balanced"]) == (signs, balanced)


@given(side=st.lists(st.booleans(), min_size=5, max_size=5))
def test_two_camps_are_balanced(side):
    # Cartwright and Harary: a complete graph is balanced if friends are within two camps and enemies between.
    states = ("RUS", "PRK", "UKR", "USA", "CHN")
    rows = [
        (states[i], FRIEND if side[i] == side[j] else ENEMY, states[j]) for i, j in combinations(range(5), 2)
    ]
    found = triads(tell(*rows))
    assert len(found) == 10
    assert found["balanced"].all()


def test_sums_of_zero_and_open_triples_are_no_triads():
    # sends weapons 10 and attacks -9 leave a friend; a tie that is missing leaves no triad
    mixed = [("RUS", "sendsWeaponsTo", "PRK"), ("PRK", ENEMY, "RUS"), ("RUS", ENEMY, "UKR")]
    assert triads(tell(*mixed)).empty
    (row,) = triads(tell(*mixed, ("UKR", ENEMY, "PRK"))).to_dict("records")
    assert (row["ab"], row["balanced"]) == (1, True)


def test_similarity_by_hand():
    # Profiles over (UKR, USA): RUS (2, 1), PRK (1, 0), CHN (0, 3): cosines 2/√5, 1/√5, 0.
    rows = [("RUS", "accuses", "UKR")] * 2 + [("RUS", "accuses", "USA"), ("PRK", "accuses", "UKR")]
    found = similarity(tell(*rows, *[("CHN", "accuses", "USA")] * 3, ("CHN", FRIEND, "UKR")), "accuse")
    assert found.loc["RUS", "PRK"] == pytest.approx(2 / 5**0.5)
    assert found.loc["RUS", "CHN"] == pytest.approx(1 / 5**0.5)
    assert found.loc["PRK", "CHN"] == 0
    assert [found.loc[state, state] for state in found.index] == pytest.approx([1, 1, 1])


def test_similarity_tells_event_types_apart():
    found = similarity(tell(("RUS", "accuses", "UKR"), ("PRK", FRIEND, "UKR")))
    assert found.loc["RUS", "PRK"] == 0
    with pytest.raises(KGError, match="no event type 'ACUSE': did you mean ACCUSE"):
        similarity(tell(), "ACUSE")


def test_attribution_network_tells_who_speaks_about_whom():
    found = attribution_network(
        tell(
            ("PRK", "sendsPersonnelTo", "RUS", None, said_by(SHOIGU, TASS) | {"status": Status.PLANNED}),
            ("PRK", "sendsPersonnelTo", "RUS", None, said_by(SHOIGU) | {"status": Status.DENIED}),
            ("RUS", FRIEND, "PRK", None, said_by(SHOIGU)),
            ("UKR", ENEMY, "RUS", None, said_by(TASS) | {"polarity": Polarity.NEGATIVE}),
            ("USA", FRIEND, "UKR", None, said_by(None)),
            ("USA", FRIEND, "UKR"),
        )
    )
    assert dict(found.nodes("kind")) == {"RUS": "state", "PRK": "state", "UKR": "state", "tass": "sayer"}
    assert set(found.edges(data="statements")) == {("RUS", "PRK", 2), ("RUS", "RUS", 1), ("tass", "UKR", 1)}
    assert found.edges["RUS", "PRK"]["statuses"] == {"planned": 1, "denied": 1}


@pytest.mark.parametrize("changes", NOT_DEEDS, ids=str)
@pytest.mark.parametrize("measure", [reciprocity, centrality, communities, triads, similarity])
def test_only_deeds_count(measure, changes):
    rows = [(a, FRIEND, b, None, changes) for a, b in permutations(ABCD, 2)]
    nothing = measure(tell())
    assert measure(tell(*rows)).equals(nothing)
    counted = measure(tell(*rows), statuses=set(Status))
    assert counted.equals(nothing) == ("polarity" in changes)


def test_networkx_agrees_on_reciprocity():
    rows = [("RUS", FRIEND, "PRK"), ("PRK", FRIEND, "RUS"), ("UKR", ENEMY, "USA"), ("USA", FRIEND, "UKR")]
    graph = nx.DiGraph((source, target) for source, _, target in [*rows, ("RUS", ENEMY, "USA")])
    assert reciprocity(tell(*rows, ("RUS", ENEMY, "USA")))["ties"] == nx.reciprocity(graph)
