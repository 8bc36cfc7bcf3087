"""Who is who: states, organisations, groups, people and media, in every form they take in a text."""

from kg.actors.table import ActorTable, Case, Form, FormKind, load_actors

__all__ = ["ActorTable", "Case", "Form", "FormKind", "load_actors"]
