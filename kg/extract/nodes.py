"""The words of a sentence as nodes of a tree of Universal Dependencies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["NOMINAL", "VERBAL", "Node", "Tree", "attach", "replace_head"]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True, eq=False)
class Node:
    """A word in its tree: `index` counts in the Doc, `start` and `end` in its text."""

    index: int
    text: str
    lower: str
    lemma: str
    pos: str
    feats: Mapping[str, str]
    start: int
    end: int
    relation: str = ""
    head: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)
    marker: str = ""

    def only(self, *relations: str) -> "Iterator[Node]":
        """The children with one of `relations`, subtypes apart."""
        if not self.children:
            return iter(())
        return iter([child for child in self.children if child.relation in relations])

    @property
    def is_verbal(self) -> bool:
        """Whether the word is a verb, participles used as such included."""
        return self.pos in VERBAL

    def subtree(self) -> "Iterator[Node]":
        """The word and all below it, in no set order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children)

    def ancestors(self) -> "Iterator[Node]":
        """The heads above, nearest first."""
        node = self.head
        while node is not None:
            yield node
            node = node.head


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of a sentence in text order, and its number in the article, from 0."""

    nodes: tuple[Node, ...]
    number: int
    start: int
    end: int

    @property
    def roots(self) -> tuple[Node, ...]:
        """The nodes without a head."""
        return tuple(node for node in self.nodes if node.head is None)


def attach(node: Node, head: Node | None) -> None:
    """Hangs a node on another head, while a tree is built."""
    if node.head is not None:
        node.head.children.remove(node)
    node.head = head
    if head is not None:
        head.children.append(node)
        head.children.sort(key=lambda child: child.index)


def replace_head(old: Node, new: Node) -> None:
    """Puts `new` into the place of `old`, which becomes its child with all that hung on it."""
    attach(new, old.head)
    for child in list(old.children):
        if child is not new:
            attach(child, new)
    attach(old, new)
