"""A log that nobody can fill: what is said again and again is said a few times a minute."""

import logging

__all__ = ["Thrift"]

MOST = 5


class Thrift(logging.Filter):
    """Lets each place in the code say something five times a minute, and later how often it said no more.

    >>> record = logging.LogRecord("x", logging.WARNING, "x.py", 1, "no such host", None, None)
    >>> thrift = Thrift()
    >>> [thrift.filter(record) for _ in range(7)]
    [True, True, True, True, True, False, False]
    >>> record.created += 60
    >>> thrift.filter(record), record.getMessage()
    (True, 'no such host (and 2 times more before)')
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int], tuple[int, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        place, minute = (record.pathname, record.lineno), int(record.created // 60)
        before, times = self._said.get(place, (minute, 0))
        if minute != before:
            if times > MOST:
                record.msg = f"{record.msg} (and {times - MOST} times more before)"
            times = 0
        self._said[place] = (minute, times + 1)
        return times < MOST
