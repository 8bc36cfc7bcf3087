"""A dyad through time: periods, gaps, dates of events, and changes of level."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import tell

from kg.analysis import change_points, dyad_series
from kg.errors import KGError
from kg.model import Polarity, Status, TimeInterval

NAN = float("nan")


def event(start, end):
    return {"time": TimeInterval("then", date.fromisoformat(start), date.fromisoformat(end))}


def rows(frame):
    """The frame as a dictionary by period, `None` where a value is missing."""
    return {
        str(period): tuple(None if pd.isna(value) else value for value in row)
        for period, row in zip(frame.index, frame.itertuples(index=False), strict=True)
    }


def test_months_by_hand():
    statements = tell(
        ("PRK", "sendsPersonnelTo", "RUS", "2024-10-24"),  # AID 10
        ("RUS", "supports", "PRK", "2024-10"),  # SUPPORT
        ("PRK", "sendsPersonnelTo", "RUS", "2025-01-13"),
        ("RUS", "attacks", "UKR", "2024-11-02"),
        read=["2024-12-31"],
    )
    support = 5.0
    assert rows(dyad_series(statements, "PRK", "Rusia")) == {
        "2024-10": (1, 1, 10.0, support, (10 + support) / 2),
        "2024-11": (0, 0, None, None, None),  # an article of that month tells nothing of the two
        "2024-12": (0, 0, None, None, None),
        "2025-01": (1, 0, 10.0, None, 10.0),
    }


def test_gaps_stay_gaps_unless_zero_is_asked_for():
    statements = tell(("PRK", "supports", "RUS", "2024-10-24"), ("PRK", "supports", "RUS", "2024-12-01"))
    kept, filled = (dyad_series(statements, "PRK", "RUS", zero=zero) for zero in (False, True))
    assert rows(kept)["2024-11"] == (None, None, None, None, None)
    assert rows(filled)["2024-11"] == (0, 0, None, None, None)


@pytest.mark.parametrize(
    ("by", "periods"),
    [("day", ["2025-06-29", "2025-07-01"]), ("week", ["2025-06-23/2025-06-29", "2025-06-30/2025-07-06"]),
     ("month", ["2025-06", "2025-07"])],
)  # fmt: skip
def test_periods(by, periods):
    statements = tell(*(("PRK", "supports", "RUS", day) for day in ("2025-06-29", "2025-07-01")))
    found = dyad_series(statements, "PRK", "RUS", by=by)
    assert [str(period) for period in found.dropna(subset="score").index] == periods


def test_events_are_dated_by_their_words():
    statements = tell(
        ("PRK", "supports", "RUS", "2025-06-18", event("2025-05-01", "2025-06-01")),
        ("PRK", "supports", "RUS", "2025-06-18", event("2024-01-01", "2025-01-01")),  # too long for a month
        ("PRK", "supports", "RUS", "2025-06-18"),
    )
    published = dyad_series(statements, "PRK", "RUS")
    told = dyad_series(statements, "PRK", "RUS", dated="event")
    assert published["forward"].to_dict() == {pd.Period("2025-06"): 3}
    assert told["forward"].to_dict() == {pd.Period("2025-05"): 1, pd.Period("2025-06"): 1}


def test_what_has_no_day_is_in_no_day():
    statements = tell(("PRK", "supports", "RUS", "2025-06"), ("PRK", "supports", "RUS"))
    assert dyad_series(statements, "PRK", "RUS", by="day").empty
    assert dyad_series(statements, "PRK", "RUS")["forward"].tolist() == [1]


@pytest.mark.parametrize("changes", [{"status": Status.CLAIMED}, {"polarity": Polarity.NEGATIVE}], ids=str)
def test_only_deeds_count(changes):
    statements = tell(("PRK", "supports", "RUS", "2025-06-18", changes))
    found = dyad_series(statements, "PRK", "RUS")
    assert found.empty
    assert list(found.columns) == list(
        dyad_series(tell(("PRK", "supports", "RUS", "2025-06")), "PRK", "RUS").columns
    )
    claims = dyad_series(statements, "PRK", "RUS", statuses={Status.CLAIMED})
    assert claims.empty == ("polarity" in changes)


@given(st.lists(st.dates(date(2023, 1, 1), date(2023, 12, 31)), min_size=1, max_size=12))
def test_every_statement_is_in_one_period(days):
    statements = tell(*(("PRK", "supports", "RUS", day.isoformat()) for day in days))
    for by in ("day", "week", "month"):
        found = dyad_series(statements, "PRK", "RUS", by=by)
        assert found["forward"].sum() == len(days)
        assert found.index.is_monotonic_increasing
        assert len(found.index) == (found.index[-1] - found.index[0]).n + 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("PRK", "Russsia"), "did you mean Russia"),
        (("PRK", "RUS", "year"), "no period 'year'"),
        (("PRK", "RUS", "month", "told"), "no date 'told'"),
    ],
)
def test_what_is_unknown_is_named(arguments, message):
    names = dict(zip(("first", "second", "by", "dated"), arguments, strict=False))
    with pytest.raises(KGError, match=message):
        dyad_series(tell(), **names)


def series(*values):
    return pd.DataFrame({"score": values}, index=pd.period_range("2024-01", periods=len(values), freq="M"))


def test_a_change_of_level_is_found_where_it_is():
    found = change_points(series(*[5.0, 6.0, 4.0, 5.0, 5.0, 6.0], *[-5.0, -6.0, -4.0, -5.0, -5.0, -6.0]))
    assert [str(period) for period in found.index] == ["2024-07"]
    assert found.iloc[0].to_dict() == pytest.approx({"before": 31 / 6, "after": -31 / 6, "periods": 6})


def test_gaps_are_passed_over():
    found = change_points(series(5.0, 5.0, NAN, 5.0, 5.0, NAN, NAN, -5.0, -5.0, -5.0, NAN, -5.0, -5.0))
    assert [str(period) for period in found.index] == ["2024-08"]
    assert found["periods"].tolist() == [5]


@pytest.mark.parametrize(
    "values", [[], [1.0], [5.0] * 12, [1.0, -1.0] * 6], ids=["none", "one", "level", "unrest"]
)
def test_no_change_is_an_empty_frame(values):
    found = change_points(series(*values))
    assert found.empty
    assert list(found.columns) == ["before", "after", "periods"]


def test_a_smaller_penalty_finds_smaller_changes():
    values = series(*[1.0, 1.0, 1.0, 1.5, 1.5, 1.5, 5.0, 5.0, 5.0])
    assert len(change_points(values)) < len(change_points(values, penalty=0.1)) == 2
    with pytest.raises(KGError, match="must be more than 0"):
        change_points(values, penalty=0)
    with pytest.raises(KGError, match="no column 'scores': did you mean score"):
        change_points(values, "scores")
