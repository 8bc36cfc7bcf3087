"""What a notebook shows: marked sentences, tables, the page in a frame; nothing of a text becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.model import Article, Attribution, Mention, MentionKind, Span


class Reader(HTMLParser):
    """The tags, and the words between them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)


def marked(html):
    """The words of each marked part, by what it is."""
    reader = Reader(html)
    titles = [attributes["title"] for tag, attributes in reader.tags if tag == "span"]
    parts = html.split("<span ")[1:]
    words = ["".join(Reader("<span " + part.partition("</span>")[0]).words) for part in parts]
    return list(zip(titles, words, strict=True))


def test_sentence_is_shown_with_its_parts_marked(told):
    html = told[0]._repr_html_()
    assert marked(html) == [
        ("subject", "Coreea de Nord"),
        ("relation", "trimite"),
        ("argument", "geniști"),
        ("object", "Rusia"),
    ]
    assert "PRK – sends personnel to → RUS · AID · asserted" in html


def test_status_polarity_and_sayer_are_told(told):
    from synthetic import statement

    sayer = Attribution(Mention(Span("a", 0, 4), "TASS", MentionKind.MEDIUM), None, "potrivit")
    assert "said by TASS" in statement("a", "PRK", "RUS", attribution=(sayer,))._repr_html_()
    assert "· denied ·" in told[2]._repr_html_()
    assert "· not so ·" in told[4]._repr_html_()


@given(st.text(alphabet="<>&\"'aé ", max_size=30))
def test_no_text_becomes_markup(text):
    from synthetic import statement

    found = statement("a", "PRK", "RUS", text=text)
    article = Article("a", text or "x", title=text, publisher=text)
    plain = Reader(statement("a", "PRK", "RUS", text="")._repr_html_())
    shown = Reader(found._repr_html_())
    assert [tag for tag, _ in shown.tags] == [tag for tag, _ in plain.tags]
    assert found.evidence.quote in "".join(shown.words)
    assert {tag for tag, _ in Reader(article._repr_html_()).tags} <= {"div", "b", "br", "small", "p"}
    tables = kg.Statements([found], {"a": article})._repr_html_() + kg.Articles([article])._repr_html_()
    assert {tag for tag, _ in Reader(tables).tags} <= {
        "table", "thead", "tbody", "tr", "th", "td", "span", "small"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "rows", "note"),
    [(0, 0, "0 statements"), (3, 3, "3 statements"), (50, 20, "the first 20 of 50")],
)
def test_table_tells_how_many_there_are(number, rows, note):
    from synthetic import generate

    statements, articles = generate(max(number, 1), states=24)
    html = kg.Statements(statements[:number], articles)._repr_html_()
    assert html.count("<tr>") == rows + 1
    assert note in html


def test_article_is_shown_with_what_is_known_of_it():
    html = Article("a", "One.\n\nTwo.", "en", "A <b>title</b>", "The Wire", "2025-06")._repr_html_()
    assert "A &lt;b&gt;title" in html
    assert "The Wire · 2025-06 · en · a" in html
    assert html.count("<p>") == 2


def test_page_is_a_frame_that_needs_nothing_else(graph, tmp_path):
    page = graph.show(focus="Coreea de Nord", height=300)
    ((tag, attributes),) = Reader(page._repr_html_()).tags
    assert (tag, attributes["sandbox"], attributes["height"]) == ("iframe", "allow-scripts", "300")
    assert attributes["srcdoc"] == page.html
    assert page.save(tmp_path / "page.html").read_text(encoding="utf-8") == page.html
    assert "a-RUS-attacks-UKR" not in page.html
    assert len(graph.show().html) > len(page.html)


def test_unknown_focus_names_the_nearest(graph):
    with pytest.raises(kg.KGError, match=r"did you mean North Korea \(PRK\)"):
        graph.show(focus="Nort Korea")
