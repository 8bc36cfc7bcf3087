"""HTML pages: the text without what surrounds it, and what the page says of itself."""

import json

import pytest
from samples import SENTENCE, only_failure, read, write

from kg.articles import scan_articles
from kg.articles.pages import strip_markup
from kg.model import Article

PARAGRAPHS = [
    "Franța a mulțumit Italiei pentru ajutorul pe care l-a dat după inundațiile din luna mai.",
    "Ministrul de externe a declarat că cele două țări vor semna un acord de cooperare la Roma.",
    "Potrivit ministrului, acordul va fi ratificat de ambele parlamente până la sfârșitul anului.",
]


def page(head="", shown="", attributes=' lang="ro-RO"'):
    """A page of a newspaper, with a menu, a list of other news and a footer."""
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    return f"""<!DOCTYPE html><html{attributes}><head><title>Un acord | Ziarul</title>{head}</head><body>
      <nav><ul><li><a href="/">Acasă</a></li><li><a href="/externe">Externe</a></li></ul></nav>
      <article><h1>Un acord</h1>{shown}{text}</article>
      <aside><h3>Citește și</h3><ul><li><a href="/1">Alegeri în Franța</a></li></ul></aside>
      <footer><p>Copyright 2026 Ziarul. Toate drepturile rezervate. 1 ianuarie 2026</p></footer>
      <script>var s = "Rusia";</script></body></html>"""


@pytest.fixture
def published(tmp_path):
    def read_published(*args):
        (article,) = read(write(tmp_path, "a.html", page(*args)))
        return article.published

    return read_published


def test_text_is_that_of_the_article(tmp_path):
    head = (
        '<meta property="og:title" content="Un  acord"><meta property="og:site_name" content="Ziarul">'
        '<link rel="canonical" href="https://ziarul.example/acord">'
    )
    (article,) = read(write(tmp_path, "a.html", page(head)))
    lines = article.text.split("\n")
    assert [line for line in lines if line != "Un acord"] == PARAGRAPHS
    expected = Article("a", article.text, "ro", "Un acord", "Ziarul", None, "https://ziarul.example/acord")
    assert article == expected


META = '<meta property="article:published_time" content="2025-06-17T23:30:00+03:00">'
LINKED = {"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", "datePublished": "2025-06-16T10:00:00Z"}]}
SCRIPT = f'<script type="application/ld+json">{json.dumps(LINKED)}</script>'
TIME = '<time datetime="2025-06-15T08:00">ieri</time>'
SHOWN = "<p>Publicat: marți, 14 iunie 2025, 10:30 | Actualizat: 18 iunie 2025</p>"


@pytest.mark.parametrize(
    ("head", "shown", "day"),
    [
        (META + SCRIPT, TIME + SHOWN, "2025-06-17"),
        (SCRIPT, TIME + SHOWN, "2025-06-16"),
        ("", TIME + SHOWN, "2025-06-15"),
        ("", SHOWN, "2025-06-14"),
        ("", "", None),
        (META.replace("2025-06-17T", "acum o oră T"), SHOWN, "2025-06-14"),
        ('<script type="application/ld+json">{"datePublished": [</script>', SHOWN, "2025-06-14"),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", SHOWN, "2025-06-14"),
    ],
)
def test_date_is_never_that_of_the_footer(published, head, shown, day):
    assert published(head, shown) == day


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("Publicat la 17.06.2025, ora 10", "2025-06-17"),
        ("Data publicării: 17/06/2025", "2025-06-17"),
        ("Publicat pe 3 mai 2025", "2025-05-03"),
        ("Published on Tuesday, June 17, 2025 at 10 am", "2025-06-17"),
        ("First published: 17th June 2025", "2025-06-17"),
        ("Published 2025-06-17 10:30", "2025-06-17"),
        ("Posted 06/17/2025", "2025-06-17"),
        ("Published 06/05/2025", None),
        ("Publicat pe 31 iunie 2025", None),
        ("Actualizat: 17 iunie 2025", None),
        ("Republicat: 17 iunie 2025", None),
        ("De Ion Pop | Publicat: 17 iunie 2025", "2025-06-17"),
        ("Raportul publicat pe 3 mai 2020 arată altceva.", None),
        ("A report published on June 3, 2020 said so.", None),
    ],
)
def test_date_that_is_shown(published, shown, day):
    assert published("", f"<p>{shown}</p>") == day


@pytest.mark.parametrize(
    ("head", "attributes", "language"),
    [
        ("", ' lang="ro-RO"', "ro-RO"),
        ('<meta property="og:locale" content="ro_RO">', "", "ro_RO"),
        ("", "", None),
    ],
)
def test_language_is_as_the_page_says(tmp_path, head, attributes, language):
    ((_, article),) = scan_articles([write(tmp_path, "a.htm", page(head, "", attributes))])
    assert article.language == language


@pytest.mark.parametrize(
    "content", ["", "<html></html>", "<html><body><script>1</script></body></html>", "<!-- x -->"]
)
def test_page_without_a_text_is_named(tmp_path, content):
    assert only_failure(read(write(tmp_path, "a.html", content)))


def test_page_is_known_by_how_it_starts(tmp_path):
    (article,) = read(write(tmp_path, "page", f"\n{page()}"))
    assert article.text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        (f"  {SENTENCE}\n", SENTENCE),
        ("Fran&#539;a<br/>Italia", "Franța\nItalia"),
        ("<ul><li>a<script>b</script></li><li>c <i>d</i>e</li></ul>", "a\nc de"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<p></p>", ""),
    ],
)
def test_markup_is_stripped(fragment, text):
    assert strip_markup(fragment) == text
