"""Who is who: states, organisations, groups, people and media, in every form they take in a text."""

from kg.actors.resolution import Resolution, describe, read_offices, resolve
from kg.actors.table import ActorTable, Case, Form, FormKind, Membership, Office, Tenure, load_actors

__all__ = [
    "ActorTable",
    "Case",
    "Form",
    "FormKind",
    "Membership",
    "Office",
    "Resolution",
    "Tenure",
    "describe",
    "load_actors",
    "read_offices",
    "resolve",
]
