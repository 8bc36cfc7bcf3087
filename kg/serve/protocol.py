"""The SPARQL 1.1 Protocol: from an HTTP request to a task."""

from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.serve.answers import Task

__all__ = ["read_query", "read_update"]

LARGEST = 2**23  # bytes of a body
LONGEST = 2**19  # bytes of what an address asks
FORM = "application/x-www-form-urlencoded"


class Operation(NamedTuple):
    """How a query or an update is sent: its parameter, its media type, and the names of its graphs."""

    parameter: str
    media: str
    default: str
    named: str


QUERY = Operation("query", "application/sparql-query", "default-graph-uri", "named-graph-uri")
UPDATE = Operation("update", "application/sparql-update", "using-graph-uri", "using-named-graph-uri")


async def read_query(request: Request) -> Task | None:
    """The query of the request, `None` where it is a GET without one. Raises: HTTPException."""
    if request.method == "POST":
        given = await _read_body(request, QUERY)
    else:
        if len(request.url.query) > LONGEST:
            raise HTTPException(414, f"an address may ask {LONGEST} bytes; send the query by POST")
        given = _parse(request.url.query)
        if not any(name == QUERY.parameter for name, _ in given):
            return None
    sparql = _only(given, QUERY)
    default, named = (_all(given, name) for name in (QUERY.default, QUERY.named))
    # A client may ask for several forms at once in several headers.
    return Task(sparql, ",".join(request.headers.getlist("accept")), default, named)


async def read_update(request: Request) -> Task:
    """The update of the request. Raises: HTTPException."""
    given = await _read_body(request, UPDATE)
    default, named = (_all(given, name) for name in (UPDATE.default, UPDATE.named))
    return Task(_only(given, UPDATE), default=default, named=named, action="update")


async def _read_body(request: Request, operation: Operation) -> list[tuple[str, str]]:
    """The parameters of a POST, its body being one of them where it is SPARQL."""
    media, _, rest = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media not in {FORM, operation.media}:
        raise HTTPException(415, f"send {operation.media} or {FORM}, not {media or 'a body without a type'}")
    charset = rest.lower().partition("charset=")[2].strip(' "')
    if charset not in {"", "utf-8", "utf8"}:
        raise HTTPException(415, f"send UTF-8, not {charset}")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413, f"a request may have {LARGEST} bytes")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"byte {error.start} is not UTF-8") from error
    if media == FORM:
        return _parse(text)
    return [*_parse(request.url.query), (operation.parameter, text)]


def _parse(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "a parameter is not UTF-8") from error
    except ValueError as error:
        raise HTTPException(400, "there are more than 1000 parameters") from error


def _all(given: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in given if name == wanted)


def _only(given: list[tuple[str, str]], operation: Operation) -> str:
    texts = _all(given, operation.parameter)
    if len(texts) != 1:
        raise HTTPException(400, f"give one {operation.parameter}, not {len(texts)}")
    return texts[0]
