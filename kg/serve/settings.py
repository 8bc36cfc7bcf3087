"""What is served, to whom, and within which limits."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

__all__ = ["Settings", "is_loopback"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, and where; `timeout` in seconds is that of a question, `limit` counts rows.

    `host` is the address that is listened on. Scripts of pages of the origins `cors` may ask. Where there is
    a `token`, updates must carry it.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = 30
    limit: int = 10_000
    writable: bool = False
    cors: tuple[str, ...] = ()
    token: str | None = None

    @property
    def url(self) -> str:
        """The address of the server's first page."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}/"

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether the name or address is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("example.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
