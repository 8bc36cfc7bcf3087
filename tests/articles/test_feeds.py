"""RSS and Atom feeds: each entry an article, with what the feed says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SENTENCE, only_failure, read, write

from kg.articles import Failure, count_articles, scan_articles
from kg.articles.fields import safe_id
from kg.model import Article

RSS = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Agenția</title><language>ro-RO</language><link>https://a.example</link>
<image><title>Sigla</title></image>
<item><title>Ajutor &amp; mulțumiri</title><link>https://a.example/1</link>
  <guid isPermaLink="false">a-1</guid>
  <pubDate>Tue, 17 Jun 2025 23:30:00 +0300</pubDate><description>Pe scurt.</description>
  <media:title>Poză</media:title><media:description>O fotografie.</media:description>
  <content:encoded><![CDATA[<p>Franța a mulțumit Italiei.</p>
  <p>Italia a <b>zâmbit</b>.<script>x</script></p>]]></content:encoded></item>
<item><link>https://a.example/2</link><description>Franța a mulțumit &lt;i&gt;Italiei&lt;/i&gt;.</description>
  <pubDate>ieri</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title type="html">The &amp;amp; Agency</title>
<entry xml:lang="ro"><id>tag:a.example,2025:1</id><title>1 &lt; 2</title>
  <updated>2025-06-18T00:00:00Z</updated>
  <link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/>
  <published>2025-06-17T23:30:00-05:00</published><summary>Short.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
  <p>France <b>thanked</b> Italy.</p><p>Yes.</p></div>
  </content></entry>
<entry><id>https://a.example/2</id><content src="https://a.example/2"/>
  <summary>France &lt;thanked&gt; Italy.</summary>
  </entry></feed>"""


def scan(path):
    return [article for _, article in scan_articles([path])]


def test_rss(tmp_path):
    path = write(tmp_path, "a.rss", RSS)
    text = "Franța a mulțumit Italiei.\nItalia a zâmbit."
    url = "https://a.example/2"
    assert scan(path) == [
        Article("a-1", text, "ro-RO", "Ajutor & mulțumiri", "Agenția", "2025-06-17", "https://a.example/1"),
        Article(safe_id(url), "Franța a mulțumit Italiei.", "ro-RO", None, "Agenția", None, url),
    ]
    assert count_articles([path]) == 2


def test_atom(tmp_path):
    first, second = scan(write(tmp_path, "a.atom", ATOM))
    assert first == Article(
        safe_id("tag:a.example,2025:1"),
        "France thanked Italy.\nYes.",
        "ro",
        "1 < 2",
        "The & Agency",
        "2025-06-17",
        "https://a.example/1",
    )
    assert (second.text, second.language) == ("France <thanked> Italy.", "en")
    assert second.url == "https://a.example/2"


def test_feed_is_known_by_how_it_starts(tmp_path):
    assert scan(write(tmp_path, "feed", RSS))[0].id == "a-1"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", "<page>Rusia</page>", "XML of 'page', not an RSS or Atom feed"),
        ("a.xml", "Rusia", "not well-formed XML"),
        ("a.xml", "<rss><channel><title>T</title></channel></rss>", "no article in it"),
        ("a.xml", "<rss><item><description>Rusia</description></item></rss>", "without guid, id and link"),
        ("a.xml", "<rss><item><guid>a</guid></item></rss>", "the text is empty"),
    ],
)
def test_what_is_no_feed_is_named(tmp_path, name, content, reason):
    assert reason in only_failure(read(write(tmp_path, name, content))).reason


def test_entry_that_fails_leaves_the_others(tmp_path):
    item = "<item><guid>{}</guid><description>{}</description></item>"
    path = write(tmp_path, "a.rss", f"<rss>{item.format('a', '')}{item.format('b', SENTENCE)}</rss>")
    assert scan(path) == [Failure(f"{path}:1", "the text is empty"), Article("b", SENTENCE)]


def test_entries_with_one_guid_and_different_links_are_different_articles(tmp_path):
    item = "<item><guid>0</guid>{}<description>{}</description></item>"
    links = ["<link>https://a.example/1</link>", "<link>https://a.example/2</link>", "", ""]
    items = "".join(item.format(link, f"{SENTENCE} {number}.") for number, link in enumerate(links))
    first, second, third, failure = read(write(tmp_path, "a.rss", f"<rss><channel>{items}</channel></rss>"))
    assert (first.id, second.id.split("-")[0], third.id.split("-")[0]) == ("0", "0", "0")
    assert len({first.id, second.id, third.id}) == 3
    assert "is taken by" in failure.reason


@given(st.lists(st.tuples(st.integers(), st.text("aăș<&>'\" ", min_size=1)), min_size=1, max_size=3))
def test_plain_text_of_entries_comes_back(tmp_path_factory, entries):
    from xml.etree.ElementTree import Element, SubElement, tostring

    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    for name, text in entries:
        entry = SubElement(feed, "entry")
        SubElement(entry, "id").text = f"n{name}"
        SubElement(entry, "content").text = f"Rusia {text}."
    path = write(tmp_path_factory.mktemp("feed"), "a.atom", tostring(feed))
    assert [article.text for article in scan(path)] == [f"Rusia {text}." for _, text in entries]
