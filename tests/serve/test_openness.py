"""Who may ask, by which names, and who may write: servers for this machine and for others."""

import pytest
from conftest import Server

UPDATE = "INSERT DATA { GRAPH graph:notes { actor:ZZA rdfs:comment 'noted' } }"
TOKEN = "a-Secret_9"


@pytest.fixture(scope="module")
def local(start):
    return start()


@pytest.fixture(scope="module")
def public(start):
    options = (
        "--host",
        "0.0.0.0",
        "--writable",
        "--cors",
        "https://example.org",
        "--cors",
        "http://[::2]:3000",
    )
    return start(*options, KG_SERVE_TOKEN=TOKEN)


def update(server, **headers):
    return server.request("POST", "/update", UPDATE, Content_Type="application/sparql-update", **headers)


@pytest.mark.parametrize(
    ("host", "options", "warned"),
    [
        ("127.0.0.1", (), False),
        ("localhost", (), False),
        ("::1", (), False),
        ("0.0.0.0", (), True),
        ("::", (), True),
    ],
)
def test_who_opens_a_store_to_others_is_warned(make_store, host, options, warned):
    assert ("open to others" in Server(make_store(), "--host", host, *options).stop()) is warned


def test_a_store_is_not_opened_to_writers_without_a_token(kg, make_store, monkeypatch):
    monkeypatch.delenv("KG_SERVE_TOKEN", raising=False)
    result = kg("serve", "--store", make_store(), "--host", "0.0.0.0", "--port", 0, "--writable")
    assert (result.exit_code, "set KG_SERVE_TOKEN" in result.stderr) == (2, True)


@pytest.mark.parametrize("token", ["two words", "ăâî", "\t"])
def test_a_token_that_no_header_can_carry_is_refused(kg, make_store, monkeypatch, token):
    monkeypatch.setenv("KG_SERVE_TOKEN", token)
    result = kg("serve", "--store", make_store(), "--port", 0, "--writable")
    assert (result.exit_code, "KG_SERVE_TOKEN may have" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer wrong", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN]
)
def test_updates_need_the_token(public, given):
    headers = {} if given is None else {"Authorization": given}
    response = update(public, **headers)
    assert (response.status, response.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert TOKEN not in response.body.decode()
    assert b'"bindings":[]' in public.ask("SELECT * { ?s rdfs:comment 'noted' }").body.replace(b" ", b"")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_updates_with_the_token_are_taken_from_any_page(public, scheme):
    assert update(public, Authorization=f"{scheme} {TOKEN}").status == 204
    assert update(public, Authorization=f"{scheme} {TOKEN}", Origin="https://example.org").status == 204


def test_a_token_holds_on_this_machine_too(start):
    server = start("--writable", KG_SERVE_TOKEN=TOKEN)
    assert update(server).status == 401
    assert update(server, Authorization=f"Bearer {TOKEN}").status == 204


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://example.org", True),
        ("http://[::2]:3000", True),
        ("https://example.org:444", False),
        ("http://example.org", False),
        ("https://example.org.example.net", False),
        ("http://localhost:3000", False),
        ("null", False),
    ],
)
def test_pages_that_may_ask_are_named(public, origin, allowed):
    response = public.request("GET", "/questions", Origin=origin, Host="kg.example.org")
    assert response.headers["Access-Control-Allow-Origin"] == (origin if allowed else None)


def test_all_pages_may_ask_where_that_is_said(start):
    response = start("--cors", "*").request("GET", "/questions", Origin="https://example.org")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert set(response.headers["Access-Control-Expose-Headers"].split(", ")) == {
        "X-SPARQL-MaxRows",
        "Retry-After",
    }


@pytest.mark.parametrize(
    "origin", ["example.org", "https://example.org/", "https://a b", "ftp://x", "https://x\n"]
)
def test_what_is_no_origin_is_refused(kg, make_store, origin):
    result = kg("serve", "--store", make_store(), "--port", 0, "--cors", origin)
    assert (result.exit_code, "is no origin" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1", "127.1.2.3:65535", "[::1]", "[::1]:8000"]
)
def test_names_of_this_machine_are_answered(local, host):
    assert local.request("GET", "/questions", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        'localhost:8101/"><script>',
        "localhost/",
        "localhost?x",
        "localhost#x",
        "localhost:",
        "localhost:8101:8101",
        "localhost:x",
        "localhost:123456",
        "localhost\\x",
        "localhost example.org",
        "a@localhost",
        "localhost@example.org",
        "[::1]x",
        "[::1",
        "::1",
        "127.0.0.1<",
        "localhost\u00e9",
    ],
)
def test_a_name_is_checked_whole(local, public, host):
    for server in (local, public):
        response = server.request("GET", "/.well-known/void", Host=host)
        assert (response.status, response.media) == (400, "text/plain")
        assert "script" not in response.body.decode()


@pytest.mark.parametrize(
    "host", ["example.org", "localhost.example.org", "127.0.0.1.example.org", "[::2]", "0.0.0.0"]
)
def test_other_names_are_not_answered_on_this_machine_only(local, public, host):
    assert local.request("GET", "/questions", Host=host).status == 421
    assert public.request("GET", "/questions", Host=host).status == 200
