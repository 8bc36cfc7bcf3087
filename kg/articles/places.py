"""What a user gives as a path → the files that it stands for: a file, folder or pattern."""

import glob
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePath

from kg.articles.fields import Failure

__all__ = ["SUFFIXES", "find_files", "find_root", "locate", "split_name"]

SUFFIXES = {
    ".txt": "text",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".csv": "csv",
    ".parquet": "parquet",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
COMPRESSED = frozenset({".gz", ".zst"})


def find_files(path: str, apart: Sequence[Path] = ()) -> Iterator[str | Failure]:
    """The files of a path, in order, and what of it can't be read.

    A folder stands for its files of known suffixes at any depth, sorted, but for files and folders `apart`;
    a folder that is reached twice, by a link, is read once. A pattern has `*`, `?`, `[…]`, and `**` for
    folders at any depth.
    """
    # os.path, unlike pathlib, takes what can't be a name as that of no file.
    if glob.has_magic(path) and not os.path.exists(path):  # noqa: PTH110
        yield from _find_fitting(path, apart)
    elif os.path.isdir(path):  # noqa: PTH112
        yield from _find_in_folder(path, apart)
    else:
        yield path


def find_root(path: str) -> str:
    """What may hold the files of a path: itself or, for a pattern, the folder in which they are sought.

    >>> find_root("news/2025-*/*.txt")
    'news'
    """
    if glob.has_magic(path) and not os.path.exists(path):  # noqa: PTH110
        return str(Path(*_split_pattern(path)[0]))
    return path


def locate(path: str) -> str:
    """The absolute path of a file or folder, the same however it is given, also where it is no more.

    Links to folders are followed; a link to a file is a file of its own.
    """
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100  (it takes what can't be a name)
    return os.path.join(_real(folder), name).encode(errors="backslashreplace").decode()  # noqa: PTH118


@lru_cache(maxsize=1024)
def _real(folder: str) -> str:
    try:
        return os.path.realpath(folder)
    except ValueError:
        return folder


def split_name(name: str) -> tuple[str, str]:
    """The stem of a file's name and its suffix, in lower case and without that of compression.

    >>> split_name("news/a.b.JSONL.gz")
    ('a.b', '.jsonl')
    """
    path = PurePath(name)
    if path.suffix.lower() in COMPRESSED:
        path = path.with_suffix("")
    return path.stem, path.suffix.lower()


def _find_fitting(pattern: str, apart: Sequence[Path]) -> Iterator[str | Failure]:
    fixed, parts = _split_pattern(pattern)
    try:
        # pathlib's `**` doesn't follow links, which may lead in circles; that of glob does.
        found = sorted(Path(*fixed).glob("/".join(parts)))
    except ValueError as error:
        yield Failure(pattern, f"no pattern: {error}")
        return
    kept = (path for path in found if not any(_is_among(each, apart) for each in (path, *path.parents)))
    files = [path for path in kept if path.is_file() or "**" not in parts]
    if not files:
        yield Failure(pattern, "no file fits the pattern")
    for each in files:
        yield from _find_in_folder(str(each), apart) if each.is_dir() else [str(each)]


def _split_pattern(pattern: str) -> tuple[Sequence[str], Sequence[str]]:
    """The parts of a pattern before the first with a sign, and the others."""
    parts = PurePath(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    return parts[:fixed], parts[fixed:]


def _find_in_folder(folder: str, apart: Sequence[Path]) -> Iterator[str | Failure]:
    found = False
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if _is_among(Path(path), apart):
            continue
        try:
            if not os.path.isdir(path):  # noqa: PTH112  (a folder may have a million files)
                found = True
                yield path
                continue
            known = os.stat(path)  # noqa: PTH116
            if (known.st_dev, known.st_ino) not in seen:
                seen.add((known.st_dev, known.st_ino))
                waiting += _list_folder(path)
        except OSError as error:
            found = True
            yield Failure(path, f"can't be read: {error.strerror}")
    if not found:
        yield Failure(folder, f"the folder has no file with one of the suffixes {', '.join(SUFFIXES)}")


def _is_among(path: Path, others: Sequence[Path]) -> bool:
    return any(path.name == other.name and path.resolve() == other.resolve() for other in others)


def _list_folder(folder: str) -> list[str]:
    """The folders in a folder and its files of known suffixes, the last first."""
    with os.scandir(folder) as entries:
        kept = [
            entry.path
            for entry in entries
            if split_name(entry.name)[1] in SUFFIXES or os.path.isdir(entry.path)  # noqa: PTH112
        ]
    return sorted(kept, reverse=True)
