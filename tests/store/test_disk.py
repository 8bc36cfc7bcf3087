"""A disk that is full, or can't be written to: a clear error, and the store as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("disk.py")
NAMESPACE = ["unshare", "--map-root-user", "--mount"]


def test_a_full_and_a_read_only_disk_leave_the_store_as_it_was(tmp_path: Path) -> None:
    try:
        subprocess.run(
            [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", tmp_path], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine lets nobody mount a disk of their own")

    told = subprocess.run(
        [*NAMESPACE, sys.executable, SCRIPT, tmp_path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (SCRIPT.parent, Path.cwd())))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    full, read_only = told.stdout.splitlines()
    assert full.startswith(f"full: {tmp_path}/store: ")
    assert "No space left" in full
    assert read_only.startswith(f"read-only: {tmp_path}/store: ")
    assert "Read-only file system" in read_only
