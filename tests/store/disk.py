"""What a store does on a full and on a read-only disk; test_disk.py runs it where it may mount one."""

import subprocess
import sys
from pathlib import Path

from store_factory import ARTICLE, make_statement

from kg.errors import StoreError
from kg.model import Article
from kg.store import EmbeddedStore

SIZE = "64m"
BLOCK = b"\0" * 65536


def main(disk: Path) -> None:
    """Prints a line for each thing that is refused, and fails where something stored is lost."""
    _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk))
    path = disk / "store"
    with EmbeddedStore.open(path) as store:
        store.replace(ARTICLE, [make_statement()])
    before = _read(path)
    filler = disk / "filler"
    _fill(filler)
    _refused("full", lambda: _load(path))
    assert _read(path) == before
    filler.unlink()
    _mount("-o", "remount,ro", str(disk))
    _refused("read-only", lambda: _load(path))
    assert _read(path) == before
    _mount("-o", "remount,rw", str(disk))
    _load(path)
    assert set(_read(path)) > set(before)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(BLOCK)
        except OSError:
            return


def _load(path: Path) -> None:
    articles = (Article(f"b{number}", ARTICLE.text) for number in range(200))
    with EmbeddedStore.open(path) as store:
        store.load((each, [make_statement(f"s-{each.id}", article=each.id)]) for each in articles)


def _read(path: Path) -> list[str]:
    with EmbeddedStore.open(path, read_only=True) as store:
        return sorted(map(str, store.quads()))


def _refused(what, action) -> None:
    try:
        action()
    except StoreError as error:
        print(f"{what}: {error}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
