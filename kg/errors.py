"""The exceptions of the library, all under one root.

KGError
├── ArticleError            an article can't be read
│   └── LanguageError       an article is in a language without a folder
├── LexiconError            a language's folder is incomplete or wrong
├── OntologyError           ontologies/ lacks a name or contradicts itself
├── StoreError              a store can't be opened, read or written
├── QueryError              a question is unknown or not SPARQL
│   └── RefusedError        SPARQL that a store never carries out
└── PipelineError           a parsing pipeline is missing or lacks a component

A message names the file or article, the value, and what would be right.
"""

__all__ = [
    "ArticleError",
    "KGError",
    "LanguageError",
    "LexiconError",
    "OntologyError",
    "PipelineError",
    "QueryError",
    "RefusedError",
    "StoreError",
]


class KGError(Exception):
    """The root of every error that the library raises on purpose."""


class ArticleError(KGError):
    """An article can't be read: the message names the file and, for JSON Lines, the line."""


class LanguageError(ArticleError):
    """An article is in a language that has no folder under `kg/lang/`."""


class LexiconError(KGError):
    """A language's folder is incomplete or wrong: the message names the file and the key."""


class OntologyError(KGError):
    """The ontology lacks a name or contradicts itself."""


class StoreError(KGError):
    """A store can't be opened, read or written."""


class QueryError(KGError):
    """A question is neither a saved one nor valid SPARQL."""


class RefusedError(QueryError):
    """A question or an update that a store doesn't carry out, whoever asks: the message says why."""


class PipelineError(KGError):
    """A parsing pipeline is missing, or lacks a component that extraction needs."""
