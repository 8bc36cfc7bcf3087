"""Stores of statements: a folder, or a server that speaks SPARQL; `Store` is what any store can do."""

from pathlib import Path

from kg.store.base import Answer, Store
from kg.store.embedded import EmbeddedStore

__all__ = ["Answer", "EmbeddedStore", "Store", "open_store"]


def open_store(location: str | Path, *, read_only: bool = False) -> Store:
    """The store in the folder or at the URL `location`, made where there is none unless `read_only`.

    Raises: StoreError.
    """
    if str(location).startswith(("http://", "https://")):
        from kg.store.remote import RemoteStore  # noqa: PLC0415  (a folder needs no HTTP)

        return RemoteStore.open(str(location), read_only=read_only)
    return EmbeddedStore.open(location, read_only=read_only)
