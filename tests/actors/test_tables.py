"""The checked-in tables and ontology: made from the data, and free of contradictions."""

from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.actors import Office, load_actors
from kg.actors.generate import generate
from kg.model import ActorKind

ROOT = Path(__file__).parents[2]
ACTORS = load_actors()


def test_tables_and_ontology_are_up_to_date(tmp_path: Path) -> None:
    generate(tmp_path / "tables", tmp_path / "actors.ttl")
    stale = [
        made.name
        for made in sorted((tmp_path / "tables").iterdir())
        if made.read_text() != (ROOT / "kg" / "actors" / "tables" / made.name).read_text()
    ]
    assert stale == []
    assert (tmp_path / "actors.ttl").read_text() == (ROOT / "ontologies" / "actors.ttl").read_text()


def test_every_form_tenure_and_membership_is_of_a_known_actor() -> None:
    forms = {form.actor for language in ACTORS.languages for form in ACTORS.forms(language)}
    tenures = {name for tenure in ACTORS.tenures for name in (tenure.actor, tenure.person)}
    members = {name for entry in ACTORS.memberships for name in (entry.member, entry.organisation)}
    assert forms | tenures | members <= set(ACTORS.actors)


def test_every_actor_acts_for_a_known_one_and_has_both_labels() -> None:
    for actor in ACTORS.actors.values():
        assert {language for language, _ in actor.labels} == {"en", "ro"}
        assert actor.state is None or actor.state in ACTORS.actors


def test_nothing_ends_before_it_begins() -> None:
    for entry in (*ACTORS.tenures, *ACTORS.memberships):
        assert entry.begin is None or entry.end is None or entry.begin < entry.end, entry


def test_an_office_has_one_holder_a_day() -> None:
    days = [date(year, month, 15) for year in range(2000, 2026) for month in (3, 9)]
    pairs = {(tenure.actor, tenure.office) for tenure in ACTORS.tenures}
    crowded = [
        (actor, office, day)
        for actor, office in pairs
        for day in days
        if len(ACTORS.holders(actor, office, day)) > 2
    ]
    assert crowded == []


def test_there_is_as_much_as_was_asked_for() -> None:
    kinds = Counter(actor.kind for actor in ACTORS.actors.values())
    assert kinds[ActorKind.STATE] >= 250
    assert kinds[ActorKind.ORGANISATION] >= 60
    assert len({entry.organisation for entry in ACTORS.memberships}) >= 60
    since = {tenure.actor for tenure in ACTORS.tenures if tenure.end is None or tenure.end.year >= 2000}
    states = {actor for actor in since if ACTORS.actor(actor).kind is ActorKind.STATE}
    assert len(states) >= 60


def test_members_change_with_the_date() -> None:
    assert len(ACTORS.members("EU", date(2003, 1, 1))) == 15
    assert len(ACTORS.members("EU", date(2010, 1, 1))) == 27
    assert len(ACTORS.members("EU")) == 27
    assert "GBR" not in ACTORS.members("EU")
    assert len(ACTORS.members("NATO")) == 32
    assert len(ACTORS.members("UN")) == 193


def test_holders_change_with_the_date() -> None:
    def holder(state: str, office: Office, day: date) -> list[str]:
        return [person.id for person in ACTORS.holders(state, office, day)]

    assert holder("USA", Office.STATE, date(1990, 8, 2)) == ["george-h-w-bush"]
    assert holder("USA", Office.STATE, date(2003, 3, 20)) == ["george-w-bush"]
    assert holder("RUS", Office.GOVERNMENT, date(2010, 1, 1)) == ["vladimir-putin"]
    assert holder("FRA", Office.STATE, date(2025, 1, 1)) == ["emmanuel-macron"]
    assert holder("IRQ", Office.FOREIGN, date(1950, 1, 1)) == []


def test_the_ontology_says_the_same_as_the_table() -> None:
    store = ox.Store()
    store.bulk_load(path=str(ROOT / "ontologies" / "actors.ttl"), format=ox.RdfFormat.TURTLE)
    rows = store.query(
        'SELECT ?label ?same WHERE { ?a <http://www.w3.org/2004/02/skos/core#notation> "PRK" ;'
        " <http://www.w3.org/2000/01/rdf-schema#label> ?label ;"
        " <http://www.w3.org/2002/07/owl#sameAs> ?same }"
    )
    assert {(row["label"].value, row["same"].value) for row in rows} == {
        ("North Korea", "http://www.wikidata.org/entity/Q423"),
        ("Coreea de Nord", "http://www.wikidata.org/entity/Q423"),
    }
    blank = [quad for quad in store if isinstance(quad.subject, ox.BlankNode)]
    assert blank == []
