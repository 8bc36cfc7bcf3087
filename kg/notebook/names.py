"""What people write for a state, a day or a label → what the graph calls it, or an error with the nearest."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache

from kg.actors import FormKind, load_actors, resolve
from kg.errors import KGError
from kg.model import Actor, Article
from kg.periods import read_interval

__all__ = [
    "check_range",
    "choose",
    "first_day",
    "last_day",
    "read_date",
    "resolve_actor",
    "resolve_state",
    "within",
]

DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def resolve_state(name: str) -> str:
    """The code of the state or organisation that `name` is, names or acts for.

    A code ("PRK", in any case), a name in any language that is read, in any case and form
    ("Coreea de Nord", "Phenianului"), or a person or office with a state ("Kim Jong Un").
    Raises: KGError for a name of several states, and for an unknown one, naming the nearest.

    >>> resolve_state("Rusia"), resolve_state("North Korea"), resolve_state("nato")
    ('RUS', 'PRK', 'NATO')
    """
    actor = resolve_actor(name)
    if actor.state is None:
        raise KGError(f"{name!r} acts for no state")
    return actor.state


def resolve_actor(name: str) -> Actor:
    """The actor that `name` is or names: as for `resolve_state`, but a person stays one.

    Raises: KGError for a name of several actors, and for an unknown one, naming the nearest.

    >>> resolve_actor("Putin").id
    'vladimir-putin'
    """
    table = load_actors()
    wanted = name.strip()
    found = table.actors.get(wanted) or table.actors.get(wanted.upper())
    if found is not None:
        return found
    names = _names()
    likely = resolve(wanted) or resolve(names.get(wanted.casefold(), ""))
    best = [each.actor for each in likely if each.confidence == likely[0].confidence]
    if len(best) > 1:
        raise KGError(f"{name!r} may be {' or '.join(_shown(actor) for actor in best)}: write which")
    if best:
        return best[0]
    near = names[get_close_matches(wanted.casefold(), names, n=1, cutoff=0.0)[0]]
    raise KGError(f"no state {name!r}: did you mean {_shown(resolve(near)[0].actor)}?")


def choose(
    wanted: str | Iterable[str] | None,
    kind: str,
    known: Collection[str] | None = None,
    meaning: Callable[[str], str] = str,
) -> frozenset[str] | None:
    """The set of what is wanted, `None` for anything; each as `meaning` has it, and among the known.

    Raises: KGError for one that isn't known, naming the nearest and all.

    >>> choose("denyed", "status", ("asserted", "denied"))
    Traceback (most recent call last):
    kg.errors.KGError: no status 'denyed': did you mean denied? There are: asserted, denied
    """
    if wanted is None:
        return None
    values = frozenset(meaning(value) for value in ([wanted] if isinstance(wanted, str) else wanted))
    for value in sorted(values):
        if known is not None and value not in known:
            near = get_close_matches(value, known, n=1, cutoff=0.0)
            hint = f": did you mean {near[0]}? There are: {', '.join(sorted(known))}" if near else ""
            raise KGError(f"no {kind} {value!r}{hint}")
    return values


def read_date(value: str | date, name: str = "date") -> str:
    """A year, month or day as written in the graph: `2025`, `2025-06` or `2025-06-17`.

    Raises: KGError for anything else, naming the nearest day where there is one.

    >>> read_date("2025-6"), read_date(date(2025, 6, 17))
    ('2025-06', '2025-06-17')
    >>> read_date("2025-02-30")
    Traceback (most recent call last):
    kg.errors.KGError: date: '2025-02-30' is no day; did you mean 2025-02-28?
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    match = DATE.fullmatch(value.strip())
    if match is None or match[1] == "0000":
        raise KGError(f"{name}: {value!r} is no date; write 2025, 2025-06 or 2025-06-17")
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    near_month = min(max(month, 1), 12)
    next_month = date(year + near_month // 12, near_month % 12 + 1, 1) if year < date.max.year else date.max
    near = date(year, near_month, min(max(day, 1), (next_month - timedelta(days=1)).day))
    length = 4 if match[2] is None else 7 if match[3] is None else 10
    if (near.month, near.day) != (month, day):
        kind = "month" if length == 7 else "day"
        raise KGError(f"{name}: {value!r} is no {kind}; did you mean {near.isoformat()[:length]}?")
    return near.isoformat()[:length]


def first_day(value: str | date, name: str = "date") -> str:
    """The day with which a year, month or day begins, as `2025-06-01`. Raises: KGError as `read_date`.

    >>> first_day("2025-06")
    '2025-06-01'
    """
    written = read_date(value, name)
    return written + "-01-01"[len(written) - 4 :] if len(written) < 10 else written


def last_day(value: str | date, name: str = "date") -> str:
    """The day with which a year, month or day ends. Raises: KGError as `read_date`.

    >>> last_day("2025-06")
    '2025-06-30'
    """
    return read_interval(read_date(value, name))[1].isoformat()


def within(published: str | None, since: str | None, until: str | None) -> bool:
    """Whether a day or month of publication is from the day `since` to the day `until`, both in.

    A month is as long after a day in it as before. An unknown date is within no limits.

    >>> within("2025-06", "2025-06-17", None), within("2025-06-17", None, "2025-06-17")
    (True, True)
    """
    if published is None:
        return since is None and until is None
    length = len(published)
    return (since is None or published >= since[:length]) and (until is None or published <= until[:length])


def check_range(articles: Iterable[Article], since: str | None, until: str | None) -> None:
    """Raises KGError, naming the nearest, where no dated article is within the days of `within`."""
    days = sorted(article.published for article in articles if article.published)
    if since and until and since > until:
        raise KGError(f"since {since} is after until {until}")
    if not days or any(within(day, since, until) for day in days):
        return
    before = max((day for day in days if not within(day, since, None)), default=None)
    after = min((day for day in days if not within(day, None, until)), default=None)
    limits = " ".join(filter(None, (since and f"since {since}", until and f"until {until}")))
    near = " and ".join(filter(None, (before, after)))
    raise KGError(f"no article {limits}: the nearest {'are' if before and after else 'is'} of {near}")


@cache
def _names() -> Mapping[str, str]:
    """The names of states and organisations, in small letters and as they are written."""
    table = load_actors()
    forms = (form for language in table.languages.values() for form in language)
    return {form.text.casefold(): form.text for form in forms if form.kind is not FormKind.PERSON}


def _shown(actor: Actor) -> str:
    return f"{actor.label('en')} ({actor.id})"
