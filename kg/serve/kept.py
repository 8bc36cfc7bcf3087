"""The store that is served, kept open from one question to the next."""

from pathlib import Path

from kg.store.embedded import SNAPSHOTS, EmbeddedStore
from kg.store.snapshots import newest_snapshot

__all__ = ["KeptStore"]


class KeptStore:
    """The store in a folder: the one place where the server opens what it serves.

    What is read stays open, and holds what was published then on disk, until `close`.
    """

    def __init__(self, place: str) -> None:
        self._place = Path(place)
        self._store: EmbeddedStore | None = None
        self._state: tuple[int, ...] = ()

    def read(self) -> EmbeddedStore:
        """The store as it was last published. Raises: StoreError."""
        state = self._look()
        if self._store is None or state != self._state:
            self.close()
            self._store, self._state = EmbeddedStore.open(self._place, read_only=True), state
        return self._store

    def write(self) -> EmbeddedStore:
        """The store to write to, which publishes when it is closed. Raises: StoreError."""
        return EmbeddedStore.open(self._place)

    def close(self) -> None:
        """Lets go of what is read, where anything is."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _look(self) -> tuple[int, ...]:
        """What tells the last snapshot from others, also from one of that number in a folder made anew."""
        newest = newest_snapshot(self._place / SNAPSHOTS)
        try:
            found = (self._place / SNAPSHOTS / str(newest)).stat()
        except OSError:
            return (newest,)
        return newest, found.st_ino, found.st_mtime_ns
