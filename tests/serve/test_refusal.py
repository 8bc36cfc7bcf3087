"""SERVICE and LOAD: nothing that SPARQL takes for one is carried out, and nothing else is refused."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.sparql import asks_elsewhere

REASON = "SERVICE and LOAD are refused: a store asks no server and reads no file"
UPDATE = "application/sparql-update"
# PN_CHARS_BASE, and what PN_CHARS has besides "-", as ranges.
BASE = (
    "AZ az \u00c0\u00d6 \u00d8\u00f6 \u00f8\u02ff \u0370\u037d \u037f\u1fff \u200c\u200d \u2070\u218f "
    "\u2c00\u2fef \u3001\ud7ff \uf900\ufdcf \ufdf0\ufffd \U00010000\U000effff"
)
MORE = "09 __ \u00b7\u00b7 \u0300\u036f \u203f\u2040"


def characters(ranges):
    return st.one_of([st.characters(min_codepoint=ord(a), max_codepoint=ord(b)) for a, b in ranges.split()])


letter, inner = characters(BASE), characters(f"{BASE} {MORE}")
variable = st.builds("{}{}".format, st.sampled_from("?$"), st.text(inner, min_size=1, max_size=6))
prefix = st.builds(
    "{}{}".format,
    st.text(letter, min_size=1, max_size=1),
    st.lists(inner | st.sampled_from(["-", ".a"]), max_size=6).map("".join),
)
local = st.lists(
    inner | st.sampled_from([":", "%41", ".a", "-", *(f"\\{c}" for c in "_~.-!$&'()*+,;=/?#@%")])
)
space = st.sampled_from(["", " ", "\t", "\r\n", "#\n", "# '\n", "#>\r"])
silent = st.sampled_from(["", "SILENT", "silent "])


def in_any_case(word):
    return st.tuples(*(st.sampled_from((each.lower(), each.upper())) for each in word)).map("".join)


@pytest.fixture(scope="module")
def writable(start):
    return start("--writable")


@pytest.fixture
def silence(elsewhere):
    """The address of a host that must not have been asked when the test ends."""
    url, asked = elsewhere
    asked.clear()
    yield url
    assert asked == []


def refused(response):
    return (response.status, response.body.decode().strip()) == (403, REASON)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(in_any_case("SERVICE"), space, silent, st.data())
def test_service_is_refused_whatever_its_name_is_made_of(server, silence, word, gap, quiet, data):
    name, declared = f"<{silence}>", ""
    kind = data.draw(st.sampled_from(["iri", "variable", "name"]))
    if kind == "variable":
        name = data.draw(variable)
        declared = f"VALUES {name} {{ <{silence}> }} "
    prologue = ""
    if kind == "name":
        short, rest = data.draw(prefix), "".join(data.draw(local))
        name, prologue = f"{short}:{rest}", f"PREFIX {short}: <{silence}> "
    query = f"{prologue}SELECT * {{ {declared}{word}{gap}{quiet}{gap}{name}{gap}{{ ?s ?p ?o }} }}"
    assert refused(server.ask(query)), query


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(in_any_case("LOAD"), space, silent, prefix, local)
def test_load_is_refused_whatever_its_name_is_made_of(writable, silence, word, gap, quiet, short, rest):
    update = f"PREFIX {short}: <{silence}> {word}{gap}{quiet}{gap}{short}:{''.join(rest)}"
    assert refused(writable.request("POST", "/update", update.encode(), Content_Type=UPDATE)), update


PIECES = [
    *(
        "SERVICE",
        "service",
        "SERVICE SILENT",
        "SERVICESILENT",
        "trueSERVICE",
        "1.SERVICE",
        "h:SERVICE",
        "a:b.SERVICE",
    ),
    *(
        "<URL>",
        "?o",
        "a:x",
        "a:\u00b7",
        ":",
        "SERVICE:x",
        "a:\\'",
        "a:x\\#",
        "{ ?q ?w ?e }",
        "{ ?q ?w ?e } #'",
    ),
    *(
        "?s ?p ?o",
        "?s ?p",
        "FILTER(?o<'>')",
        "FILTER(1<?b)",
        "FILTER(?o<'#')",
        "FILTER(?a<?b||?c>?d)",
        "{} ",
        "{",
    ),
    *(
        "VALUES ?x {'''x'}",
        "'",
        '"',
        "'''",
        "#\\uD800 '''\n",
        "#>\n",
        "#'\n",
        "\n",
        ".",
        "}",
        ")",
        "<x:'>",
        "@en",
    ),
]


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(["", " "]))
def test_whatever_would_be_asked_is_found_before(elsewhere, pieces, between):
    url, asked = elsewhere
    query = f"SELECT * {{ {between.join(pieces)} }}".replace("URL", url)
    asked.clear()
    names = {"a": url, "": url, "SERVICE": url, "h": "http://localhost:8"}
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.NamedNode(url)))
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):
        list(store.query(query, prefixes=names, base_iri="x:/"))
    assert not asked or asks_elsewhere(query), query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "PREFIX a·b: <URL> SELECT * { SERVICE a·b:x { ?s ?p ?o } }",
        "SELECT * { BIND(<URL> AS ?a·b) SERVICE ?a·b { ?s ?p ?o } }",
        "SELECT * { VALUES ?x { <URL> } SERVICE # {\n $x # <\n { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * { SERVICE x:a#'\n { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o<'>')SERVICE<URL>{ ?s ?p ?o } FILTER(?o>'') }",
        "SELECT * { FILTER(1<2)SERVICE#>\n<URL>{ ?s ?p ?o } }",
        "SELECT * { VALUES ?x {'''x'}SERVICE<URL>{ ?s ?p ?o } #\\uD800 '''\n}",
        "PREFIX : <URL> SELECT * { service:x { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * { SERVICEx:x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE",
        "LOAD <URL>",
    ],
)
def test_the_endpoint_and_the_command_refuse_in_the_same_words(server, kg, silence, query):
    query = query.replace("URL", silence)
    assert refused(server.ask(query))
    result = kg("query", query, "--store", server.store)
    assert (result.exit_code, result.stderr) == (2, f"kg: {REASON}\n")
    told = kg("query", query, "--store", server.url)
    assert (told.exit_code, REASON in told.stderr) == (2, True)


@pytest.mark.parametrize(
    "update",
    [
        *(
            "LOAD:x",
            "LOADx:",
            "LOADSILENTx:a;",
            "INSERT DATA {};load#\nx:b INTO GRAPH <x:g>",
            "LOADy:INTO GRAPH <x:g>",
        ),
        "INSERT { ?s ?p ?o } WHERE { SERVICE x:b { ?s ?p ?o } }",
    ],
)
def test_an_update_asks_nobody(writable, silence, update):
    prologue = f"PREFIX x: <{silence}> PREFIX : <{silence}> PREFIX y: <{silence.rstrip('/')}> "
    assert refused(writable.request("POST", "/update", prologue + update, Content_Type=UPDATE))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?x { ?service rdfs:label 'Foreign Intelligence Service' }",
        "SELECT * { GRAPH ?service { ?s ?p ?service } }",
        "SELECT * { GRAPH sr:service { ?s sr:Load ?service } }",
        "SELECT * { ?s sr:service ?load } # SERVICE <http://127.0.0.1/> {}",
        "SELECT * { ?s <http://127.0.0.1/service/load#SERVICE> 'LOAD <x:y>'@service }",
        "SELECT * { ?s ?p '''it's SERVICE <x:y> { }''', \"SERVICE ?x {\\\"\" }",
        "PREFIX service: <x:> PREFIX load: <y:> SELECT * { ?s service:of ?o ; a load:Load }",
        "PREFIX x: <urn:service:x> SELECT * { ?s x: ?payload FILTER(?payload < 2 && ?s > 1) }",
    ],
)
def test_a_word_that_asks_nobody_is_let_through(server, kg, query):
    assert server.ask(query).status == 200
    assert kg("query", query, "--store", server.store).exit_code == 0


@given(st.lists(inner | st.sampled_from(["service", "LOAD"]), max_size=9).map("".join), st.data())
def test_names_may_hold_the_words(rest, data):
    word = data.draw(in_any_case("SERVICE") | in_any_case("LOAD"))
    assert not asks_elsewhere(
        f"SELECT ?{rest}{word} {{ ?s x:a{rest}{word} ?{word}{rest}, '{word}'@{word} . }}"
    )


QUESTION = """
import sys
from contextlib import suppress
import pyoxigraph as ox
from kg.serve.isolation import cut_network
if sys.argv[2] == "walled":
    assert cut_network()
with suppress(OSError):
    list(ox.Store().query(f"SELECT * {{ SERVICE <{sys.argv[1]}> {{ ?s ?p ?o }} }}"))
"""


@pytest.mark.parametrize(("wall", "heard"), [("walled", 0), ("open", 1)])
@pytest.mark.skipif(sys.platform != "linux", reason="there is no such wall")
def test_a_walled_process_has_no_network_even_where_nothing_is_refused(elsewhere, wall, heard):
    url, asked = elsewhere
    asked.clear()
    subprocess.run([sys.executable, "-c", QUESTION, url, wall], check=True, timeout=60)
    assert len(asked) == heard


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such wall")
def test_every_process_that_answers_is_walled(server):
    states = [Path(f"/proc/{each}/status").read_text() for each in server.workers()]
    assert states
    assert all("\nSeccomp:\t2\n" in state for state in states)
