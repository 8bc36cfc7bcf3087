"""What others ask over HTTP: `kg serve`."""

from typing import Annotated

import typer

from kg.cli.base import STORE, app

__all__ = ["serve"]

OPEN = "is open to others than this machine: who reaches it reads all that is stored, unencrypted"


@app.command(epilog="Example: kg serve --store build/store --port 8000")
def serve(
    store: Annotated[str, typer.Option(help="Folder of the store.")] = str(STORE),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a question is ended.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which an answer is cut off.")] = 10_000,
    writable: Annotated[
        bool,
        typer.Option("--writable", help="Take updates, at /update; with the token KG_SERVE_TOKEN."),
    ] = False,
    cors: Annotated[
        list[str] | None,
        typer.Option(help="Origin of pages that may ask, as https://example.org; * is any. Repeatable."),
    ] = None,
) -> None:
    """Serve what is stored: a SPARQL endpoint, a query editor and the page of the graph."""
    from kg.serve import Settings
    from kg.serve import serve as serve_store

    def announce(served: Settings) -> None:
        if not served.is_local:
            typer.echo(f"kg: {served.host}:{served.port} {OPEN}", err=True)
        url = served.url
        typer.echo(f"{store}: {url} (query editor), {url}graph (page), {url}query (SPARQL)")

    serve_store(
        store,
        announce,
        host=host,
        port=port,
        timeout=timeout,
        limit=limit,
        writable=writable,
        cors=cors or (),
    )
