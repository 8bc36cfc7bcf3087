"""The store as RDF, in the formats that Oxigraph writes."""

from pathlib import Path

import pyoxigraph as ox

from kg.ontology import PREFIXES
from kg.store.base import Store

__all__ = ["write_nquads", "write_trig", "write_turtle"]


def write_trig(store: Store, out: Path) -> None:
    """Writes TriG: each article in its graph."""
    ox.serialize(store.quads(), out, format=ox.RdfFormat.TRIG, prefixes=dict(PREFIXES))


def write_nquads(store: Store, out: Path) -> None:
    """Writes N-Quads: each article in its graph."""
    ox.serialize(store.quads(), out, format=ox.RdfFormat.N_QUADS)


def write_turtle(store: Store, out: Path) -> None:
    """Writes Turtle: all triples in one graph."""
    triples = dict.fromkeys(quad.triple for quad in store.quads())
    ox.serialize(triples, out, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
