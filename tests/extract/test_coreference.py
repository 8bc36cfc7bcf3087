from kg.extract.coreference import Discourse
from kg.model import Actor, ActorKind

ORBAN = (Actor("viktor-orban", ActorKind.PERSON, (("en", "Viktor Orbán"),), "HUN"), "HUN")
PUTIN = (Actor("vladimir-putin", ActorKind.PERSON, (("en", "Vladimir Putin"),), "RUS"), "RUS")
IRAN = (Actor("IRN", ActorKind.STATE, (("en", "Iran"),), "IRN"), "IRN")


def test_subject_comes_before_what_else_its_sentence_names():
    discourse = Discourse()
    discourse.close_sentence([ORBAN], [PUTIN])
    assert discourse.candidates("person") == [ORBAN, PUTIN]


def test_later_sentence_comes_before_earlier():
    discourse = Discourse()
    discourse.close_sentence([ORBAN], [])
    discourse.close_sentence([], [PUTIN])
    assert discourse.candidates("person") == [PUTIN, ORBAN]


def test_kind_of_pronoun_chooses_persons_or_states():
    discourse = Discourse()
    discourse.close_sentence([ORBAN], [IRAN])
    assert discourse.candidates("person") == [ORBAN]
    assert discourse.candidates("state") == [IRAN]
    assert discourse.candidates("any") == [ORBAN, IRAN]


def test_nothing_named_gives_no_candidate():
    assert Discourse().candidates("any") == []
