"""People that the text itself introduces, and the short names that it goes on with."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.actors.finder import fold
from kg.lexicon import LANGUAGES
from kg.model import Actor, ActorKind

__all__ = ["Context", "Person", "introduced", "load_context", "repeated", "surnames"]

CLAUSES = frozenset(
    {"acl", "relcl", "acl:relcl", "advcl", "advcl:tcl", "parataxis", "conj", "ccomp", "ccomp:pmod", "cc"}
)
NAMING = frozenset({"flat", "appos", "nmod", "compound", "flat:name", "nsubj"})
PERSONS = frozenset({"PERSON", "PER"})


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a language around names: offices, institutions, titles."""

    offices: frozenset[str]
    institutions: frozenset[str]
    titles: frozenset[str]
    shared: frozenset[str]
    posts: frozenset[str]
    inside: frozenset[str]

    def is_office(self, token: Token) -> bool:
        """Whether the token is a noun that says what someone is for a state."""
        return token.lemma_.lower() in self.offices or token.lower_ in self.offices

    def is_institution(self, token: Token) -> bool:
        """Whether the token is a noun that a state acts through."""
        return token.lemma_.lower() in self.institutions or token.lower_ in self.institutions


@dataclass(frozen=True, slots=True)
class Person:
    """A name in the text that the table lacks, with the actor that the text makes of it."""

    tokens: DocSpan
    actor: Actor | None
    confidence: float


@cache
def load_context(language: str) -> Context:
    """The words in `kg/lang/<language>/actors/context.toml`; none for a language without the file."""
    path = LANGUAGES / language / "actors" / "context.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return Context(*(frozenset(table.get(field.name, ())) for field in fields(Context)))


def introduced(doc: Doc, states: Mapping[int, str], taken: frozenset[int]) -> Iterator[Person]:
    """The people that `doc` names outside of the tokens `taken`, in text order.

    `states` maps the heads of linked mentions to states. A person's state is the one beside the
    office that the text gives; without one the actor is `None`.
    """
    context = load_context(doc.lang_)
    for entity in doc.ents:
        if entity.label_ not in PERSONS:
            continue
        name = _name(entity, context)
        if name is None or any(token.i in taken for token in name):
            continue
        state, confidence = _state(name, states, context)
        actor = None
        if state is not None:
            actor = Actor(_slug(name.text), ActorKind.PERSON, ((doc.lang_, name.text),), state)
        yield Person(name, actor, confidence)


def surnames(name: str, state: str | None, family_first: frozenset[str]) -> tuple[str, ...]:
    """The short names by which a text goes on naming someone.

    >>> surnames("Kim Jong Un", "PRK", frozenset({"PRK"})), surnames("Sergei Shoigu", "RUS", frozenset())
    (('Kim',), ('Shoigu',))
    """
    words = name.split()
    if len(words) < 2:
        return ()
    return (words[0],) if state in family_first else (words[-1],)


def _name(entity: DocSpan, context: Context) -> DocSpan | None:
    """The entity without the offices and small words around the name; `None` where nothing is left."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and (
        not doc[start].text[0].isupper()
        or context.is_office(doc[start])
        or doc[start].lower_ in context.titles
    ):
        start += 1
    while end > start and doc[end - 1].text.islower():
        end -= 1
    while start > 1 and not doc[start - 1].whitespace_ and "-" in (doc[start - 1].text, doc[start].text):
        start -= 1
    while end < len(doc) and end > start and _goes_on(doc[end]):
        end += 1
    name = doc[start:end]
    return name if start < end and name.root.pos_ == "PROPN" else None


def _goes_on(token: Token) -> bool:
    """Whether a token behind a name belongs to it: a part after a hyphen, or a name that wasn't seen."""
    joined = not token.nbor(-1).whitespace_ and (token.text == "-" or token.nbor(-1).text == "-")
    return joined or (token.pos_ == "PROPN" and not token.ent_type_ and token.dep_ in NAMING)


def _state(name: DocSpan, states: Mapping[int, str], context: Context) -> tuple[str | None, float]:
    root = name.root
    groups = [root]
    if root.dep_ in NAMING and context.is_office(root.head):
        groups.insert(0, root.head)
    groups += [child for child in root.children if child.dep_ == "appos" and child not in name]
    near = [token for group in groups for token in _below(group)]
    offices = [token for token in near if context.is_office(token) and token not in name]
    if not offices:
        return None, 0.0
    named = [token for token in near if token.i in states and token not in name]
    if named:
        closest = min(named, key=lambda token: min(abs(token.i - office.i) for office in offices))
        return states[closest.i], 0.85
    told = [token for group in groups for token in group.subtree if token.i in states]
    return (states[told[0].i], 0.6) if told else (None, 0.0)


def _below(token: Token) -> Iterator[Token]:
    """The token and what depends on it, without clauses."""
    yield token
    for child in token.children:
        if child.dep_ not in CLAUSES and child.pos_ not in ("VERB", "AUX"):
            yield from _below(child)


def _slug(name: str) -> str:
    return "-".join(re.findall(r"\w+", fold(name)))


def repeated(doc: Doc, known: Sequence[tuple[int, str]], taken: Iterable[int]) -> Iterator[tuple[Token, int]]:
    """The tokens that repeat a short name, each with the index in `known` of its latest introduction."""
    by_name: dict[str, list[tuple[int, int]]] = {}
    for index, (place, short) in enumerate(known):
        by_name.setdefault(fold(short), []).append((place, index))
    covered = frozenset(taken)
    orths = doc.to_array("ORTH").tolist()
    words = {orth: doc.vocab.strings[orth] for orth in set(orths)}
    named = {orth: by_name.get(fold(word), ()) for orth, word in words.items() if word[0].isupper()}
    for place, orth in enumerate(orths):
        earlier = [index for start, index in named.get(orth, ()) if start < place]
        if earlier and place not in covered:
            yield doc[place], earlier[-1]
