"""A process without network: the second wall, should a question get past what refuses SERVICE and LOAD."""

import ctypes
import errno
import platform
import struct
import sys

__all__ = ["cut_network"]

# By machine: how the system calls its calls (AUDIT_ARCH), and the numbers of socket and connect.
MACHINES = {"x86_64": (0xC000003E, (41, 42)), "aarch64": (0xC00000B7, (198, 203))}
IO_URING_SETUP = 425  # by a ring, too, a socket can be opened
FOREIGN = 0x40000000  # the first number of x86-64's other table, x32
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the kernel's filters (BPF)
NUMBER, MACHINE = 0, 4  # where they find the call's number and its machine
ALLOW, FAIL = 0x7FFF0000, 0x00050000 | errno.EACCES
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2  # for prctl


class Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def cut_network() -> bool:
    """Whether this thread, and all that it starts, has no network any more; there is no way back.

    The kernel answers whoever opens or connects a socket with EACCES, native code as well. False where
    there is no such wall: on other systems than Linux on x86-64 and aarch64.
    """
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return False
    machine, calls = MACHINES[platform.machine()]
    closed = (*calls, IO_URING_SETUP)
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 0, len(closed) + 3, machine), (LOAD, 0, 0, NUMBER)]
    steps += [(AT_LEAST, len(closed) + 1, 0, FOREIGN)]
    steps += [(EQUAL, len(closed) - place, 0, call) for place, call in enumerate(closed)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, FAIL)]
    # An instruction is a code, how many to skip where it holds and where it doesn't, and a value.
    program = Program(len(steps), b"".join(struct.pack("=HBBI", *step) for step in steps))
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = (ctypes.c_int, *(ctypes.c_void_p,) * 4)
    if prctl(NO_NEW_PRIVILEGES, 1, None, None, None):
        return False
    return not prctl(SECCOMP, FILTER, ctypes.cast(ctypes.pointer(program), ctypes.c_void_p), None, None)
