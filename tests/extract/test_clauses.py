"""Clauses over trees that are built by hand, so that no parser has a say."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.clauses import Clauses
from kg.extract.trees import build_tree
from kg.lexicon import load_lexicon


def clauses_of(language, rows):
    """The clauses of a sentence given as (word, lemma, pos, head, label, feats) rows."""
    vocab = spacy.blank(language).vocab
    words, lemmas, tags, heads, labels, feats = zip(*rows, strict=True)
    doc = Doc(vocab, words, lemmas=lemmas, pos=tags, heads=heads, deps=labels, morphs=feats)
    lexicon = load_lexicon(language)
    return Clauses(build_tree(next(doc.sents), 0, lexicon), lexicon)


def slots(clauses, word):
    node = next(node for node in clauses.tree.nodes if node.text == word)
    found = clauses.clause(node).slots if node.is_verbal else clauses.event(node).slots
    return {name: [other.text for other in nodes] for name, nodes in found.items()}


def test_english_passive_makes_its_agent_the_subject():
    clauses = clauses_of(
        "en",
        [
            ("Poland", "Poland", "PROPN", 2, "nsubjpass", ""),
            ("was", "be", "AUX", 2, "auxpass", ""),
            ("attacked", "attack", "VERB", 2, "ROOT", "VerbForm=Part"),
            ("by", "by", "ADP", 2, "agent", ""),
            ("Germany", "Germany", "PROPN", 3, "pobj", ""),
        ],
    )
    found = slots(clauses, "attacked")
    assert found["nsubj"] == ["Germany"]
    assert found["obj"] == ["Poland"]


def test_romanian_passive_makes_its_agent_the_subject():
    clauses = clauses_of(
        "ro",
        [
            ("Polonia", "Polonia", "PROPN", 3, "nsubj:pass", ""),
            ("a", "avea", "AUX", 3, "aux", ""),
            ("fost", "fi", "AUX", 3, "aux:pass", ""),
            ("atacată", "ataca", "VERB", 3, "root", "VerbForm=Part"),
            ("de", "de", "ADP", 5, "case", ""),
            ("Germania", "Germania", "PROPN", 3, "obl:agent", ""),
        ],
    )
    found = slots(clauses, "atacată")
    assert found["nsubj"] == ["Germania"]
    assert found["obj"] == ["Polonia"]


def test_preposition_goes_under_its_noun_and_marks_it():
    clauses = clauses_of(
        "en",
        [
            ("Iran", "Iran", "PROPN", 1, "nsubj", ""),
            ("sold", "sell", "VERB", 1, "ROOT", ""),
            ("drones", "drone", "NOUN", 1, "dobj", ""),
            ("to", "to", "ADP", 1, "prep", ""),
            ("Russia", "Russia", "PROPN", 3, "pobj", ""),
        ],
    )
    assert slots(clauses, "sold") == {"nsubj": ["Iran"], "obj": ["drones"], "obl:to": ["Russia"]}


def test_subjunctive_takes_the_subject_of_its_governor():
    clauses = clauses_of(
        "ro",
        [
            ("Kim", "Kim", "PROPN", 2, "nsubj", ""),
            ("a", "avea", "AUX", 2, "aux", ""),
            ("decis", "decide", "VERB", 2, "root", "VerbForm=Part"),
            ("să", "să", "PART", 4, "mark", "Mood=Sub"),
            ("trimită", "trimite", "VERB", 2, "ccomp", "Mood=Sub|VerbForm=Fin"),
            ("geniști", "genist", "NOUN", 4, "obj", ""),
        ],
    )
    assert slots(clauses, "trimită")["nsubj"] == ["Kim"]


def test_who_is_asked_is_the_subject_of_what_is_asked():
    clauses = clauses_of(
        "ro",
        [
            ("Germania", "Germania", "PROPN", 2, "nsubj", ""),
            ("a", "avea", "AUX", 2, "aux", ""),
            ("cerut", "cere", "VERB", 2, "root", "VerbForm=Part"),
            ("Iranului", "Iran", "PROPN", 2, "iobj", ""),
            ("să", "să", "PART", 5, "mark", "Mood=Sub"),
            ("reia", "relua", "VERB", 2, "ccomp", "Mood=Sub|VerbForm=Fin"),
            ("negocierile", "negociere", "NOUN", 5, "obj", ""),
        ],
    )
    assert slots(clauses, "reia")["nsubj"] == ["Iranului"]


def test_relative_pronoun_stands_for_its_antecedent():
    clauses = clauses_of(
        "ro",
        [
            ("Lavrov", "Lavrov", "PROPN", 6, "nsubj", ""),
            (",", ",", "PUNCT", 4, "punct", ""),
            ("care", "care", "PRON", 4, "nsubj", "PronType=Int,Rel"),
            ("a", "avea", "AUX", 4, "aux", ""),
            ("vizitat", "vizita", "VERB", 0, "acl", "VerbForm=Part"),
            ("Parisul", "Paris", "PROPN", 4, "obj", ""),
            ("pleacă", "pleca", "VERB", 6, "root", "VerbForm=Fin"),
        ],
    )
    assert slots(clauses, "vizitat") == {"nsubj": ["Lavrov"], "obj": ["Parisul"]}


def test_participle_has_its_noun_as_object():
    clauses = clauses_of(
        "ro",
        [
            ("sprijinul", "sprijin", "NOUN", 5, "nsubj", ""),
            ("acordat", "acorda", "VERB", 0, "acl", "VerbForm=Part"),
            ("României", "România", "PROPN", 1, "iobj", ""),
            ("de", "de", "ADP", 4, "case", ""),
            ("britanici", "britanic", "NOUN", 1, "obl:agent", ""),
            ("continuă", "continua", "VERB", 5, "root", "VerbForm=Fin"),
        ],
    )
    found = slots(clauses, "acordat")
    assert found["obj"] == ["sprijinul"]
    assert found["nsubj"] == ["britanici"]
    assert found["iobj"] == ["României"]


def test_light_verb_lends_its_arguments_to_the_event():
    clauses = clauses_of(
        "ro",
        [
            ("Delegația", "delegație", "NOUN", 2, "nsubj", ""),
            ("a", "avea", "AUX", 2, "aux", ""),
            ("făcut", "face", "VERB", 2, "root", "VerbForm=Part"),
            ("o", "un", "DET", 4, "det", ""),
            ("vizită", "vizită", "NOUN", 2, "obj", ""),
            ("în", "în", "ADP", 6, "case", ""),
            ("Mongolia", "Mongolia", "PROPN", 2, "obl", ""),
        ],
    )
    found = slots(clauses, "vizită")
    assert found["nsubj"] == ["Delegația"]
    assert found["obl:în"] == ["Mongolia"]


@pytest.mark.parametrize(
    ("label", "expected"), [("nsubj", "iobj"), ("obj", "iobj")], ids=["subject", "object"]
)
def test_dative_is_neither_subject_nor_object(label, expected):
    clauses = clauses_of(
        "ro",
        [
            ("oferă", "oferi", "VERB", 0, "root", "VerbForm=Fin"),
            ("Rusiei", "Rusia", "PROPN", 0, label, "Case=Dat,Gen"),
            ("asistență", "asistență", "NOUN", 0, "obj", ""),
        ],
    )
    assert slots(clauses, "oferă")[expected] == ["Rusiei"]


def test_de_after_a_numeral_makes_no_oblique():
    clauses = clauses_of(
        "ro",
        [
            ("trimite", "trimite", "VERB", 0, "root", "VerbForm=Fin"),
            ("o", "un", "DET", 2, "det", ""),
            ("mie", "mie", "NUM", 4, "nummod", ""),
            ("de", "de", "ADP", 4, "case", ""),
            ("geniști", "genist", "NOUN", 0, "obl", ""),
        ],
    )
    assert slots(clauses, "trimite") == {"obj": ["geniști"]}


def test_middle_name_of_a_list_is_coordinated():
    clauses = clauses_of(
        "ro",
        [
            ("SUA", "SUA", "PROPN", 6, "nsubj", ""),
            (",", ",", "PUNCT", 2, "punct", ""),
            ("Coreea", "Coreea", "PROPN", 0, "appos", ""),
            ("și", "și", "CCONJ", 4, "cc", ""),
            ("Ucraina", "Ucraina", "PROPN", 0, "conj", ""),
            ("au", "avea", "AUX", 6, "aux", ""),
            ("acuzat", "acuza", "VERB", 6, "root", "VerbForm=Part"),
        ],
    )
    assert clauses.tree.nodes[2].relation == "conj"


def test_trees_do_not_change_the_document():
    vocab = spacy.blank("en").vocab
    doc = Doc(
        vocab,
        ["Iran", "spoke", "with", "Iraq"],
        lemmas=["Iran", "speak", "with", "Iraq"],
        pos=["PROPN", "VERB", "ADP", "PROPN"],
        heads=[1, 1, 1, 2],
        deps=["nsubj", "ROOT", "prep", "pobj"],
    )
    before = doc.to_json()
    build_tree(next(doc.sents), 0, load_lexicon("en"))
    assert doc.to_json() == before
