"""The answers of saved questions to a few statements, worked out by hand."""

from dataclasses import replace

import pytest
from store_factory import ARTICLE, MINISTER, make_statement

from kg.model import Role, Status
from kg.query import run_query
from kg.store import EmbeddedStore

TOLD = {
    ("a1", "2025-01-10", "Gazeta"): [
        ("s1", "sr:accuses", "ZZA", "ZZC", {}),
        ("s2", "sr:accuses", "ZZB", "ZZC", {}),
        ("s3", "sr:accuses", "ZZC", "ZZA", {}),
        ("s4", "sr:visits", "ZZB", "ZZA", {}),
        ("s5", "sr:sendsPersonnelTo", "ZZA", "ZZB", {"status": Status.PLANNED}),
    ],
    ("a2", "2025-02-11", "Wire"): [
        ("s6", "sr:visits", "ZZB", "ZZC", {}),
        ("s7", "sr:sendsPersonnelTo", "ZZA", "ZZB", {}),
        ("s8", "sr:imposesSanctionsOn", "ZZA", "ZZC", {}),
        ("s9", "sr:threatens", "ZZA", "ZZC", {"status": Status.HYPOTHETICAL}),
    ],
    ("a3", "2025-02-12", "Gazeta"): [
        ("s10", "sr:sendsPersonnelTo", "ZZA", "ZZB", {}),
        ("s11", "sr:imposesSanctionsOn", "ZZA", "ZZC", {"status": Status.DENIED}),
        ("s12", "sr:accuses", "ZZA", "ZZC", {}),
    ],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    with EmbeddedStore.open(tmp_path_factory.mktemp("answers") / "store") as opened:
        for (name, day, publisher), rows in TOLD.items():
            article = replace(ARTICLE, id=name, published=day, publisher=publisher, title=None)
            opened.replace(
                article,
                [
                    make_statement(identifier, relation, source, target, name, time=None, **changes)
                    for identifier, relation, source, target, changes in rows
                ],
            )
        yield opened


BOTH = {"first": "ZZA", "second": "ZZC"}
ANSWERS = [
    ("who-meets-whom", {"actor": "ZZC"}, "source target date", ["ZZB ZZC 2025-02-11"]),
    (
        "who-sanctions-whom",
        {},
        "source target status article",
        ["ZZA ZZC asserted a2", "ZZA ZZC denied a3"],
    ),
    ("what-could-be", {}, "source relation target", ["ZZA threatens ZZC"]),
    (
        "statements-behind",
        {"source": "ZZA", "target": "ZZC", "type": "accuse"},
        "statement type date",
        ["s1 Accuse 2025-01-10", "s12 Accuse 2025-02-12"],
    ),
    (
        "most-active-pairs",
        {"since": "2025-02-01"},
        "month source target statements",
        ["2025-02 ZZA ZZB 2", "2025-02 ZZA ZZC 2", "2025-02 ZZB ZZC 1"],
    ),
    (
        "tone-by-month",
        {"source": "ZZA", "target": "ZZC"},
        "month statements mean",
        ["2025-01 1 -3", "2025-02 2 -4.5"],
    ),
    (
        "said-of-each-other",
        BOTH,
        "month source target type statements",
        [
            "2025-01 ZZA ZZC Accuse 1",
            "2025-01 ZZC ZZA Accuse 1",
            "2025-02 ZZA ZZC Accuse 1",
            "2025-02 ZZA ZZC Threaten 1",
        ],
    ),
    (
        "first-and-last",
        {"source": "ZZA"},
        "relation target first last statements",
        [
            "sendsPersonnelTo ZZB 2025-02-11 2025-02-12 2",
            "accuses ZZC 2025-01-10 2025-02-12 2",
            "imposesSanctionsOn ZZC 2025-02-11 2025-02-11 1",
        ],
    ),
    (
        "new-since",
        {"day": "2025-02-01"},
        "source relation target first statements",
        [
            "ZZA sendsPersonnelTo ZZB 2025-02-11 2",
            "ZZA imposesSanctionsOn ZZC 2025-02-11 1",
            "ZZB visits ZZC 2025-02-11 1",
        ],
    ),
    (
        "told-by-several",
        {},
        "source relation target begins articles",
        ["ZZA sendsPersonnelTo ZZB 2025-02-11 2"],
    ),
    (
        "contradictions",
        {},
        "source relation target affirming contradicting",
        ["ZZA imposesSanctionsOn ZZC a2 a3"],
    ),
    (
        "who-denies-what",
        {},
        "denier actor relation claimant",
        [f"Ion Popa {MINISTER.id} imposesSanctionsOn Ion Popa"],
    ),
    ("mediators", BOTH, "mediator withFirst withSecond", ["ZZB 3 1"]),
    ("alike-in-accusing", {}, "first second common both", ["ZZA ZZB 1 ZZC"]),
    ("mutual", {"type": "ACCUSE"}, "first second type forth back", ["ZZA ZZC Accuse 2 1"]),
    (
        "chain",
        {"first": "ZZC", "last": "ZZB", "limit": "1"},
        "steps first one last",
        ["1 ZZC hosts ZZB"],
    ),
    (
        "who-is-quoted",
        {"since": "2025-02-12"},
        "sayer source target statements",
        [f"{MINISTER.id} ZZA ZZC 2", f"{MINISTER.id} ZZA ZZB 1"],
    ),
    ("how-much", {"target": "ZZB", "limit": "1"}, "quantity unit source article", ["1000 genist ZZA a1"]),
    (
        "publishers",
        {},
        "publisher type statements articles",
        [
            "Gazeta Accuse 4 2",
            "Gazeta Aid 2 2",
            "Gazeta Consult 1 1",
            "Gazeta Sanction 1 1",
            "Wire Aid 1 1",
            "Wire Consult 1 1",
            "Wire Sanction 1 1",
            "Wire Threaten 1 1",
        ],
    ),
    (
        "articles",
        {},
        "article publisher date statements",
        ["a1 Gazeta 2025-01-10 5", "a2 Wire 2025-02-11 4", "a3 Gazeta 2025-02-12 3"],
    ),
]


@pytest.mark.parametrize(
    ("name", "parameters", "columns", "rows"), ANSWERS, ids=[answer[0] for answer in ANSWERS]
)
def test_a_question_is_answered(
    store: EmbeddedStore, name: str, parameters: dict[str, str], columns: str, rows: list[str]
) -> None:
    result = run_query(store, name, parameters)
    wanted = [result.columns.index(column) for column in columns.split()]
    found = [" ".join(row[at].rpartition(":")[2] for at in wanted) for row in result.texts()]

    assert found == rows


def test_persons_are_found_by_the_words_for_them(tmp_path) -> None:
    with EmbeddedStore.open(tmp_path / "store") as opened:
        statement = make_statement()
        merz = next(actor for actor in opened.actors().values() if actor.id == "friedrich-merz")
        subject = replace(statement.argument(Role.SUBJECT), actor=merz)
        others = tuple(each for each in statement.arguments if each.role is not Role.SUBJECT)
        opened.replace(ARTICLE, [replace(statement, arguments=(subject, *others))])
        result = run_query(opened, "persons-by-office", {"person": "Friedrich Merz"})

    assert result.texts() == [("actor:friedrich-merz", "Nordia", "1", "1")]
