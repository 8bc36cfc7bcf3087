"""The folder of a user's own frames and relations, laid over the data of the package.

The environment variable `KG_OVERLAY` names it. In it, all optional:

    ontology.ttl                    relations, as in ontologies/state-relations.ttl, in the namespace sr:
    lang/<code>/frames/*.toml       frames, tried before the package's for the same word
    lang/<code>/classes.toml        words, added to the classes of the language or in classes of their own
"""

import os
from pathlib import Path
from typing import NamedTuple

from kg.errors import KGError

__all__ = ["Own", "overlay_files"]

VARIABLE = "KG_OVERLAY"


class Own(NamedTuple):
    """A file of the overlay, its path there, and when it was last changed: after that it is read again."""

    path: Path
    name: str
    changed: int


def overlay_files(pattern: str) -> tuple[Own, ...]:
    """The files of the overlay that fit a pattern, sorted; none where there is no overlay.

    Raises: KGError where `KG_OVERLAY` names no folder.

    >>> overlay_files("lang/en/frames/*.toml")
    ()
    """
    name = os.environ.get(VARIABLE)
    if not name:
        return ()
    if not Path(name).is_dir():
        raise KGError(f"{VARIABLE}={name}: no such folder; see kg/overlay.py for what goes into one")
    root = Path(name).resolve()
    found = sorted(root.glob(pattern))
    return tuple(Own(path, path.relative_to(root).as_posix(), path.stat().st_mtime_ns) for path in found)
