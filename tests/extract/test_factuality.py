import pytest

from kg.extract.factuality import judge
from kg.lexicon import load_lexicon
from kg.model import Polarity, Status

ATTACKS = ("attacks", "attack", "VERB", 0, "ROOT", "VerbForm=Fin")


def judged(tree, lemma, language="en"):
    node = next(node for node in tree.nodes if node.lemma == lemma)
    found = judge(node, load_lexicon(language))
    return found.status, found.polarity


def test_plain_verb_is_asserted(tree_of):
    assert judged(tree_of("en", [ATTACKS]), "attack") == (Status.ASSERTED, Polarity.POSITIVE)


@pytest.mark.parametrize(
    ("word", "lemma", "status"),
    [
        ("will", "will", Status.PLANNED),
        ("may", "may", Status.HYPOTHETICAL),
        ("could", "could", Status.HYPOTHETICAL),
        ("would", "would", Status.HYPOTHETICAL),
        ("has", "have", Status.ASSERTED),
    ],
)
def test_auxiliary_sets_the_status(tree_of, word, lemma, status):
    tree = tree_of(
        "en", [(word, lemma, "AUX", 1, "aux", ""), ("attack", "attack", "VERB", 1, "ROOT", "VerbForm=Inf")]
    )
    assert judged(tree, "attack") == (status, Polarity.POSITIVE)


def test_romanian_future_is_planned(tree_of):
    tree = tree_of(
        "ro",
        [("va", "vrea", "AUX", 1, "aux", ""), ("ataca", "ataca", "VERB", 1, "root", "VerbForm=Inf")],
    )
    assert judged(tree, "ataca", "ro") == (Status.PLANNED, Polarity.POSITIVE)


def test_negation_turns_the_polarity(tree_of):
    tree = tree_of(
        "ro",
        [
            ("nu", "nu", "PART", 1, "advmod", "Polarity=Neg"),
            ("atacă", "ataca", "VERB", 1, "root", "VerbForm=Fin"),
        ],
    )
    assert judged(tree, "ataca", "ro") == (Status.ASSERTED, Polarity.NEGATIVE)


@pytest.mark.parametrize(
    ("lemma", "status", "polarity"),
    [
        ("say", Status.ASSERTED, Polarity.POSITIVE),
        ("claim", Status.CLAIMED, Polarity.POSITIVE),
        ("deny", Status.DENIED, Polarity.POSITIVE),
        ("plan", Status.PLANNED, Polarity.POSITIVE),
        ("hope", Status.PLANNED, Polarity.POSITIVE),
        ("urge", Status.HYPOTHETICAL, Polarity.POSITIVE),
        ("threaten", Status.HYPOTHETICAL, Polarity.POSITIVE),
        ("refuse", Status.ASSERTED, Polarity.NEGATIVE),
        ("help", Status.ASSERTED, Polarity.POSITIVE),
    ],
)
def test_governor_sets_the_status_of_its_complement(tree_of, lemma, status, polarity):
    tree = tree_of(
        "en",
        [
            (lemma, lemma, "VERB", 0, "ROOT", "VerbForm=Fin"),
            ("to", "to", "PART", 2, "aux", ""),
            ("attack", "attack", "VERB", 0, "xcomp", "VerbForm=Inf"),
        ],
    )
    assert judged(tree, "attack") == (status, polarity)


def test_denial_outranks_plan(tree_of):
    tree = tree_of(
        "en",
        [
            ("denied", "deny", "VERB", 0, "ROOT", "VerbForm=Fin"),
            ("planning", "plan", "VERB", 0, "xcomp", "VerbForm=Ger"),
            ("attack", "attack", "VERB", 1, "xcomp", "VerbForm=Inf"),
        ],
    )
    assert judged(tree, "attack")[0] is Status.DENIED


def test_condition_is_hypothetical(tree_of):
    tree = tree_of(
        "ro",
        [
            ("dacă", "dacă", "SCONJ", 1, "mark", ""),
            ("atacă", "ataca", "VERB", 2, "advcl", "VerbForm=Fin"),
            ("pleacă", "pleca", "VERB", 2, "root", "VerbForm=Fin"),
        ],
    )
    assert judged(tree, "ataca", "ro")[0] is Status.HYPOTHETICAL


def test_alleged_event_is_claimed(tree_of):
    tree = tree_of(
        "en", [("alleged", "alleged", "ADJ", 1, "amod", ""), ("attack", "attack", "NOUN", 1, "ROOT", "")]
    )
    assert judged(tree, "attack")[0] is Status.CLAIMED


def test_postponed_event_is_planned(tree_of):
    tree = tree_of(
        "en",
        [
            ("visit", "visit", "NOUN", 2, "nsubjpass", ""),
            ("was", "be", "AUX", 2, "auxpass", ""),
            ("postponed", "postpone", "VERB", 2, "ROOT", "VerbForm=Part"),
        ],
    )
    assert judged(tree, "visit")[0] is Status.PLANNED
