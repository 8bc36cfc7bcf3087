"""Published states of a store, each a folder that nobody writes to any more.

What a reader sees of a folder that is being written is undefined in Oxigraph, so a writer publishes
backups under rising numbers. A reader opens the newest, and holds a lock on it for as long as it reads; a
writer removes those that are older and that nobody holds.

The files that hold the data never change once written, so a backup shares them with the store by hard
links; its own are a few small ones. It is taken after compaction, since what the store rewrites later is
shared no more.
"""

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

__all__ = ["newest_snapshot", "open_newest", "publish"]


def publish(inner: ox.Store, folder: Path) -> None:
    """Makes what `inner` holds the newest snapshot in `folder`. Raises: OSError."""
    folder.mkdir(exist_ok=True)
    older = _numbers(folder)
    target = folder / str(max(older, default=0) + 1)
    inner.flush()
    with suppress(OSError):  # without the room for it, what is stored is as good
        inner.optimize()
    try:
        inner.backup(str(target))
    except OSError:
        _copy(inner, target)  # Oxigraph copies onto another file system, not where links are refused
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


def _copy(inner: ox.Store, target: Path) -> None:
    """Makes a snapshot that shares nothing, under its name once it is whole."""
    part = target.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        copy = ox.Store(str(part))
        copy.bulk_extend(inner.quads_for_pattern(None, None, None))
        copy.flush()
        del copy
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


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
