"""Reads ontologies/: relations with their inverses, event types, actors' kinds and IRIs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import OntologyError
from kg.overlay import Own, overlay_files

__all__ = [
    "DATA",
    "PREFIXES",
    "SR",
    "EventType",
    "Labels",
    "Ontology",
    "RelationType",
    "actor_iri",
    "article_iri",
    "compact",
    "extractor_iri",
    "load_ontology",
    "local_id",
    "ontology_path",
    "ontology_paths",
    "quote_iri",
    "statement_iri",
]

SR = "https://w3id.org/state-relations/ontology#"
DATA = "https://w3id.org/state-relations/"
ONTOLOGY = "state-relations.ttl"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "sr": SR,
        "actor": f"{DATA}actor/",
        "article": f"{DATA}article/",
        "statement": f"{DATA}statement/",
        "quote": f"{DATA}quote/",
        "extractor": f"{DATA}extractor/",
        "graph": f"{DATA}graph/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen event types of PLOVER.

    `property` is the relation that every relation of the type implies, `score` runs from -10
    (conflict) to 10 (cooperation).
    """

    code: str
    id: str
    property: str
    quad: str
    score: float
    labels: Labels
    definitions: Labels


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation from source to target; `inverse` is its name read from target to source.

    A symmetric relation is its own inverse. `parent` is the relation of its event type, itself
    where it is that one. `contexts` are sorted.
    """

    id: str
    inverse: str
    parent: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    symmetric: bool
    labels: Labels
    inverse_labels: Labels

    def label(self, language: str) -> str:
        """The words for the relation in `language`, else the first that there are."""
        return dict(self.labels).get(language) or self.labels[0][1]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The relations by id (`sr:aids`) and the event types by code (`AID`)."""

    relations: Mapping[str, RelationType]
    event_types: Mapping[str, EventType]
    _inverses: Mapping[str, str] = field(repr=False)

    def relation(self, name: str) -> RelationType:
        """The relation called `name`, with or without `sr:`.

        Raises: OntologyError, naming the nearest relation; for an inverse reading, its relation.

        >>> load_ontology().relation("sr:sendsPersonnelTo").inverse
        'sr:receivesPersonnelFrom'
        """
        key = name if name.startswith("sr:") else f"sr:{name}"
        found = self.relations.get(key)
        if found is None and key in self._inverses:
            raise OntologyError(
                f"{key} reads {self._inverses[key]} from target to source: use that, the two exchanged"
            )
        if found is None:
            raise OntologyError(f"unknown relation {key}{nearest(key, self.relations)}")
        return found

    def event_type(self, code: str) -> EventType:
        """The event type with the code `code`.

        Raises: OntologyError, naming the nearest code.
        """
        found = self.event_types.get(code)
        if found is None:
            raise OntologyError(f"unknown event type {code}{nearest(code, self.event_types)}")
        return found

    def score(self, event_type: str) -> float:
        """The conflict–cooperation score of an event type, from -10 to 10.

        Raises: OntologyError for an unknown code.

        >>> load_ontology().score("AID")
        10.0
        """
        return self.event_type(event_type).score

    def implied(self, relation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The properties that hold from source to target, and those from target to source.

        A symmetric relation holds both ways, and so does what follows from it.
        Raises: OntologyError for an unknown relation.

        >>> load_ontology().implied("sr:lendsTo")
        (('sr:aids', 'sr:lendsTo'), ('sr:borrowsFrom', 'sr:isAidedBy'))
        """
        kind = self.relation(relation)
        parent = self.relations[kind.parent]
        forward, backward = {kind.id, parent.id}, {kind.inverse, parent.inverse}
        if kind.symmetric:
            forward = backward = forward | backward
        return tuple(sorted(forward)), tuple(sorted(backward))

    def label(self, name: str, language: str) -> str:
        """The words in `language` for a relation or an inverse reading.

        Raises: OntologyError for an unknown name.

        >>> load_ontology().label("sr:isAidedBy", "en")
        'is aided by'
        """
        if name in self._inverses:
            labels = self.relations[self._inverses[name]].inverse_labels
            return dict(labels).get(language) or labels[0][1]
        return self.relation(name).label(language)


def nearest(name: str, names: Iterable[str]) -> str:
    """The end of a message that names the nearest of `names`, or empty when none is near."""
    found = get_close_matches(name, list(names), n=1, cutoff=0.5)
    return f": did you mean {found[0]}?" if found else ""


def ontology_path(name: str) -> Path:
    """The path of a file of ontologies/, in an installed package or in a checkout.

    Raises: OntologyError where the file is in neither.
    """
    package = Path(__file__).parent
    for folder in (package / "ontologies", package.parent / "ontologies"):
        if (folder / name).is_file():
            return folder / name
    raise OntologyError(f"{name}: not found in {package / 'ontologies'} nor {package.parent / 'ontologies'}")


def ontology_paths(name: str) -> tuple[Path, ...]:
    """The file of ontologies/ and, of the ontology itself, what `kg.overlay` adds to it.

    Raises: OntologyError where ontologies/ has no such file.
    """
    own = overlay_files("ontology.ttl") if name == ONTOLOGY else ()
    return ontology_path(name), *(file.path for file in own)


def actor_iri(actor: str) -> str:
    """The IRI of the actor with this id or code.

    >>> actor_iri("PRK")
    'https://w3id.org/state-relations/actor/PRK'
    """
    return PREFIXES["actor"] + quote(actor, safe="")


def article_iri(article: str) -> str:
    """The IRI of an article, which is also the name of its graph; valid for any id.

    >>> article_iri("a b/c#1")
    'https://w3id.org/state-relations/article/a%20b%2Fc%231'
    """
    return PREFIXES["article"] + quote(article, safe="")


def statement_iri(statement: str, part: str = "") -> str:
    """The IRI of a statement, or of a part of it (`theme-1`).

    >>> statement_iri("5f2c", "theme-1")
    'https://w3id.org/state-relations/statement/5f2c#theme-1'
    """
    return PREFIXES["statement"] + quote(statement, safe="") + (f"#{part}" if part else "")


def quote_iri(article: str, start: int, end: int) -> str:
    """The IRI of the characters from `start` to `end` (exclusive) of an article.

    >>> quote_iri("a1", 0, 40)
    'https://w3id.org/state-relations/quote/a1/0-40'
    """
    return f"{PREFIXES['quote']}{quote(article, safe='')}/{start}-{end}"


def extractor_iri(version: str) -> str:
    """The IRI of an extractor in a version.

    >>> extractor_iri("rules/0.2.0+3f9c1a2b")
    'https://w3id.org/state-relations/extractor/rules/0.2.0+3f9c1a2b'
    """
    return PREFIXES["extractor"] + quote(version, safe="/+")


def local_id(iri: str) -> str:
    """The id behind an IRI of an actor, an article, a statement or an extractor.

    >>> local_id(article_iri("a b/c#1"))
    'a b/c#1'
    """
    return unquote(iri.removeprefix(DATA).split("#")[0].partition("/")[2])


@lru_cache(maxsize=4096)
def compact(iri: str) -> str:
    """The IRI with its prefix for its namespace, where there is one.

    >>> compact("https://w3id.org/state-relations/ontology#aids")
    'sr:aids'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


class _Term:
    """What the file says of one subject: names by predicate, and words by predicate and language."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = defaultdict(list)
        self.words: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def add(self, predicate: str, value: NamedNode | Literal) -> None:
        if isinstance(value, Literal) and value.language:
            self.words[predicate].append((value.language, value.value))
        else:
            self.values[predicate].append(compact(value.value))

    def texts(self, predicate: str) -> Labels:
        return tuple(sorted(self.words[predicate]))


def load_ontology() -> Ontology:
    """The ontology of ontologies/state-relations.ttl, with the relations that `kg.overlay` adds; read once.

    Raises: OntologyError where a file is missing, is not Turtle or contradicts itself.
    """
    return _load(ontology_paths(ONTOLOGY), overlay_files("ontology.ttl"))


@cache
def _load(paths: tuple[Path, ...], _own: tuple[Own, ...]) -> Ontology:
    terms: dict[str, _Term] = defaultdict(_Term)
    for path in paths:
        try:
            for triple in parse(path=path, format=RdfFormat.TURTLE):
                if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                    terms[compact(triple.subject.value)].add(compact(triple.predicate.value), triple.object)
        except SyntaxError as error:
            raise OntologyError(f"{path}: not Turtle: {error}") from error
    try:
        types = [_event_type(name, term) for name, term in terms.items() if _is(term, "sr:EventType")]
        by_id = {kind.id: kind for kind in types}
        relations = [
            _relation(name, terms, by_id) for name in tuple(terms) if _is(terms[name], "sr:Relation")
        ]
    except (KeyError, IndexError, ValueError) as error:
        raise OntologyError(f"{path}: a term lacks a value that it needs: {error!r}") from error
    return Ontology(
        MappingProxyType({kind.id: kind for kind in relations}),
        MappingProxyType({kind.code: kind for kind in types}),
        MappingProxyType({kind.inverse: kind.id for kind in relations if not kind.symmetric}),
    )


def _is(term: _Term, kind: str) -> bool:
    return kind in term.values["rdf:type"]


def _event_type(name: str, term: _Term) -> EventType:
    return EventType(
        code=term.values["skos:notation"][0],
        id=name,
        property=term.values["sr:property"][0],
        quad=term.values["sr:quad"][0],
        score=float(term.values["sr:score"][0]),
        labels=term.texts("rdfs:label"),
        definitions=term.texts("skos:definition"),
    )


def _relation(name: str, terms: Mapping[str, _Term], types: Mapping[str, EventType]) -> RelationType:
    term = terms[name]
    for said in ("mode", "context"):
        if f"sr:{said}" in term.values:
            raise OntologyError(
                f"{name}: sr:{said} is said of statements; of a relation it is sr:relation{said.title()}"
            )
    symmetric = _is(term, "owl:SymmetricProperty")
    inverse = name if symmetric else term.values["owl:inverseOf"][0]
    kind = types[term.values["sr:eventType"][0]]
    return RelationType(
        id=name,
        inverse=inverse,
        parent=kind.property,
        event_type=kind.code,
        mode=next(iter(term.values["sr:relationMode"]), None),
        contexts=tuple(sorted(term.values["sr:relationContext"])),
        symmetric=symmetric,
        labels=term.texts("rdfs:label"),
        inverse_labels=terms[inverse].texts("rdfs:label"),
    )
