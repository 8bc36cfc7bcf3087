"""The routes of the server: the endpoint, its description, and the query editor."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from pyoxigraph import NamedNode
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.ontology import PREFIXES
from kg.query import fill, list_questions
from kg.serve.answers import Task
from kg.serve.connections import RETRY
from kg.serve.formats import GRAPHS, choose
from kg.serve.guard import Guard, name_client, require_token
from kg.serve.places import BusyError
from kg.serve.pool import Pool
from kg.serve.process import CHUNK, Answer
from kg.serve.protocol import read_query, read_update
from kg.serve.settings import Settings
from kg.store.embedded import SNAPSHOTS
from kg.store.snapshots import newest_snapshot

__all__ = ["make_app"]

STATIC = Path(__file__).with_name("static")
CUT = "X-SPARQL-MaxRows"  # the header by which Virtuoso, too, says that rows were cut off
# The page's own policy, in it, names its scripts; a header can only narrow that.
PAGE_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
KEPT = 8  # drawings of the graph
LOOPBACK = r"https?://(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?"


def make_app(settings: Settings) -> Starlette:
    """The application; further pages are further routes.

    A server on a loopback address answers scripts of pages from such addresses, too; each server those of
    its own pages and of the origins that the settings name.
    """
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors,
        allow_origin_regex=LOOPBACK if settings.is_local else None,
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        expose_headers=[CUT, "Retry-After"],
    )
    packing = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    routes = [
        Route("/query", _query, methods=["GET", "POST", "OPTIONS"]),
        Route("/update", _update, methods=["POST", "OPTIONS"]),
        Route("/.well-known/void", _describe),
        Route("/questions", _list_questions),
        Route("/graph", _draw_graph),
        Route("/evidence", _show_evidence),
        Route("/", _show_editor),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    guard = Middleware(Guard, local=settings.is_local)
    app = Starlette(routes=routes, middleware=[guard, packing, cors], lifespan=_run_pool)
    app.state.settings = settings
    app.state.pages = {}
    return app


@asynccontextmanager
async def _run_pool(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = Pool(app.state.settings)
    try:
        await app.state.pool.start()
        yield
    finally:
        await app.state.pool.close()


async def _query(request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
    task = await read_query(request)
    if task is not None:
        return await _carry_out(request, task)
    offered = {name: names for name, (_, names) in GRAPHS.items()} | {"text/html": ()}
    if choose(request.headers.get("accept", ""), offered) == "text/html":
        return RedirectResponse("/", 303)
    return await _describe(request)


async def _update(request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": "POST, OPTIONS"})
    settings: Settings = request.app.state.settings
    if not settings.writable:
        raise HTTPException(403, "the store is served for reading only: start kg serve with --writable")
    origin = request.headers.get("origin")
    if settings.token is not None:
        require_token(request, settings.token)
    elif origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, f"updates are not taken from pages of {origin}")
    return await _carry_out(request, await read_update(request))


async def _describe(request: Request) -> Response:
    base = str(request.base_url)
    try:
        NamedNode(base)
    except ValueError as error:
        raise HTTPException(400, "the Host header is no name of a server") from error
    sparql = files("kg.serve").joinpath("description.rq").read_text("utf-8")
    accept = request.headers.get("accept", "")
    return await _carry_out(request, Task(f"BASE <{base}>\n{sparql}", accept, whole=True))


async def _list_questions(_request: Request) -> Response:
    questions = [
        {"name": each.name, "text": each.text, "sparql": _declare_prefixes(fill(each, {}))}
        for each in list_questions()
    ]
    return JSONResponse(questions)


def _declare_prefixes(sparql: str) -> str:
    """The question for an editor that wants prefixes declared, and shortens what it shows by them."""
    used = (name for name in PREFIXES if name == "actor" or re.search(rf"\b{name}:", sparql))
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + sparql


async def _show_editor(_request: Request) -> Response:
    return FileResponse(STATIC / "editor.html")


async def _draw_graph(request: Request) -> Response:
    """The page of what was last published; what was drawn before is given again."""
    state = request.app.state
    languages = request.headers.get("accept-language", "")
    drawing = (newest_snapshot(state.settings.store / SNAPSHOTS), request.url.query, languages)
    page = state.pages.get(drawing)
    if page is None:
        answer = await _ask(request, Task(request.url.query, languages, action="graph"))
        if answer is None or answer.status != 200:
            return _respond(answer, state.settings.limit)
        page = answer.body.read()
        state.pages = {drawing: page, **dict(islice(state.pages.items(), KEPT - 1))}
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return Response(page, headers=headers, media_type="text/html")


async def _show_evidence(request: Request) -> Response:
    return await _carry_out(request, Task(request.url.query, action="evidence"))


async def _carry_out(request: Request, task: Task) -> Response:
    return _respond(await _ask(request, task), request.app.state.settings.limit)


async def _ask(request: Request, task: Task) -> Answer | None:
    """The answer of the pool; `None` where the client goes away before there is one.

    Raises: HTTPException where the server is busy.
    """
    asked = asyncio.ensure_future(request.app.state.pool.ask(task, name_client(request)))
    gone = asyncio.ensure_future(_wait_until_gone(request))
    try:
        await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await asked if asked.done() else None
    except BusyError as error:
        raise HTTPException(503, str(error), RETRY) from error
    finally:
        for each in (asked, gone):
            each.cancel()
            with suppress(asyncio.CancelledError, BusyError):
                await each


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _respond(answer: Answer | None, limit: int) -> Response:
    if answer is None:
        return Response(status_code=499)
    headers = {"Content-Length": str(answer.size), "Vary": "Accept", "Cache-Control": "no-cache"}
    if answer.cut:
        headers[CUT] = str(limit)
    if answer.status == 204:
        return Response(status_code=204)
    if answer.size <= CHUNK:
        with answer.body as body:
            return Response(body.read(), answer.status, headers, answer.media)
    return StreamingResponse(_pieces(answer.body), answer.status, headers, answer.media)


async def _pieces(body: IO[bytes]) -> AsyncIterator[bytes]:
    with body:
        while piece := body.read(CHUNK):
            yield piece
