import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.trees import build_tree
from kg.lexicon import load_lexicon


@pytest.fixture
def tree_of():
    """Builds the tree of a sentence given as (word, lemma, pos, head, label, feats) rows."""

    def build(language, rows):
        vocab = spacy.blank(language).vocab
        words, lemmas, tags, heads, labels, feats = zip(*rows, strict=True)
        doc = Doc(vocab, words, lemmas=lemmas, pos=tags, heads=heads, deps=labels, morphs=feats)
        return build_tree(next(doc.sents), 0, load_lexicon(language))

    return build


@pytest.fixture
def flat_tree(tree_of):
    """Builds a tree of words that all hang on the first, for what only reads the words."""

    def build(language, text):
        rows = [
            (word, word.lower(), "NOUN", 0, "root" if i == 0 else "dep", "")
            for i, word in enumerate(text.split())
        ]
        return tree_of(language, rows)

    return build
