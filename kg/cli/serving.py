"""What others ask over HTTP: `kg serve`."""

from typing import Annotated

import typer

from kg.cli.base import STORE, app

__all__ = ["serve"]


@app.command(epilog="Example: kg serve --store build/store --port 8000")
def serve(
    store: Annotated[str, typer.Option(help="Folder of the store.")] = str(STORE),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 for any that is free.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which a question is ended.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Rows after which an answer is cut off.")] = 10_000,
    writable: Annotated[bool, typer.Option("--writable", help="Take updates, at /update.")] = False,
) -> None:
    """Serve what is stored: a SPARQL endpoint, a query editor and the page of the graph."""
    from kg.serve import serve as serve_store

    def announce(url: str) -> None:
        typer.echo(f"{store}: {url} (query editor), {url}graph (page), {url}query (SPARQL)")

    serve_store(store, announce, host=host, port=port, timeout=timeout, limit=limit, writable=writable)
