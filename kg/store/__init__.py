"""Stores of statements: `EmbeddedStore` is a folder, `Store` what any store can do."""

from kg.store.base import Answer, Store
from kg.store.embedded import EmbeddedStore

__all__ = ["Answer", "EmbeddedStore", "Store"]
