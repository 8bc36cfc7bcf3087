"""Builds a store where the system refuses hard links, as exFAT does; test_sharing.py runs it by itself."""

import ctypes
import os
import platform
import struct
import sys
from pathlib import Path

from store_factory import TEXT, make_statement

from kg.model import Article
from kg.store import EmbeddedStore

# The numbers of link and linkat, from the system's headers.
CALLS = {"x86_64": (86, 265), "aarch64": (37,)}
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, FAIL_NOT_PERMITTED = 0x7FFF0000, 0x00050001
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2


class Program(ctypes.Structure):
    """A filter of system calls, as the kernel takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def main(path: Path) -> None:
    """Says "skip" where links can't be refused; fails where the store isn't published."""
    if platform.machine() not in CALLS or not _refuse_links(CALLS[platform.machine()]):
        print("skip: this system filters no calls")
        return
    try:
        os.link(__file__, path.with_suffix(".link"))
    except PermissionError:
        for first in (0, 40):
            articles = [Article(f"b{number}", TEXT) for number in range(first, first + 40)]
            with EmbeddedStore.open(path) as store:
                store.load((each, [make_statement(f"s-{each.id}", article=each.id)]) for each in articles)
    else:
        raise AssertionError("links are not refused")


def _refuse_links(calls: tuple[int, ...]) -> bool:
    steps = [(LOAD, 0, 0, 0)]
    steps += [(EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, FAIL_NOT_PERMITTED)]
    packed = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = Program(len(steps), ctypes.cast(packed, ctypes.c_void_p))
    system = ctypes.CDLL(None)
    system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(system.prctl(SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
