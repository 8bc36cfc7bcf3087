"""Reading and extracting in one call; picking, tabling and networking statements."""

import importlib
import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.articles import Failure
from kg.notebook.frames import COLUMNS
from kg.notebook.names import read_date, resolve_state, within

DAYS = st.dates().map(str)
CUTS = st.sampled_from([4, 7, 10])


def ids(statements):
    return [each.id for each in statements]


def test_import_is_light():
    heavy = (
        "import sys, kg; print([m for m in ('spacy', 'pandas', 'networkx', 'rdflib') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", heavy], text=True).strip() == "[]"


def test_extract_is_callable_before_and_after_its_parts_are_imported():
    article = kg.Article("a", "Russia thanked North Korea.", "en")
    before = kg.extract(article)
    importlib.import_module("kg.extract.rules")
    assert kg.extract([article]) == before
    assert [(each.source, each.target) for each in before] == [("RUS", "PRK")]


def test_read_keeps_what_can_be_read_and_warns_of_the_rest(tmp_path):
    (tmp_path / "a.txt").write_text("Russia thanked North Korea.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    with pytest.warns(UserWarning, match=r"1 left out: .*b\.txt: the text is empty"):
        articles = kg.read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert articles.failures == (Failure(str(tmp_path / "b.txt"), "the text is empty"),)


def test_read_raises_where_nothing_can_be_read(tmp_path):
    with pytest.raises(kg.KGError, match=r"no article can be read: .*nowhere: no such file or folder"):
        kg.read(tmp_path / "nowhere")


def test_read_several_paths(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Rusia a mulțumit Coreei de Nord.", encoding="utf-8")
    articles = kg.read(tmp_path / "b.txt", tmp_path / "a.txt", language="ro")
    assert [(article.id, article.language) for article in articles] == [("b", "ro"), ("a", "ro")]


def test_unknown_extractor_is_named():
    with pytest.raises(kg.KGError, match="no extractor 'rule'"):
        kg.extract([], extractor="rule")


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"source": "PRK"}, [0, 2, 3]),
        ({"source": "Coreea de Nord", "target": "Russia"}, [0, 2, 3]),
        ({"state": "ucraina"}, [1, 4]),
        ({"source": ["UKR", "Rusia"]}, [1, 4]),
        ({"event_type": "aid"}, [0, 2, 3]),
        ({"relation": "sr:sendsWeaponsTo"}, [2]),
        ({"relation": "aids"}, [0, 2, 3]),
        ({"status": ("denied", "planned")}, [2, 3]),
        ({"polarity": "negative"}, [4]),
        ({"since": "2025"}, [2, 3, 4]),
        ({"since": "2025-01-15"}, [2, 3, 4]),
        ({"since": "2025-02"}, [3, 4]),
        ({"until": "2025-02"}, [0, 1, 2]),
        ({"until": "2025-01"}, [0, 1, 2]),
        ({"until": "2024"}, [0, 1]),
        ({"until": "2025-06-16"}, [0, 1, 2]),
        ({"until": "2025-06-17"}, [0, 1, 2, 3, 4]),
        ({"since": "2025-01", "until": "2025-02"}, [2]),
        ({"language": "ro"}, [0, 1]),
        ({"publisher": "The Wire", "source": "PRK"}, [2, 3]),
        ({"state": "Fiji"}, []),
    ],
    ids=str,
)
def test_where_picks(told, filters, places):
    assert told.where(**filters) == [told[place] for place in places]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"source": "Russsia"}, "no state 'Russsia': did you mean Russia (RUS)?"),
        ({"target": "Coreea"}, "'Coreea' may be South Korea (KOR) or North Korea (PRK): write which"),
        ({"event_type": "AIDE"}, "no event type 'AIDE': did you mean AID? There are: ACCUSE, "),
        ({"relation": "sendWeaponsTo"}, "unknown relation sr:sendWeaponsTo: did you mean sr:sendsWeaponsTo?"),
        ({"status": "planed"}, "no status 'planed': did you mean planned? There are: asserted, "),
        ({"publisher": "Wire"}, "no publisher 'Wire': did you mean The Wire? There are: Agenția, The Wire"),
        ({"language": "rum"}, "no language 'rum': did you mean ro? There are: en, ro"),
        ({"since": "2025-13"}, "since: '2025-13' is no month; did you mean 2025-12?"),
        ({"since": "2026"}, "no article since 2026-01-01: the nearest is of 2025-06-17"),
        ({"until": "2024-10"}, "no article until 2024-10-31: the nearest is of 2024-11-30"),
        ({"since": "2025-02", "until": "2025-05"}, "the nearest are of 2025-01 and 2025-06-17"),
        ({"since": "2025-02", "until": "2025-01"}, "since 2025-02-01 is after until 2025-01-31"),
    ],
    ids=str,
)
def test_where_names_the_nearest_of_what_it_does_not_know(told, filters, message):
    with pytest.raises(kg.KGError) as raised:
        told.where(**filters)
    assert message in str(raised.value)


def test_slices_know_their_articles(told):
    assert told[:2].articles == told.articles
    assert told[1:].where(source="PRK") == [told[2], told[3]]


def test_frame_has_a_row_for_each_statement(told):
    frame = told.to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["id"]) == ids(told)
    assert list(frame["status"]) == ["asserted", "asserted", "denied", "planned", "asserted"]
    assert list(frame["published"].unique()) == ["2024-11-30", "2025-01", "2025-06-17"]
    assert list(frame["theme"].fillna("")) == ["geniști", "", "arme", "geniști", ""]
    assert list(told[:0].to_frame().columns) == list(COLUMNS)


def test_frame_of_what_was_extracted():
    text = "North Korea will send 1,000 sappers to Russia in June 2025, Shoigu said, as quoted by TASS."
    article = kg.Article("a", text, "en", published="2025-05-01")
    (row,) = kg.extract(article).to_frame().to_dict("records")
    assert (row["source"], row["target"], row["theme"]) == ("PRK", "RUS", "1,000 sappers")
    assert (row["quantity"], row["sayers"]) == (1000.0, "RUS < TASS")
    assert (row["begins"], row["ends"]) == (pd.Timestamp("2025-06-01"), pd.Timestamp("2025-07-01"))


@pytest.mark.parametrize(
    ("weight", "numbers"),
    [
        ("statements", {("PRK", "RUS"): 3, ("RUS", "UKR"): 1, ("UKR", "PRK"): 1}),
        ("articles", {("PRK", "RUS"): 3, ("RUS", "UKR"): 1, ("UKR", "PRK"): 1}),
        ("confidence", {("PRK", "RUS"): 3 * 0.86, ("RUS", "UKR"): 0.86, ("UKR", "PRK"): 0.86}),
        ("score", {("PRK", "RUS"): 30.0, ("RUS", "UKR"): -9.0, ("UKR", "PRK"): -3.0}),
    ],
)
def test_network_weighs_its_edges(told, weight, numbers):
    network = told.network(weight)
    assert isinstance(network, nx.MultiDiGraph)
    found = {(source, target): edge["weight"] for source, target, edge in network.edges(data=True)}
    assert found == pytest.approx(numbers)


def test_unknown_weight_is_named(told):
    with pytest.raises(kg.KGError, match="no weight 'article': did you mean articles"):
        told.network("article")


@pytest.mark.parametrize(
    ("name", "code"),
    [("prk", "PRK"), ("Phenianului", "PRK"), ("Kim Jong Un", "PRK"), ("nord-coreean", "PRK"), ("UE", "EU")],
)
def test_states_are_known_by_many_names(name, code):
    assert resolve_state(name) == code


@given(day=DAYS, limit=DAYS, cut=st.sampled_from([7, 10]))
def test_both_limits_are_in(day, limit, cut):
    published = day[:cut]
    both = within(published, limit, None) and within(published, None, limit)
    assert both == (published == limit[:cut])
    assert within(published, limit, None) or within(published, None, limit)
    assert within(day, limit, None) == (day >= limit)


@given(st.dates(), CUTS)
def test_dates_are_read_as_they_are_written(day, cut):
    assert read_date(day.isoformat()[:cut]) == day.isoformat()[:cut]
    assert read_date(day) == day.isoformat()


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("2025-02-30", "2025-02-28"),
        ("2024-2-30", "2024-02-29"),
        ("2025-14-01", "2025-12-01"),
        ("2025-0", "2025-01"),
    ],
)
def test_a_day_that_is_none_gets_the_nearest(written, nearest):
    with pytest.raises(kg.KGError, match=f"did you mean {nearest}"):
        read_date(written)
