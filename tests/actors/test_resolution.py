"""What a name resolves to on a day, and why."""

from datetime import date

import pytest

from kg.actors import describe, load_actors, resolve


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("Bush", date(1990, 8, 2), "george-h-w-bush"),
        ("Bush", date(2003, 3, 20), "george-w-bush"),
        ("Clinton", date(2010, 1, 1), "hillary-clinton"),
        ("Assad", date(1995, 1, 1), "hafez-al-assad"),
        ("președintele rus", date(2010, 1, 1), "dmitry-medvedev"),
        ("the Russian president", date(2024, 1, 1), "vladimir-putin"),
        ("German chancellor", date(2003, 1, 1), "gerhard-schroder"),
        ("cancelarul german", date(2010, 1, 1), "angela-merkel"),
        ("premierul maghiar", date(2012, 1, 1), "viktor-orban"),
        ("ministrul de externe al Rusiei", date(2020, 1, 1), "sergey-lavrov"),
        ("UN secretary-general", date(2003, 1, 1), "kofi-annan"),
        ("Phenianului", None, "PRK"),
        ("Casei Albe", None, "USA"),
        ("S.U.A.", None, "USA"),
        ("nord-coreenii", None, "PRK"),
    ],
)
def test_a_name_resolves(name: str, day: date | None, actor: str) -> None:
    assert resolve(name, day)[0].actor.id == actor


@pytest.mark.parametrize(
    "names",
    [
        ("Șoigu", "Shoigu", "Шойгу", "Şoigu"),
        ("Zelenski", "Zelensky", "Zelenskyy", "Зеленський"),
        ("Putin", "Путин"),
        ("Elțin", "Yeltsin"),
        ("Erdoğan", "Erdogan"),
        ("Gaddafi", "Kadhafi", "Qaddafi"),
    ],
)
def test_transliterations_meet(names: tuple[str, ...]) -> None:
    assert len({resolve(name)[0].actor.id for name in names}) == 1


def test_a_name_of_several_gives_them_all() -> None:
    assert {found.actor.id for found in resolve("Congo")} == {"COD", "COG"}


def test_a_reason_says_why() -> None:
    assert resolve("Bush", date(1990, 8, 2))[0].reason == "exact person, office at that date: state of USA"


def test_no_match_is_an_empty_result() -> None:
    assert resolve("Utopia") == ()


def test_the_list_has_every_actor() -> None:
    assert len(list(describe())) == len(load_actors().actors)
