"""A sentence as a tree of Universal Dependencies, whatever labels its pipeline uses."""

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Span as SentenceSpan

from kg.extract.nodes import NOMINAL, Node, Tree, attach, replace_head
from kg.extract.repairs import repair
from kg.lexicon import Grammar, Lexicon

__all__ = ["build_tree"]

KEPT_SUBTYPES = frozenset({"pass", "agent", "poss", "pv", "impers", "prt"})


def build_tree(sentence: SentenceSpan, number: int, lexicon: Lexicon) -> Tree:
    """The sentence's tree, with the pipeline's own labels and heads turned into UD's."""
    grammar = lexicon.grammar
    tokens = list(sentence)
    nodes = [
        Node(
            token.i,
            token.text,
            token.lower_,
            lexicon.lemma(token.lower_, token.lemma_.lower()),
            token.pos_,
            _features(str(token.morph)),
            token.idx,
            token.idx + len(token),
            _universal(token.dep_, grammar),
        )
        for token in tokens
    ]
    for node, token in zip(nodes, tokens, strict=True):
        head = token.head.i
        if head != token.i and sentence.start <= head < sentence.end:
            node.head = nodes[head - sentence.start]
            node.head.children.append(node)
    if grammar.function_heads:
        _raise_complements(nodes, grammar)
    _lower_conjunctions(nodes)
    _set_markers(nodes, grammar)
    _join_prepositions(nodes, grammar)
    repair(nodes, lexicon)
    return Tree(tuple(nodes), number, sentence.start_char, sentence.end_char)


@lru_cache(maxsize=10_000)
def _features(morphology: str) -> Mapping[str, str]:
    """The features of words by name, from "Case=Nom|Number=Sing"; all that have these share the result."""
    return dict(feature.split("=", 1) for feature in morphology.split("|") if feature)


def _universal(label: str, grammar: Grammar) -> str:
    """The UD relation of a pipeline's label; of the subtypes only those that change an argument stay."""
    relation = grammar.labels.get(label, label)
    base, _, subtype = relation.partition(":")
    return relation if subtype in KEPT_SUBTYPES else base


def _raise_complements(nodes: list[Node], grammar: Grammar) -> None:
    """Content words above function words: prepositions under their nouns, copulas under predicates."""
    for node in reversed(nodes):
        label = grammar.function_heads.get(node.relation)
        if label is None:
            continue
        complement = next(node.only("pobj", "pcomp"), None)
        if complement is None and label != "iobj":
            complement = next(node.only("obl", "nmod"), None)
        if complement is None:
            node.relation = "obl:prt" if label != "iobj" else "iobj"
            continue
        head = node.head
        replace_head(node, complement)
        if complement.relation == "pcomp":
            complement.relation = "advcl"
        elif label == "iobj":
            complement.relation = "obl"
        elif label == "obl" and head is not None and head.pos in NOMINAL:
            complement.relation = "nmod"
        else:
            complement.relation = label
        node.relation = "case"
    for node in nodes:
        if node.lemma in grammar.copulas:
            predicate = next(node.only("attr", "acomp"), None)
            if predicate is not None:
                relation = node.relation
                replace_head(node, predicate)
                predicate.relation, node.relation = relation, "cop"


def _lower_conjunctions(nodes: list[Node]) -> None:
    """Hangs "and" on the conjunct that it introduces."""
    for node in nodes:
        if node.relation == "cc" and node.head is not None:
            after = [child for child in node.head.only("conj") if child.index > node.index]
            if after:
                attach(node, after[0])


def _set_markers(nodes: list[Node], grammar: Grammar) -> None:
    for node in nodes:
        words: list[str] = []
        for child in node.children:
            if child.relation in ("case", "mark") and child.lower not in grammar.possessives:
                words.append(child.lower)
                words += [part.lower for part in child.only("fixed", "case")]
        if words:
            node.marker = grammar.contractions.get(" ".join(words), " ".join(words))


def _join_prepositions(nodes: list[Node], grammar: Grammar) -> None:
    """Gives "din partea lui Putin", "on behalf of Serbia" the noun at the end as their head."""
    nouns = grammar.preposition_nouns
    for node in nodes:
        if node.lower not in nouns or not node.marker:
            continue
        for child in list(node.children):
            if child.relation not in ("nmod", "obl", "nmod:poss"):
                continue
            phrase = " ".join(filter(None, (node.marker, node.lower, child.marker)))
            if phrase in grammar.prepositions:
                relation = node.relation
                replace_head(node, child)
                child.relation, child.marker = relation, phrase
                node.relation = "case"
                break
