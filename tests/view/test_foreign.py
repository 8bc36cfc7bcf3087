"""Text of others in a real browser: it changes nothing of what stands beside it, and hides nothing."""

import pytest
from selenium.webdriver.common.by import By
from synthetic import statement

import kg
from kg.model import Actor, ActorKind, Argument, Article, Mention, MentionKind, Role, Span
from kg.view import draw_page

RLO = "\u202e"
HEAP = "\u0301\u0489\u033f" * 40
LONG = "Agenția" + "-de-știri" * 30
ARABIC = "وكالة الأنباء"
# Where the first and the last letter of an element's text lie, from left to right.
ENDS = """
const range = document.createRange();
const walker = document.createTreeWalker(arguments[0], NodeFilter.SHOW_TEXT);
const texts = [];
while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
const place = (node, at) => {
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  return range.getBoundingClientRect().left;
};
const last = texts[texts.length - 1];
return [place(texts[0], 0), place(last, last.length - 1)];
"""


def draw(folder, **fields):
    """A page of one statement, told in an article with these fields."""
    article = Article("a", "", "ro", **{"title": "Un titlu", "published": "2025-06-17", **fields})
    return draw_page([statement("a", "PRK", "RUS")], {"a": article}, folder / "graph.html")


@pytest.mark.parametrize("title", [f"Ultima oră {RLO}gpj.exe", f"{RLO}\u2067\u202b\u202dTitlu", ARABIC])
def test_what_follows_a_title_stays_in_its_order(chromium, tmp_path, title):
    drawn = draw(tmp_path, title=title, publisher="Agenția", url="https://example.org/1")
    page = chromium.open(drawn, width=2800)  # each line has the room that it needs
    page.choose("node", "RUS")
    parts = page.find(".card .from:last-of-type > *")
    lefts = [part.rect["x"] for part in parts]
    assert [part.text for part in parts][1:] == ["Agenția", "Jun 17, 2025", "example.org"]
    assert lefts == sorted(lefts)
    for part in parts[1:]:
        first, last = page.run(ENDS, part)
        assert first < last


def test_control_characters_are_shown(chromium, tmp_path):
    title = f"Ultima {RLO}oră \u2066și\x07\x9b"
    page = chromium.open(draw(tmp_path, title=title, publisher=f"A{RLO}B"))
    page.choose("node", "RUS")
    assert "Ultima ‹U+202E›oră ‹U+2066›și‹U+0007›‹U+009B› · A‹U+202E›B · Jun 17, 2025" in page.text(".card")
    page.press("[data-view=table]")
    page.wait("return document.querySelector('#table tbody td')")
    assert page.text("#table tbody td:last-child") == "Ultima ‹U+202E›oră ‹U+2066›și‹U+0007›‹U+009B›"
    page.run("document.getElementById('more').open = true")
    assert page.text("#publishers .chip bdi") == "A‹U+202E›B"
    assert RLO not in page.run("return document.body.innerText")


def test_heaped_marks_stay_in_their_row(chromium, tmp_path):
    page = chromium.open(draw(tmp_path, title=f"Z{HEAP}algo", publisher=f"A{HEAP}"))
    page.choose("node", "RUS")
    title, publisher = page.find(".card .from:last-of-type > bdi")[:2]
    assert (title.text, publisher.text) == ("Z" + HEAP[:3] + "algo", "A" + HEAP[:3])
    plain = "Ế" + "נּֽ"
    assert chromium.open(draw(tmp_path, title=plain)).choose("node", "RUS") is None
    assert chromium.find(".card .from:last-of-type > bdi")[0].text == plain


def test_a_long_publisher_is_whole_in_its_menu(chromium, tmp_path):
    page = chromium.open(draw(tmp_path, publisher=LONG))
    page.press("#more summary")
    menu, (chip,) = page.find("#more > div")[0].rect, page.find("#publishers .chip")
    assert chip.text.startswith(LONG)
    assert chip.rect["x"] + chip.rect["width"] <= menu["x"] + menu["width"]
    for part in chip.find_elements(By.CSS_SELECTOR, "*"):
        assert part.rect["x"] + part.rect["width"] <= chip.rect["x"] + chip.rect["width"]
        assert part.rect["y"] + part.rect["height"] <= chip.rect["y"] + chip.rect["height"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/a", "example.org"),
        ("https://bbc.com@evil.example:8443/bbc.com", "evil.example:8443"),
        ("https://аpple.com/", "xn--pple-43d.com"),
    ],
)
def test_a_link_shows_its_host(chromium, tmp_path, url, host):
    page = chromium.open(draw(tmp_path, title="https://bbc.com/news", url=url))
    page.choose("node", "RUS")
    assert page.text(".card .host") == host


NAMES = ("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "RUS")


def named(name, other):
    """A statement between two actors of which nobody knows more than their ids."""
    ends = []
    for role, id_ in ((Role.SUBJECT, name), (Role.OBJECT, other)):
        mention = Mention(Span(name, 0, 5), id_, MentionKind.NAME)
        ends.append(Argument(role, mention, Actor(id_, ActorKind.STATE, (("", id_),), id_)))
    return statement(name, name, other, arguments=tuple(ends))


def test_every_id_is_drawn_and_can_be_chosen(chromium, tmp_path):
    pairs = zip(NAMES, [*NAMES[1:], NAMES[0]], strict=True)
    articles = {name: Article(name, "", name, name, name, "2025-06-17") for name in NAMES}
    page = chromium.open(draw_page([named(*pair) for pair in pairs], articles, tmp_path / "graph.html"))
    labels = "return Object.values(stateRelations.network.body.nodes).map((node) => node.options.label)"
    assert {*NAMES[:-1], "RUS"} <= {*page.run(labels)}
    assert page.run("return stateRelations.network.body.edgeIndices.length") == len(NAMES)
    for name in NAMES:
        page.choose("node", name)
        assert len(page.find(".card")) == 2
        assert name in page.text("#panel h2")
        assert page.run("return stateRelations.state.selection.id") == name
    page.find("#graph .vis-network")[0].send_keys("\ue012\ue014")
    assert page.complaints() == []


def test_notebooks_show_the_same(chromium, tmp_path):
    article = Article("a", f"Text {RLO}", "ro", f"Ultima {RLO}oră Z{HEAP}", ARABIC, "2025-06-17")
    told = statement("a", "PRK", "RUS", text=f" {RLO}zis")
    shown = [article._repr_html_(), told._repr_html_(), kg.Statements([told], {"a": article})._repr_html_()]
    shown.append(kg.Articles([article])._repr_html_())
    path = tmp_path / "notebook.html"
    path.write_text(f"<meta charset=utf-8>{'<hr>'.join(shown)}", "utf-8")
    chromium.driver.get(path.as_uri())
    text = chromium.run("return document.body.innerText")
    assert f"Ultima ‹U+202E›oră Z{HEAP[:3]}\n" in text
    assert text.count("‹U+202E›zis") == 2
    assert (RLO in text, HEAP[:4] in text) == (False, False)
    (line,) = chromium.find("small:has(bdi)")
    first, last = chromium.run(ENDS, line)
    assert first < last
    assert line.text == f"{ARABIC} · 2025-06-17 · ro · a"
