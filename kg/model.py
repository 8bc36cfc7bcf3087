"""The value types that every stage hands to the next; all immutable, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

__all__ = [
    "Actor",
    "ActorKind",
    "Argument",
    "Article",
    "Attribution",
    "Evidence",
    "Mention",
    "MentionKind",
    "Polarity",
    "Relation",
    "Role",
    "Span",
    "Statement",
    "Status",
    "TimeInterval",
    "Triple",
]


class Status(StrEnum):
    """How the text presents what it tells."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    CLAIMED = "claimed"
    DENIED = "denied"


class Polarity(StrEnum):
    """Whether the text says that something happened, or that it did not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Role(StrEnum):
    """What an argument is to its predicate."""

    SUBJECT = "subject"
    OBJECT = "object"
    THEME = "theme"
    RECIPIENT = "recipient"
    ORIGIN = "origin"
    DESTINATION = "destination"
    LOCATION = "location"
    PURPOSE = "purpose"
    INSTRUMENT = "instrument"


class ActorKind(StrEnum):
    """What an actor is."""

    STATE = "state"
    ORGANISATION = "organisation"
    PERSON = "person"
    GROUP = "group"
    MEDIUM = "medium"


class MentionKind(StrEnum):
    """In which form the text names an actor."""

    NAME = "name"
    ADJECTIVE = "adjective"
    INHABITANT = "inhabitant"
    CAPITAL = "capital"
    CITY = "city"
    SEAT = "seat"
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    MEDIUM = "medium"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known of it.

    `published` is a day or, where only that is known, a month: `2025-06-17` or `2025-06`.
    """

    id: str
    text: str
    language: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in UTF-8, as hexadecimal digits."""
        return sha256(self.text.encode(errors="surrogatepass")).hexdigest()

    def _repr_html_(self) -> str:
        from kg.notebook.html import article_html  # noqa: PLC0415  (only a notebook asks for it)

        return article_html(self)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of code points of `Article.text`.

    >>> Span("a", 0, 5).of("Rusia primește geniști")
    'Rusia'
    """

    article: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span in its article's text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text names something; `head` is the index of its head token in the parse.

    `head` doesn't outlive the parse: it is `None` for a mention that was read from a store.
    """

    span: Span
    text: str
    kind: MentionKind
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts: `id` is the local part of the IRI, `labels` pairs of language and name.

    `state` is the code it acts for: its own for a state or organisation, `None` where unknown.

    >>> Actor("RUS", ActorKind.STATE, (("en", "Russia"), ("ro", "Rusia")), "RUS").label("ro")
    'Rusia'
    """

    id: str
    kind: ActorKind
    labels: tuple[tuple[str, str], ...]
    state: str | None = None

    def label(self, language: str | None = None) -> str:
        """The name in `language`, else the first name, else the id."""
        names = dict(self.labels)
        return names.get(language or "") or next(iter(names.values()), self.id)


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention in its role; `marker` is the preposition that introduces it, as written.

    `quantity` is the number that the text gives of it and `unit` what is counted by it
    ("zece milioane de dolari": 10000000, "dolar"); an inexact number ("mii") has no quantity.
    """

    role: Role
    mention: Mention
    actor: Actor | None = None
    quantity: float | None = None
    unit: str | None = None
    marker: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One who says so, and the words that make them the sayer ("a declarat", "potrivit")."""

    mention: Mention
    actor: Actor | None
    cue: str


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """The words of a date and the half-open interval of days that they mean."""

    text: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the ontology (`sr:…`) and the words that tell it."""

    id: str
    text: str
    lemma: str
    span: Span


@dataclass(frozen=True, slots=True)
class Triple:
    """One step of a fact as the words tell it: Rusia – primește → geniști."""

    subject: Mention
    link: str
    object: Mention


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that carries a statement; `sentence` counts from 0 in the article."""

    span: Span
    quote: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Who does what to whom, who says so, how certain, when, and where the text says it.

    The relation reads from the argument with role subject to the one with role object, as
    `source` to `target`; `told` keeps the order of the words. `attribution` is innermost first.
    """

    id: str
    relation: Relation
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    source: str | None
    target: str | None
    arguments: tuple[Argument, ...]
    told: tuple[Triple, ...]
    status: Status
    polarity: Polarity
    attribution: tuple[Attribution, ...]
    time: TimeInterval | None
    evidence: Evidence
    confidence: float
    extractor: str

    def argument(self, role: Role) -> Argument | None:
        """The first argument in `role`, or `None`."""
        return next((argument for argument in self.arguments if argument.role is role), None)

    def _repr_html_(self) -> str:
        from kg.notebook.html import statement_html  # noqa: PLC0415  (only a notebook asks for it)

        return statement_html(self)
