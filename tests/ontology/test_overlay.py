"""Frames and relations of a folder of one's own, laid over the package's data."""

import os

import pytest

import kg
from kg.errors import KGError
from kg.lexicon import load_lexicon
from kg.ontology import load_ontology
from kg.pipeline import extract_statements, load_extractor
from kg.query import run_query
from kg.store import EmbeddedStore
from kg.validation import validate

RELATION = """
@prefix sr: <https://w3id.org/state-relations/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

sr:twinsWith a owl:ObjectProperty, owl:SymmetricProperty, sr:Relation ;
    rdfs:label "twins with"@en, "se înfrățește cu"@ro ;
    skos:definition "Towns of the two states are twinned."@en ;
    rdfs:subPropertyOf sr:cooperatesWith ;
    rdfs:domain sr:Actor ; rdfs:range sr:Actor ;
    sr:eventType sr:Cooperate .
"""
FRAME = """
[[frame]]
relation = "sr:twinsWith"
lemmas = ["twin"]
parties = ["nsubj", "obl:with"]
"""
ARTICLE = kg.Article("a", "France twinned with Italy.", "en")


@pytest.fixture
def overlay(tmp_path, monkeypatch):
    (tmp_path / "lang" / "en" / "frames").mkdir(parents=True)
    (tmp_path / "ontology.ttl").write_text(RELATION, encoding="utf-8")
    (tmp_path / "lang" / "en" / "frames" / "twins.toml").write_text(FRAME, encoding="utf-8")
    monkeypatch.setenv("KG_OVERLAY", str(tmp_path))
    return tmp_path


def relations(article):
    return [(each.source, each.relation.id, each.target) for each in kg.extract(article)]


@pytest.mark.usefixtures("overlay")
def test_own_frame_and_relation():
    assert relations(ARTICLE) == [("FRA", "sr:twinsWith", "ITA")]
    assert load_ontology().relation("twinsWith").event_type == "COOPERATE"
    assert load_ontology().label("sr:twinsWith", "ro") == "se înfrățește cu"


@pytest.mark.usefixtures("overlay")
def test_without_the_folder_all_is_as_it_was(monkeypatch):
    assert "sr:twinsWith" in load_ontology().relations
    monkeypatch.delenv("KG_OVERLAY")
    assert "sr:twinsWith" not in load_ontology().relations
    assert relations(ARTICLE) == []


def test_a_changed_file_is_read_again(overlay):
    assert relations(ARTICLE) == [("FRA", "sr:twinsWith", "ITA")]
    frames = overlay / "lang" / "en" / "frames" / "twins.toml"
    frames.write_text(FRAME.replace("twinsWith", "tradesWith"), encoding="utf-8")
    os.utime(frames, ns=(0, 0))
    assert relations(ARTICLE) == [("FRA", "sr:tradesWith", "ITA")]


def test_own_words_join_the_classes(overlay):
    (overlay / "lang" / "en" / "classes.toml").write_text('weapon = ["blunderbuss"]\n', encoding="utf-8")
    article = kg.Article("a", "France sent Italy ten blunderbusses.", "en")
    assert "weapon" in load_lexicon("en").classes_of("blunderbuss")
    assert "weapon" in load_lexicon("en").classes_of("rifle")
    assert relations(article) == [("FRA", "sr:sendsWeaponsTo", "ITA")]


@pytest.mark.usefixtures("overlay")
def test_own_relation_in_a_store(tmp_path_factory):
    with EmbeddedStore.open(tmp_path_factory.mktemp("own") / "store") as store:
        read = extract_statements([ARTICLE], load_extractor())
        store.load((each.article, each.statements) for each in read)
        assert run_query(store, "ASK { actor:FRA sr:twinsWith actor:ITA }").boolean
        label = run_query(
            store, 'SELECT ?label { sr:twinsWith rdfs:label ?label FILTER(LANG(?label) = "en") }'
        )
        assert label.texts() == [("twins with",)]
        assert validate(store) == []


def test_no_such_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("KG_OVERLAY", str(tmp_path / "nowhere"))
    with pytest.raises(KGError, match=r"KG_OVERLAY=.*nowhere: no such folder"):
        load_lexicon("en")


def test_a_frame_of_an_unknown_relation_costs_its_articles_and_says_so(overlay):
    (overlay / "ontology.ttl").unlink()
    with pytest.raises(KGError, match=r"unknown relation sr:twinsWith"):
        kg.extract(ARTICLE)
