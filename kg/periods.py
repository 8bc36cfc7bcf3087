"""Days, months and years as they are written: 2025-06-17, 2025-06, 2025."""

import re
from datetime import date, timedelta

from kg.errors import QueryError

__all__ = ["read_interval"]

DAY = timedelta(days=1)


def read_interval(text: str) -> tuple[date, date]:
    """The first and last day that a year, month or day stands for.

    Raises: QueryError for anything else.

    >>> [day.isoformat() for day in read_interval("2025-02")]
    ['2025-02-01', '2025-02-28']
    """
    given = re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?", text, re.ASCII)
    try:
        year, month, day = given.groups(default="-01") if given else ("", "", "")
        first = date.fromisoformat(f"{year}{month}{day}")
    except ValueError as error:
        raise QueryError(f"{text!r} is no day: give one such as 2025-06-17, 2025-06 or 2025") from error
    if len(text) == 10:
        return first, first
    after = (first + 31 * DAY).replace(day=1) if len(text) == 7 else first.replace(year=first.year + 1)
    return first, after - DAY
