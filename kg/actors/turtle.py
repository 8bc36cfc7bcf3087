"""The actors as Turtle: `ontologies/actors.ttl`."""

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Actor, ActorKind
from kg.ontology import DATA, actor_iri

__all__ = ["turtle"]

PREFIXES = {
    "actor": f"{DATA}actor/",
    "membership": f"{DATA}membership/",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sr": "https://w3id.org/state-relations/ontology#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
ROLES = {
    "state": "head of state",
    "government": "head of government",
    "foreign": "foreign minister",
    "head": "head",
    "member": "member",
}
PLAIN = re.compile(r"[A-Za-z0-9-]+")  # what a prefixed name holds without escapes
DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}  # by the length of the text
Row = list[str]


def turtle(
    actors: Iterable[Actor],
    wikidata: Mapping[str, tuple[str, list[str]]],
    offices: Iterable[Row],
    members: Iterable[Row],
) -> str:
    """The text of the file: actors with labels and codes, who is a member of what, who held which office.

    `wikidata` gives a state's number there and its successors. A membership or an office is an
    `org:Membership` with the dates that are known, as exact as they are known.
    """
    blocks = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    blocks = ["# Made by `python -m kg.actors.generate`.", *blocks, ""]
    known = {actor.id: actor for actor in actors}
    for actor in known.values():
        blocks += _block(_actor_name(actor.id), _actor(actor, wikidata.get(actor.id)))
    for organisation, member, begin, end in members:
        name = f"{organisation}-{member}-{begin}".rstrip("-")
        blocks += _block(f"membership:{name}", _membership(organisation, "member", member, begin, end))
    for actor_id, office, person, begin, end in offices:
        name = f"{actor_id}-{office}-{person}-{begin}".rstrip("-")
        blocks += _block(f"membership:{name}", _membership(actor_id, office, person, begin, end))
    return "\n".join(blocks)


def _block(subject: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    lines = [f"    {predicate} {value}" for predicate, value in pairs]
    return [subject, " ;\n".join(lines) + " .", ""]


def _actor(actor: Actor, wikidata: tuple[str, list[str]] | None) -> Iterator[tuple[str, str]]:
    yield "a", f"sr:{actor.kind.title()}"
    for language, label in actor.labels:
        yield "rdfs:label", f"{_text(label)}@{language}"
    if actor.kind in (ActorKind.STATE, ActorKind.ORGANISATION):
        yield "skos:notation", _text(actor.id)
    if actor.state is not None and actor.state != actor.id:
        yield "sr:actsFor", _actor_name(actor.state)
    if wikidata is not None:
        number, successors = wikidata
        yield "owl:sameAs", f"wd:{number}"
        for successor in successors:
            yield "dcterms:isReplacedBy", _actor_name(successor)


def _membership(organisation: str, role: str, member: str, begin: str, end: str) -> Iterator[tuple[str, str]]:
    yield "a", "org:Membership"
    yield "org:organization", _actor_name(organisation)
    yield "org:member", _actor_name(member)
    yield "schema:roleName", f'"{ROLES[role]}"@en'
    for predicate, day in (("schema:startDate", begin), ("schema:endDate", end)):
        if day:
            yield predicate, f'"{day}"^^{DATES[len(day)]}'


def _actor_name(identifier: str) -> str:
    iri = actor_iri(identifier)
    local = iri.removeprefix(PREFIXES["actor"])
    return f"actor:{local}" if PLAIN.fullmatch(local) else f"<{iri}>"


def _text(label: str) -> str:
    escaped = label.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
