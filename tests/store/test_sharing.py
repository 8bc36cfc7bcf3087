"""What is published shares its files with what is written, and is whole where the system shares none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from store_factory import TEXT, make_statement

from kg.model import Article
from kg.store import EmbeddedStore

REFUSED = Path(__file__).with_name("links.py")


def load(path: Path, first: int, last: int) -> None:
    articles = [Article(f"b{number}", TEXT) for number in range(first, last)]
    with EmbeddedStore.open(path) as store:
        store.load((each, [make_statement(f"s-{each.id}", article=each.id)]) for each in articles)


def read(path: Path) -> set[str]:
    with EmbeddedStore.open(path, read_only=True) as store:
        return set(map(str, store.quads()))


def bytes_of(*folders: Path) -> int:
    """The bytes that the folders take on the disk, a file with several names being one."""
    files = (path.stat() for folder in folders for path in folder.rglob("*") if path.is_file())
    return sum({each.st_ino: each.st_blocks * 512 for each in files}.values())


@pytest.mark.parametrize("parts", [1, 3])
def test_a_store_and_what_it_published_share_their_files(tmp_path: Path, parts: int) -> None:
    for part in range(parts):
        load(tmp_path, part * 100, part * 100 + 150)
    [published] = (tmp_path / "snapshots").iterdir()
    data = [path for path in published.iterdir() if path.suffix == ".sst"]

    assert data
    assert all((tmp_path / "writer" / path.name).samefile(path) for path in data)
    assert bytes_of(tmp_path / "writer", published) < 1.1 * bytes_of(tmp_path / "writer")


def test_a_store_is_published_on_another_file_system(tmp_path: Path) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("this machine has no second file system for all")
    published = other / f"kg-{os.getpid()}"
    published.mkdir()
    try:
        (tmp_path / "store").mkdir()
        (tmp_path / "store" / "snapshots").symlink_to(published)
        (tmp_path / "store" / "writer").mkdir()
        load(tmp_path / "store", 0, 50)
        load(tmp_path / "whole", 0, 50)
        assert read(tmp_path / "store") == read(tmp_path / "whole")
    finally:
        shutil.rmtree(published)


def test_a_store_is_published_where_the_system_refuses_links(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, REFUSED, tmp_path / "store"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (REFUSED.parent, Path.cwd())))},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.stdout.startswith("skip"):
        pytest.skip(told.stdout)

    assert told.returncode == 0, told.stderr
    load(tmp_path / "whole", 0, 80)
    assert read(tmp_path / "store") == read(tmp_path / "whole")
    assert [path.name for path in (tmp_path / "store" / "snapshots").iterdir()] == ["2"]
