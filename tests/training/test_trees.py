"""Reading sentences, and the documents made of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy

from training.documents import MISSING, build_doc, group, group_evenly, pack
from training.entities import read_entities
from training.trees import Entity, Sentence, Token, TreebankError, check_tree, is_projective, read_conllu

CONLLU = """# sent_id = 1
# text = Într-o zi a plecat.
1	Într-	întru	ADP	_	AdpType=Prep|Case=Acc|Variant=Short	3	case	_	SpaceAfter=No
2	o	un	DET	_	Case=Acc,Nom|Gender=Fem|Number=Sing|PronType=Ind	3	det	_	_
3	zi	zi	NOUN	_	Definite=Ind|Gender=Fem|Number=Sing	5	obl	_	_
4	a	avea	AUX	_	Number=Sing|Person=3	5	aux	_	_
5	plecat	pleca	VERB	_	Gender=Masc|Number=Sing|VerbForm=Part	0	root	_	SpaceAfter=No
6	.	.	PUNCT	_	_	5	punct	_	_

# sent_id = 2
1	Da	da	INTJ	_	_	_	_	_	_
"""


@pytest.fixture
def sentences(tmp_path: Path) -> list[Sentence]:
    path = tmp_path / "two.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(read_conllu(path))


def test_conllu_gives_text_and_trees(sentences: list[Sentence]) -> None:
    assert [sentence.text for sentence in sentences] == ["Într-o zi a plecat.", "Da"]
    assert [sentence.has_tree for sentence in sentences] == [True, False]


@pytest.mark.parametrize("line", ["1-2\tdin\t_\t_\t_\t_\t_\t_\t_\t_", "1\tdin"])
def test_what_is_not_a_plain_token_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(TreebankError, match=r"bad\.conllu:1"):
        list(read_conllu(path))


def test_document_keeps_sentences_heads_and_text(sentences: list[Sentence]) -> None:
    doc = build_doc(spacy.blank("ro").vocab, [sentences[0], sentences[0]])
    assert doc.text == "Într-o zi a plecat. Într-o zi a plecat. "
    assert [sentence.root.text for sentence in doc.sents] == ["plecat", "plecat"]
    assert doc[2].dep_ == "obl"
    assert doc[8].head.i == 10
    assert doc[4].lemma_ == "pleca"
    assert str(doc[3].morph) == "Number=Sing|Person=3"


def test_document_with_a_sentence_without_tree_has_none(sentences: list[Sentence]) -> None:
    assert not build_doc(spacy.blank("ro").vocab, sentences).has_annotation("DEP")


def test_packed_documents_keep_everything(sentences: list[Sentence]) -> None:
    vocab = spacy.blank("ro").vocab
    (doc,) = pack([build_doc(vocab, sentences[:1])]).get_docs(vocab)
    assert [token.pos_ for token in doc] == [token.upos for token in sentences[0].tokens]


def test_groups_hold_every_sentence_once(sentences: list[Sentence]) -> None:
    many = sentences * 11
    assert [s for part in group(many, random.Random(1)) for s in part] == many
    assert [len(part) for part in group_evenly(many)] == [10, 10, 2]


def sentence_of(heads: list[int]) -> Sentence:
    return Sentence(tuple(Token(str(head), "", "X", "_", head, "dep") for head in heads))


@pytest.mark.parametrize("heads", [[0, 0], [2, 1], [0, 3, 2], [0, 9]])
def test_broken_trees_are_refused(heads: list[int]) -> None:
    with pytest.raises(TreebankError):
        check_tree(sentence_of(heads))


def test_crossing_arcs_are_not_projective() -> None:
    assert is_projective(sentence_of([2, 0, 2, 3]))
    assert not is_projective(sentence_of([0, 4, 1, 1]))


def test_entities_are_merged_and_old_classes_left_open(tmp_path: Path) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text(
        '{"tokens": ["Ana", "vede", "omul", "luni", "Cupa", "Mondială"], "space_after": '
        "[true, true, true, true, true, false], "
        '"ner_tags": ["B-PERSON", "O", "B-PERSON", "B-PERIOD", "B-EVENT", "I-EVENT"]}\n',
        encoding="utf-8",
    )
    (first,), (second,) = read_entities(path, first_version=True), read_entities(path)
    assert second.entities == (Entity(0, 1, "PERSON"), Entity(3, 4, "DATETIME"), Entity(4, 6, "EVENT"))
    assert first.entities[-1] == Entity(4, 6, MISSING)
    doc = build_doc(spacy.blank("ro").vocab, [first], entities_known=True)
    assert [token.ent_iob_ for token in doc] == ["B", "O", "O", "B", "", ""]
