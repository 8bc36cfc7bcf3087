"""Published states of a store, each a folder that nobody writes to any more.

What a reader sees of a folder that is being written is undefined in Oxigraph, so a writer publishes
backups (hard links: cheap) under rising numbers. A reader opens the newest, and holds a lock on it for as
long as it reads; a writer removes those that are older and that nobody holds.
"""

import fcntl
import shutil
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

__all__ = ["newest_snapshot", "open_newest", "publish"]


def publish(inner: ox.Store, folder: Path) -> None:
    """Makes what `inner` holds the newest snapshot in `folder`. Raises: OSError."""
    folder.mkdir(exist_ok=True)
    older = _numbers(folder)
    inner.backup(str(folder / str(max(older, default=0) + 1)))
    for number in older:
        _remove(folder, number)


def open_newest(folder: Path) -> tuple[ox.Store, TextIO] | None:
    """The newest snapshot in `folder` and the open file that keeps it there; `None` where there is none.

    Raises: OSError.
    """
    while newest := newest_snapshot(folder):
        try:
            lock = _marker(folder, newest).open(encoding="ascii")
        except FileNotFoundError:
            continue  # a newer one took its place meanwhile
        fcntl.flock(lock, fcntl.LOCK_SH)
        if _marker(folder, newest).exists():
            return ox.Store.read_only(str(folder / str(newest))), lock
        lock.close()
    return None


def newest_snapshot(folder: Path) -> int:
    """The number of what was last published in `folder`, 0 where nothing was."""
    return max((number for number in _numbers(folder) if _marker(folder, number).exists()), default=0)


def _numbers(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.glob("*") if path.name.isdecimal()]


def _marker(folder: Path, number: int) -> Path:
    """The file that RocksDB reads first; each snapshot has its own."""
    return folder / str(number) / "CURRENT"


def _remove(folder: Path, number: int) -> None:
    """Removes a snapshot that nobody reads, or what an interrupted removal left of one."""
    marker = _marker(folder, number)
    if marker.exists():
        with marker.open(encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            shutil.rmtree(marker.parent)
    else:
        shutil.rmtree(marker.parent)
