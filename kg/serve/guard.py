"""What holds for every request: by which names a server is asked, by whom, and headers."""

import re
from contextlib import suppress
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import is_loopback

__all__ = ["Guard", "name_client", "require_token"]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# The Host header, all of it: a name or an address, and perhaps a port.
HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[(?P<address>[0-9A-Fa-f:.]+)\])(:[0-9]{1,5})?")


class Guard:
    """Passes requests on; a `local` server only those that name it by a loopback address.

    A page from elsewhere could otherwise ask it under a name of its own that resolves to this machine.
    A response may have a Content-Security-Policy of its own.
    """

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or passes it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._app
        host = Headers(scope=scope).get("host", "")
        named = HOST.fullmatch(host)
        if host and named is None:
            app = PlainTextResponse("the Host header is no name of a server\n", 400)
        elif self._local and not (named and is_loopback(named["address"] or named["name"].lower())):
            app = PlainTextResponse("this server answers to localhost only\n", 421)
        with suppress(ClientDisconnect):
            await app(scope, receive, send_guarded)


def name_client(request: Request) -> str:
    """Who asks: the address, or of a long one the network, which a client has whole."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False) if isinstance(address, IPv6Address) else address)


def require_token(request: Request, token: str) -> None:
    """Returns where the request carries the token. Raises: HTTPException."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not compare_digest(given.strip().encode(), token.encode()):
        challenge = {"WWW-Authenticate": "Bearer"}
        raise HTTPException(401, "updates need the header Authorization: Bearer TOKEN", challenge)
