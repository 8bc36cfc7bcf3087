"""Real SPARQL servers on loopback, each with a folder of its own, to be started, killed and started again."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 50000
"""


class Server:
    """A server of SPARQL; `url` is what `--store` takes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = (self.folder / "output").open("ab")
        self.process = subprocess.Popen(self.command(), cwd=self.folder, stdout=log, stderr=log)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, (self.folder / "output").read_text()
            time.sleep(0.1)
        raise AssertionError(f"{self.command()[0]} doesn't listen")

    def kill(self) -> None:
        """Ends the server at once, as a failure of the machine would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


class Oxigraph(Server):
    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        program = Path(sys.executable).parent / "oxigraph"
        return [str(program), "serve", "--location", "data", "--bind", f"127.0.0.1:{self.port}"]


class Virtuoso(Server):
    """Virtuoso; it takes updates from its user `dba` with the password `dba`."""

    program = shutil.which("virtuoso-t")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql-auth"

    def command(self) -> list[str]:
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        settings = self.folder / "virtuoso.ini"
        if not settings.exists():
            settings.write_text(INI.format(port=self.port, sql=free_port()))
        return [str(self.program), "+foreground", "+configfile", "virtuoso.ini"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
