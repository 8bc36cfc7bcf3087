"""Dates in the text, as half-open intervals of days counted from the article's own date."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.nodes import NOMINAL, Node, Tree
from kg.extract.quantity import read_quantity
from kg.lexicon import Lexicon
from kg.model import TimeInterval

__all__ = ["Expression", "find_dates", "read_published"]

DAY = timedelta(days=1)
LONG = timedelta(days=27)  # a period of which one speaks in thirds: a month or a year
REACH = 3  # words between "the end" and the period that it is the end of


@dataclass(frozen=True, slots=True)
class Expression:
    """A date in a sentence: its nodes and what they mean; `upcoming` is what they mean of a plan."""

    nodes: tuple[Node, ...]
    interval: TimeInterval
    upcoming: TimeInterval | None = None

    @property
    def top(self) -> Node:
        """The node by which the expression hangs in the tree."""
        inside = {node.index for node in self.nodes}
        return next((n for n in self.nodes if n.head is None or n.head.index not in inside), self.nodes[0])


def read_published(published: str | None) -> date | None:
    """The day an article appeared, for a month its first day; `None` where unknown.

    >>> read_published("2025-06")
    datetime.date(2025, 6, 1)
    """
    if published is None:
        return None
    parts = [int(part) for part in published[:10].split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def find_dates(tree: Tree, lexicon: Lexicon, published: date | None) -> list[Expression]:
    """The dates of a sentence that can be resolved, in text order."""
    reader = _Reader(tree.nodes, lexicon, published)
    return list(reader.expressions())


class _Reader:
    def __init__(self, nodes: tuple[Node, ...], lexicon: Lexicon, published: date | None) -> None:
        self.nodes = nodes
        self.words = lexicon.time
        self.lexicon = lexicon
        self.published = published
        self.openings = lexicon.time.openings.union(lexicon.numbers.words)

    def expressions(self) -> Iterator[Expression]:
        position = 0
        while position < len(self.nodes):
            found = self._at(position)
            if found is None:
                position += 1
                continue
            length, start, end = found
            first = position
            part = self._part(position) if end - start > LONG else None
            if part is not None:
                first, (start, end) = part[0], _third(part[1], start, end)
            nodes = self.nodes[first : position + length]
            text = " ".join(node.text for node in nodes)
            upcoming = None
            if self.published is not None and end <= self.published and self._has_no_year(nodes):
                upcoming = TimeInterval(text, _year_later(start), _year_later(end))
            yield Expression(nodes, TimeInterval(text, start, end), upcoming)
            position += length

    def _part(self, position: int) -> tuple[int, int] | None:
        """Where "the end of", "early" or "începutul" stands before a period, and which third it means."""
        for before in range(position - 1, max(position - 1 - REACH, -1), -1):
            if self._lower(before) in self.words.parts:
                return before, self.words.parts[self._lower(before)]
            if self._lower(before) not in self.words.linking and self._lower(before) not in self.words.units:
                return None
        return None

    def _has_no_year(self, nodes: tuple[Node, ...]) -> bool:
        named = any(node.lower in self.words.months for node in nodes)
        return named and not any(len(node.text) == 4 and node.text.isdigit() for node in nodes)

    def _lower(self, position: int) -> str:
        return self.nodes[position].lower if 0 <= position < len(self.nodes) else ""

    def _number(self, position: int) -> int | None:
        word = self._lower(position)
        return int(word) if word.isdigit() else None

    def _year(self, position: int) -> int | None:
        number = self._number(position)
        return number if number is not None and 1900 <= number <= 2100 else None

    def _at(self, position: int) -> tuple[int, date, date] | None:
        word = self._lower(position)
        if not word[:1].isdigit() and word not in self.openings:
            return None
        return self._calendar(position) or self._relative(position) or self._bare_year(position)

    def _calendar(self, position: int) -> tuple[int, date, date] | None:
        """Day and month in either order, or a month, each with or without a year."""
        months = self.words.months
        first, last, length = self._days(position)
        if first is not None and self._lower(position + length) in months:
            month, length = months[self._lower(position + length)], length + 1
        elif self._is_month(position):
            month = months[self._lower(position)]
            first, last, length = self._days(position + 1)
            length += 1
        else:
            return None
        after = position + length + (self._lower(position + length) == ",")
        year = self._year(after)
        if year is not None:
            length = after - position + 1
        elif self.published is None:
            return None
        else:
            year = self.published.year - (month > self.published.month)
        return self._day_or_month(length, year, month, first, last)

    def _is_month(self, position: int) -> bool:
        """Whether a month is named here, without a day before it that it hasn't."""
        node = self.nodes[position]
        if node.lower not in self.words.months or node.pos not in NOMINAL:
            return False
        before = self._number(position - 1)
        capital = node.text[0].isupper() or not self.words.capitalised
        return capital and (before is None or before > 31)

    def _days(self, position: int) -> tuple[int | None, int | None, int]:
        """The first and last day that are numbered here, and the words that it takes: "20-22", "3 to 5"."""
        joined = re.fullmatch(r"(\d{1,2})[-–](\d{1,2})", self._lower(position))
        if joined:
            return int(joined[1]), int(joined[2]), 1
        first = self._number(position)
        if first is None or first > 31:
            return None, None, 0
        last = self._number(position + 2)
        if last is not None and first < last <= 31 and self._lower(position + 1) in self.words.until:
            return first, last, 3
        return first, first, 1

    def _day_or_month(
        self, length: int, year: int, month: int, first: int | None, last: int | None
    ) -> tuple[int, date, date] | None:
        days = monthrange(year, month)[1]
        first, last = (1, days) if first is None or last is None else (first, last)
        if not 1 <= first <= last <= days:
            return None
        return length, date(year, month, first), date(year, month, last) + DAY

    def _bare_year(self, position: int) -> tuple[int, date, date] | None:
        year = self._year(position)
        before = self._lower(position - 1)
        placed = before in self._prepositions or before in self.words.parts
        if year is None or not (placed or self.nodes[position].marker):
            return None
        return 1, date(year, 1, 1), date(year + 1, 1, 1)

    @property
    def _prepositions(self) -> frozenset[str]:
        return frozenset(self.lexicon.roles["location"]) | frozenset(self.words.units)

    def _relative(self, position: int) -> tuple[int, date, date] | None:
        today = self.published
        if today is None:
            return None
        word = self._lower(position)
        if word in self.words.days:
            start = today + timedelta(days=self.words.days[word])
            return 1, start, start + DAY
        if word in self.words.weekdays and self._lower(position - 1) not in self.lexicon.numbers.words:
            return self._weekday(position, today)
        if word in self.words.units:
            following = self._lower(position + 1)
            shift = self._shift(following)
            if shift is not None:
                return 2, *self._unit(today, self.words.units[word], shift)
        shift = self._shift(word)
        if shift is not None and self._lower(position + 1) in self.words.units:
            return 2, *self._unit(today, self.words.units[self._lower(position + 1)], shift)
        return self._ago(position, today)

    def _weekday(self, position: int, today: date) -> tuple[int, date, date]:
        """The last such day up to the article's own; the next one after a word of the future."""
        weekday = self.words.weekdays[self._lower(position)]
        back = (today.weekday() - weekday) % 7
        around = (self._lower(position - 1), self._lower(position + 1))
        if any(word in self.words.future for word in around):
            start = today + timedelta(days=7 - back if back else 7)
        else:
            start = today - timedelta(days=back)
        return 1, start, start + DAY

    def _shift(self, word: str) -> int | None:
        if word in self.words.past:
            return -1
        if word in self.words.future:
            return 1
        return 0 if word in self.words.this else None

    def _unit(self, today: date, unit: str, shift: int) -> tuple[date, date]:
        if unit == "day":
            start = today + timedelta(days=shift)
            return start, start + DAY
        if unit == "week":
            start = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
            return start, start + timedelta(weeks=1)
        if unit == "month":
            index = today.year * 12 + today.month - 1 + shift
            start = date(index // 12, index % 12 + 1, 1)
            return start, start + timedelta(days=monthrange(start.year, start.month)[1])
        return date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1)

    def _ago(self, position: int, today: date) -> tuple[int, date, date] | None:
        """ "two weeks ago", "acum două săptămâni", "în urmă cu o lună"."""
        for phrase in self.words.ago:
            words = phrase.split()
            before = [self._lower(position + i) for i in range(len(words))] == words
            start = position + len(words) if before else position
            amount = read_quantity([self._lower(start), "x"], self.lexicon.numbers)
            if amount is None and self.lexicon.numbers.words.get(self._lower(start)) == 1:
                amount = 1
            unit = self.words.units.get(self._lower(start + 1))
            after = [self._lower(start + 2 + i) for i in range(len(words))] == words
            if amount is None or unit is None or not (before or after):
                continue
            return 2 + len(words), *self._unit(today, unit, -int(amount))
        return None


def _third(number: int, start: date, end: date) -> tuple[date, date]:
    """The first, second or last third of a month or year, in whole days or months."""
    if end - start > timedelta(days=31):
        months = [start.replace(month=month) for month in (1, 5, 9)] + [end]
        return months[number], months[number + 1]
    days = [start, start + 10 * DAY, start + 20 * DAY, end]
    return days[number], days[number + 1]


def _year_later(day: date) -> date:
    """The same day a year on; for 29 February the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
