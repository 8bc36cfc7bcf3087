"""Stores of each kind: a folder, and real servers, which are started once."""

from collections.abc import Iterator

import pytest
from servers import Oxigraph, Server, Virtuoso

from kg.store import Store, open_store


def _run(kind: type[Server], factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = kind(factory.mktemp("server"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _run(Oxigraph, tmp_path_factory)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if Virtuoso.program is None:
        pytest.skip("Virtuoso is not installed: .ci/virtuoso")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_STORE_USER", "dba")
        patch.setenv("KG_STORE_PASSWORD", "dba")
        yield from _run(Virtuoso, tmp_path_factory)


@pytest.fixture(params=["folder", "oxigraph", "virtuoso"])
def location(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a store without articles is, of each kind in turn."""
    if request.param == "folder":
        return str(tmp_path_factory.mktemp("folder") / "store")
    server: Server = request.getfixturevalue(request.param)
    with open_store(server.url) as store:
        for article in list(store.articles()):
            store.remove(article.id)
    return server.url


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    with open_store(location) as opened:
        yield opened
