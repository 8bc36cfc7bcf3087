"""A process that carries out one task after another, and can be ended: `python -m kg.serve.worker`.

It reads a task a line (JSON) from standard input, and writes the head of the reply as a line of JSON and
the bytes of its body to standard output. A first reply says that it is ready.
"""

import json
import resource
import signal
import sys
from typing import BinaryIO

from kg.serve.answers import Reply, Task, carry_out
from kg.serve.isolation import cut_network

__all__: list[str] = []

PATIENCE = {"graph": 10}  # times the limit; what is drawn is kept
MEMORY = 2 * 2**30  # bytes that a process may take for data


def _main(place: str, timeout: float, limit: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its processes itself
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # without it, they end
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cut_network()
    _send(Reply(200, "", b""), sys.stdout.buffer)
    for line in sys.stdin.buffer:
        task = Task(*json.loads(line))
        # The system ends a process that isn't done in time, whatever it does and whoever has died.
        signal.setitimer(signal.ITIMER_REAL, timeout * PATIENCE.get(task.action, 1))
        _send(carry_out(place, task, limit), sys.stdout.buffer)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _send(reply: Reply, out: BinaryIO) -> None:
    head = [reply.status, reply.media, len(reply.body), reply.cut]
    out.write(json.dumps(head).encode() + b"\n" + reply.body)
    out.flush()


if __name__ == "__main__":
    _main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
