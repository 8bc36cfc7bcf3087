"""Two states through time: how much is told of them, how friendly it is, and when that changed."""

from collections.abc import Collection
from datetime import date, timedelta
from math import log
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.analysis.base import DEEDS, deeds, score
from kg.errors import KGError
from kg.model import Statement
from kg.notebook.lists import Statements
from kg.notebook.names import choose, resolve_state

__all__ = ["change_points", "dyad_series"]

FREQUENCIES = {"day": "D", "week": "W-SUN", "month": "M"}
COLUMNS = ("forward", "backward", "forward_score", "backward_score", "score")
Interval = tuple[date, date]


def dyad_series(
    statements: Statements,
    first: str,
    second: str,
    *,
    by: Literal["day", "week", "month"] = "month",
    dated: Literal["published", "event"] = "published",
    zero: bool = False,
    statuses: Collection[str] = DEEDS,
) -> pd.DataFrame:
    """A row for each period, in order and without holes, of what two states do to each other.

    `forward` and `backward` are the numbers of statements from `first` to `second` and back;
    `forward_score`, `backward_score` and `score` (of both directions) the mean of their scores, from -10
    (conflict) to 10 (cooperation). Weeks run from Monday.

    Gaps stay gaps: a score is NaN where nothing is told; a number is 0 where articles of that period tell
    nothing of the two, and `<NA>` where no article is of that period; with `zero`, it is 0 there too.
    A statement is of the period of its article's publication, or, by `dated="event"`, of the days that
    its words give, if they give any. What doesn't fit into one period ("in 2014", by month; an article
    dated by month only, by day) is left out.

    Counts deeds: asserted and positive; `statuses` names others. Of two states of which nothing is told
    the frame is empty. Raises: KGError for an unknown state, naming the nearest, or an unknown `by`.
    Source: dyadic event series as in Schrodt and Gerner (1994), Validity Assessment of a
    Machine-Coded Event Data Set for the Middle East, American Journal of Political Science 38(3), 825-854.

    >>> dyad_series(Statements(), "RUS", "PRK").empty
    True
    """
    choose(by, "period", FREQUENCIES)
    choose(dated, "date", ("published", "event"))
    ends = resolve_state(first), resolve_state(second)
    rows = []
    for source, target, statement in deeds(statements, statuses):
        period = _period(_days(statements, statement, dated), by)
        if period is not None and (source, target) in (ends, ends[::-1]):
            rows.append((period, (source, target) == ends, score(statement)))
    if not rows:
        empty = pd.PeriodIndex([], freq=FREQUENCIES[by])
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in COLUMNS}, index=empty)
    told = pd.DataFrame(rows, columns=["period", "forward", "score"])
    every = pd.period_range(told["period"].min(), told["period"].max(), freq=FREQUENCIES[by])
    read = {_period(_published(article.published), by) for article in statements.articles.values()}
    known = every.isin([period for period in read if period is not None]) | every.isin(told["period"])
    ways = {"forward": told[told["forward"]], "backward": told[~told["forward"]]}
    frame = pd.DataFrame(index=every)
    for name, part in ways.items():
        counts = part.groupby("period").size().reindex(every, fill_value=0).astype("Int64")
        frame[name] = counts if zero else counts.where(known)
    for name, part in {
        "forward_score": ways["forward"],
        "backward_score": ways["backward"],
        "score": told,
    }.items():
        frame[name] = part.groupby("period")["score"].mean().reindex(every)
    return frame


def change_points(
    series: pd.DataFrame, column: str = "score", *, penalty: float | None = None
) -> pd.DataFrame:
    """A row for each period with which the mean of a series changed, with the means on both sides.

    `series` is what `dyad_series` gave; only periods with a value count, gaps being passed over. Columns:
    `before` and `after`, the means from the change before and up to the next; `periods`, the number of
    periods with a value after. At least two lie between changes. `penalty` is what a change must win in
    squared units of the column; unless given, 2 s² ln n, with s² the variance of the n values, so that
    what is reported is a change of level and not the usual unrest.

    What is counted was decided when the series was made.
    Source: Jackson et al. (2005), An Algorithm for Optimal Partitioning of Data on an Interval, IEEE Signal
    Processing Letters 12(2), 105-108, which finds what PELT finds, with the cost l2; the penalty is that of
    Yao (1988), Estimating the Number of Change-Points via Schwarz' Criterion.

    >>> months = pd.period_range("2024-01", periods=12, freq="M")
    >>> change_points(pd.DataFrame({"score": [5.0] * 6 + [-5.0] * 6}, index=months))
             before  after  periods
    2024-07     5.0   -5.0        6
    """
    choose(column, "column", tuple(map(str, series.columns)))
    values = series[column].dropna().astype("float64")
    bounds = [0, len(values)]
    if len(values) >= 4 and values.var() > 0:
        wanted = 2 * float(values.var()) * log(len(values)) if penalty is None else penalty
        if wanted <= 0:
            raise KGError(f"penalty {wanted}: must be more than 0")
        bounds = _segments(values.to_numpy(), wanted)
    rows = [
        (float(np.mean(values.iloc[start:change])), float(np.mean(values.iloc[change:end])), end - change)
        for start, change, end in zip(bounds, bounds[1:], bounds[2:], strict=False)
    ]
    return pd.DataFrame(rows, columns=["before", "after", "periods"], index=values.index[bounds[1:-1]])


def _segments(values: NDArray[np.floating[Any]], penalty: float, shortest: int = 2) -> list[int]:
    """The bounds of segments whose squared deviations, and a penalty for each segment, come to the least."""
    centred = values - values.mean()
    sums, squares = (np.concatenate(([0.0], np.cumsum(each))) for each in (centred, centred**2))
    least = np.full(len(values) + 1, np.inf)
    least[0] = 0
    before = np.zeros(len(values) + 1, dtype=int)
    for end in range(shortest, len(values) + 1):
        starts = np.arange(end - shortest + 1)
        deviations = squares[end] - squares[starts] - (sums[end] - sums[starts]) ** 2 / (end - starts)
        costs = least[starts] + deviations + penalty
        before[end] = costs.argmin()
        least[end] = costs.min()
    bounds = [len(values)]
    while bounds[-1]:
        bounds.append(int(before[bounds[-1]]))
    return bounds[::-1]


def _days(statements: Statements, statement: Statement, dated: str) -> Interval | None:
    if dated == "event" and statement.time is not None:
        return statement.time.start, statement.time.end
    return _published(statements.article(statement).published)


def _published(written: str | None) -> Interval | None:
    """The half-open interval of a day or a month."""
    if written is None:
        return None
    start = date.fromisoformat(f"{written}-01"[:10])
    following = start.replace(day=28) + timedelta(days=4)
    return start, start + timedelta(days=1) if len(written) == 10 else following.replace(day=1)


def _period(days: Interval | None, by: str) -> pd.Period | None:
    """The one period that holds all of the days, or `None`."""
    if days is None:
        return None
    first, last = (pd.Period(day, freq=FREQUENCIES[by]) for day in (days[0], days[1] - timedelta(days=1)))
    return first if first == last else None
