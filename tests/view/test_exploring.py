"""What a reader asks of the page without code: filters, ways, time, addresses, other articles, files."""

import csv
import io
import re
from datetime import date

import pyoxigraph as ox
import pytest
from synthetic import generate, statement

from kg.model import Article, Attribution, Mention, MentionKind, Polarity, Span, Status
from kg.view import draw_page
from kg.view.filters import Filter

ROWS = "return stateRelations.shown.rows.map((row) => stateRelations.data.ids[row])"
VISIBLE = "return stateRelations.network.body.{0}Indices"
EXPORTED = """
const [id, done] = arguments;
const kept = URL.createObjectURL;
URL.createObjectURL = (blob) => { blob.text().then(done); URL.createObjectURL = kept; return kept(blob); };
document.getElementById(id).click();
"""


def rows(page):
    return set(page.run(ROWS))


def selected(conditions, statements, articles):
    return {each.id for each in conditions.select(statements, articles)}


@pytest.mark.parametrize(
    ("fragment", "conditions"),
    [
        ("type=AID&type=ACCUSE", Filter(event_types=frozenset({"AID", "ACCUSE"}))),
        ("status=planned", Filter(statuses=frozenset({Status.PLANNED}))),
        (
            "since=2025-03-01&until=2025-06-30",
            Filter(since=date(2025, 3, 1), until=date(2025, 6, 30)),
        ),
        ("publisher=Agen%C8%9Bia", Filter(publishers=frozenset({"Agenția"}))),
        ("in=en", Filter(languages=frozenset({"en"}))),
        ("confidence=70", Filter(confidence=0.695)),
        ("least=2", Filter(min_statements=2)),
        ("focus=PRK", Filter(focus="PRK")),
        (
            "focus=SAU&steps=2&status=asserted",
            Filter(focus="SAU", steps=2, statuses=frozenset({Status.ASSERTED})),
        ),
        ("between=PRK&between=FIN", Filter(between=("PRK", "FIN"))),
        ("least=2&between=PRK&between=SAU", Filter(between=("PRK", "SAU"), min_statements=2)),
    ],
)
def test_address_says_the_view_and_the_filters_are_those_of_the_command(
    chromium, drawn, fragment, conditions
):
    statements, articles = generate(60, 16)
    page = chromium.open(drawn, fragment=fragment)
    assert rows(page) == selected(conditions, statements, articles)
    assert page.run("return location.hash.slice(1)") == fragment


def test_view_is_sent_by_its_address(chromium, drawn):
    page = chromium.open(drawn)
    page.press("[data-language=en]")
    page.press("#types [data-value=CONSULT]")
    page.choose("node", "RUS")
    address, shown = page.run("return location.hash"), rows(page)
    page = chromium.open(drawn, fragment=address[1:])
    assert rows(page) == shown
    assert page.text("#panel h2") == "Russia"
    page.press("#reset")
    page.wait("return location.hash === '#lang=en'")
    assert len(rows(page)) == 60


@pytest.mark.parametrize(
    "fragment",
    ["type=NONE", "node=XXX", "reading=x&view=y&lang=z", "since=yesterday", "statement=x", "%%%", "least=-1"],
)
def test_address_that_is_wrong_draws_a_page(chromium, drawn, fragment):
    page = chromium.open(drawn, fragment=fragment)
    assert page.complaints() == []
    assert page.text("#title") == "Relații între state"


def test_dates_are_chosen_on_the_histogram(page):
    assert len(page.find("#bars i")) > 5
    page.find("#since")[0].send_keys("\ue014" * 4)
    since = page.run("return stateRelations.state.since")
    _, articles = generate(60, 16)
    late = {name for name, article in articles.items() if article.published >= since}
    assert {each.rsplit("-", 3)[0] for each in rows(page)} == late
    assert 0 < len(late) < 60


def test_player_lets_the_days_run_to_the_last(page):
    page.press("#play")
    first = len(rows(page))
    assert first < 60
    page.wait("return stateRelations.shown.rows.length > arguments[0]", first)
    page.press("#play")
    assert page.run("return document.getElementById('play').getAttribute('aria-pressed')") == "false"


def test_search_completes_names_in_both_languages(page):
    names = set(page.run("return [...document.querySelectorAll('#names option')].map((each) => each.value)"))
    assert {"Coreea de Nord", "North Korea", "Arabia Saudită"} <= names
    page.find("#search")[0].send_keys("Coreea")
    page.wait("return stateRelations.state.query === 'Coreea'")
    statements, _ = generate(60, 16)
    assert rows(page) == {each.id for each in statements if {each.source, each.target} & {"PRK", "KOR"}}


def test_words_of_sentences_are_found(page):
    page.find("#search")[0].send_keys("presa locala")
    page.wait("return stateRelations.state.query === 'presa locala'")
    statements, _ = generate(60, 16)
    assert rows(page) == {each.id for each in statements if "presa locală" in each.evidence.quote}


def test_what_connects_two_states_is_asked_by_their_names(page):
    page.press("#more summary")
    for number, name in enumerate(("Coreea de Nord", "finland")):
        page.find(f"#between-{number}")[0].send_keys(name, "\t")
    assert page.run("return stateRelations.state.between") == ["PRK", "FIN"]
    assert rows(page) == selected(Filter(between=("PRK", "FIN")), *generate(60, 16))


def test_neighbourhood_is_asked_from_the_panel(page):
    page.choose("node", "SAU")
    page.press("#panel .near button:nth-child(1)")
    assert rows(page) == selected(Filter(focus="SAU"), *generate(60, 16))
    page.press("#focus button:nth-of-type(2)")
    assert rows(page) == selected(Filter(focus="SAU", steps=2), *generate(60, 16))
    page.press("#focus button:nth-of-type(3)")
    assert len(rows(page)) == 60


def test_neighbourhood_of_a_thing(page):
    page.press("[data-reading=told]")
    thing = page.run("return stateRelations.data.readings.told.nodes.find(({kind}) => kind === 'thing')")
    page.choose("node", thing["id"])
    page.press("#panel .near button:nth-child(1)")
    assert len(rows(page)) == len(thing["statements"])


def test_same_fact_and_contradiction(chromium, tmp_path):
    told = [
        statement("a", "PRK", "RUS"),
        statement("b", "PRK", "RUS", text=", scrie presa."),
        statement("c", "PRK", "RUS", status=Status.DENIED, text=", nu, spune Phenianul."),
        statement("d", "PRK", "RUS", polarity=Polarity.NEGATIVE),
    ]
    days = {"a": "2025-06-01", "b": "2025-06-02", "c": "2025-06-03", "d": "2025-09-01"}
    articles = {name: Article(name, "", "ro", f"Titlul {name}", "Agenția", day) for name, day in days.items()}
    page = chromium.open(
        draw_page(told, articles, tmp_path / "graph.html"), fragment="statement=" + told[0].id
    )
    page.wait("return document.querySelectorAll('.sides .side').length === 2")
    first, second = page.find(".sides .side")
    assert "Titlul a" in first.text
    assert "denied" in second.text
    assert "Titlul c" in second.text
    assert abs(first.rect["y"] - second.rect["y"]) < 2
    assert first.rect["x"] < second.rect["x"]
    page.press(".elsewhere summary")
    page.wait("return document.querySelector('.elsewhere li')")
    assert [each.text for each in page.find(".elsewhere li .from")] == ["Titlul b · Agenția · Jun 2, 2025"]
    page.press(".elsewhere li button")
    page.wait("return document.querySelector('blockquote')?.textContent.includes('scrie presa')")


def test_chain_of_attribution_is_read(chromium, tmp_path):
    minister = Attribution(Mention(Span("a", 0, 5), "Șoigu", MentionKind.PERSON), None, "a declarat")
    agency = Attribution(Mention(Span("a", 0, 4), "TASS", MentionKind.MEDIUM), None, "potrivit")
    told = statement("a", "PRK", "RUS", attribution=(minister, agency))
    page = chromium.open(draw_page([told], {}, tmp_path / "graph.html", language="ro"))
    page.choose("statement", 0)
    assert page.text(".sayer") == "Șoigu, după TASS"


def test_files_of_the_view(chromium, drawn):
    page = chromium.open(drawn, fragment="type=AID")
    aid = [each for each in generate(60, 16)[0] if each.event_type == "AID"]
    page.press("#export summary")
    table = list(csv.DictReader(io.StringIO(page.exported(EXPORTED, "export-csv").lstrip("\ufeff"))))
    assert {(row["id"], row["quote"]) for row in table} == {(each.id, each.evidence.quote) for each in aid}
    turtle = page.exported(EXPORTED, "export-ttl")
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    found = store.query(
        "PREFIX sr: <https://w3id.org/state-relations/ontology#>"
        "SELECT ?source ?target { ?each a sr:Aid ; sr:source ?source ; sr:target ?target ; sr:text ?text }"
    )
    assert sorted(tuple(each.value.rpartition("/")[2] for each in row) for row in found) == sorted(
        (each.source, each.target) for each in aid
    )
    assert page.exported(EXPORTED, "export-png").startswith("\ufffdPNG")


def test_cells_of_the_table_are_no_formulas(chromium, tmp_path):
    told = statement("=cmd()", "PRK", "RUS")
    articles = {"=cmd()": Article("=cmd()", "", "ro", '=HYPERLINK("x")', "@x\u2028")}
    page = chromium.open(draw_page([told], articles, tmp_path / "graph.html"))
    (row,) = csv.DictReader(io.StringIO(page.exported(EXPORTED, "export-csv").lstrip("\ufeff")))
    assert (row["article"], row["title"], row["publisher"]) == ("'=cmd()", '\'=HYPERLINK("x")', "'@x\u2028")


def test_turtle_of_hostile_words_is_turtle(chromium, tmp_path):
    words = 'a"\\ \n\r\t\u2028<x> @en .'
    told = statement("a b>", "PRK", "RUS", text=words)
    path = draw_page([told], {"a b>": Article("a b>", "", "ro", words, words)}, tmp_path / "graph.html")
    page = chromium.open(path)
    triples = list(ox.parse(page.exported(EXPORTED, "export-ttl").encode(), format=ox.RdfFormat.TURTLE))
    assert {each.object.value for each in triples} >= {words, told.evidence.quote}


def test_arrows_walk_the_graph(page):
    page.find("#graph .vis-network")[0].send_keys("\ue014")
    first = page.run("return stateRelations.state.selection.id")
    walked = {first}
    for key in ("\ue012", "\ue013", "\ue014", "\ue015"):
        page.find("#graph .vis-network")[0].send_keys(key)
        walked.add(page.run("return stateRelations.state.selection.id"))
    assert len(walked) > 2
    assert re.fullmatch(r"node=\w+", page.run("return location.hash.slice(1)"))


def test_only_the_strongest_of_too_many_edges_are_drawn(chromium, tmp_path):
    statements, articles = generate(5000, 60)
    page = chromium.open(draw_page(statements, articles, tmp_path / "graph.html"))
    assert len(page.run(VISIBLE.replace("{0}", "edge"))) == 3000
    assert page.text("#undrawn").startswith("The 3,000 edges")
    page.find("#since")[0].send_keys("\ue010\ue012")
    assert len(page.run(VISIBLE.replace("{0}", "edge"))) < 3000
    assert page.text("#undrawn") == ""
