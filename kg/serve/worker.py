"""A process that carries out one task after another, and can be ended: `python -m kg.serve.worker`.

It reads a task a line (JSON) from standard input, and writes the head of the reply as a line of JSON and
the bytes of its body to standard output. A first reply says that it is ready.
"""

import json
import os
import resource
import select
import signal
import sys
from typing import BinaryIO

from kg.serve.answers import Reply, Task, carry_out
from kg.serve.isolation import cut_network
from kg.serve.kept import KeptStore

__all__: list[str] = []

PATIENCE = {"graph": 10}  # times the limit; what is drawn is kept
REST = 5  # seconds without a question after which the store isn't kept open
# Bytes that a process may take for data: the eighth part of the machine's, at most two gigabytes.
MEMORY = min(2 * 2**30, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 8)


def _main(place: str, timeout: float, limit: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its processes itself
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # without it, they end
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cut_network()
    _send(Reply(200, "", b""), sys.stdout.buffer)
    kept = KeptStore(place)
    while True:
        if not select.select([sys.stdin], [], [], REST)[0]:
            kept.close()
        line = sys.stdin.buffer.readline()
        if not line:
            break
        task = Task(*json.loads(line))
        # The system ends a process that isn't done in time, whatever it does and whoever has died.
        signal.setitimer(signal.ITIMER_REAL, timeout * PATIENCE.get(task.action, 1))
        _send(carry_out(kept, task, limit), sys.stdout.buffer)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _send(reply: Reply, out: BinaryIO) -> None:
    head = [reply.status, reply.media, len(reply.body), reply.cut]
    out.write(json.dumps(head).encode() + b"\n" + reply.body)
    out.flush()


if __name__ == "__main__":
    _main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
