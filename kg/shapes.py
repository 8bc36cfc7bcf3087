"""The shapes of ontologies/shapes.ttl as a quick test of an article's graph: does it conform or not?

Covers the constraints of SHACL that the file uses, with their meaning there; any other is an error when the
file is read. What is wrong, in words, is pySHACL's to say, which is some twenty times slower.
Source: SHACL (W3C Recommendation of 2017), sections 2 to 4.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.ontology import PREFIXES, ontology_path

__all__ = ["Shapes"]

Term = NamedNode | Literal | BlankNode | Triple
Node = Mapping[NamedNode, Sequence[Term]]
Graph = Mapping[Term, Node]
Types = Mapping[Term, frozenset[Term]]
Check = Callable[[Sequence[Term], Node, Types], bool]
Test = Callable[[Node, Types], bool]

SH = "http://www.w3.org/ns/shacl#"
TYPE, FIRST, REST, NIL = (NamedNode(PREFIXES["rdf"] + name) for name in ("type", "first", "rest", "nil"))
SUBCLASS = NamedNode(f"{PREFIXES['rdfs']}subClassOf")
KINDS: Mapping[str, type] = {"IRI": NamedNode, "Literal": Literal}
REMEMBERED = 10_000  # literals whose verdict is kept
NUMBERS = ("integer", "decimal", "double")
# How to read a literal of a datatype; one that can't be read is not of it.
READERS: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "date": date.fromisoformat,
}


class Shapes:
    """The shapes of a file by the class that they are for.

    >>> Shapes().conforms([])
    True
    """

    def __init__(self, context: Iterable[Quad] = ()) -> None:
        """`context` are the classes of the ontology and the types of what the articles share."""
        graph = _grouped(parse(path=ontology_path("shapes.ttl"), format=RdfFormat.TURTLE))
        self._shapes: dict[Term, list[Test]] = defaultdict(list)
        for name, shape in graph.items():
            for target in shape.get(_sh("targetClass"), ()):
                self._shapes[target] += _tests(graph, name)
        shared = _grouped(context)
        self._parents = {name: node[SUBCLASS] for name, node in shared.items() if SUBCLASS in node}
        self._shared = {name: self._classes(node) for name, node in shared.items() if TYPE in node}

    def conforms(self, quads: Iterable[Quad]) -> bool:
        """Whether the graph of an article keeps to the shapes."""
        nodes = _grouped(quads)
        own = {name: self._classes(node) for name, node in nodes.items()}
        types = {**self._shared, **own}
        return all(
            test(node, types)
            for name, node in nodes.items()
            for target in own[name]
            for test in self._shapes.get(target, ())
        )

    def _classes(self, node: Node) -> frozenset[Term]:
        """The classes of a node, and those above them."""
        found: set[Term] = set()
        open_ = list(node.get(TYPE, ()))
        while open_:
            name = open_.pop()
            if name not in found:
                found.add(name)
                open_ += self._parents.get(name, ())
        return frozenset(found)


def _tests(graph: Graph, shape: Term) -> list[Test]:
    """The tests of a shape on a node, or on what one property of the node leads to.

    Raises: OntologyError for a constraint that isn't known here.
    """
    if _sh("path") in graph[shape]:
        return [_property(graph, shape)]
    return [
        test
        for constraint, arguments in graph[shape].items()
        if constraint not in {TYPE, _sh("targetClass"), _sh("message")}
        for argument in arguments
        for test in _node_tests(graph, constraint.value.removeprefix(SH), argument)
    ]


def _node_tests(graph: Graph, constraint: str, argument: Term) -> list[Test]:
    match constraint:
        case "property":
            return _tests(graph, argument)
        case "not":
            tests = _tests(graph, argument)
            return [lambda node, types: not all(test(node, types) for test in tests)]
        case "or":
            options = [_tests(graph, option) for option in _list(graph, argument)]
            return [lambda node, types: any(all(test(node, types) for test in tests) for tests in options)]
    raise _unknown(constraint)


def _property(graph: Graph, shape: Term) -> Test:
    [path] = cast(Sequence[NamedNode], graph[shape][_sh("path")])
    [least] = graph[shape].get(_sh("minCount"), [Literal(int(_sh("hasValue") in graph[shape]))])
    fewest, checks = int(cast(Literal, least).value), _checks(graph, shape)

    def test(node: Node, types: Types) -> bool:
        values = node.get(path, ())
        return len(values) >= fewest and all(check(values, node, types) for check in checks if values)

    return test


def _checks(graph: Graph, shape: Term) -> tuple[Check, ...]:
    """The checks of a property shape. Raises: OntologyError for a constraint that isn't known here."""
    return tuple(
        _check(graph, constraint.value.removeprefix(SH), value)
        for constraint, values in graph[shape].items()
        if constraint not in {_sh("path"), _sh("message"), _sh("minCount")}
        for value in values
    )


def _check(graph: Graph, constraint: str, argument: Any) -> Check:
    """The check of one constraint; but for counts, `or` and comparisons it looks at each value alone."""
    match constraint:
        case "maxCount":
            most = int(argument.value)
            return lambda values, _node, _types: len(values) <= most
        case "hasValue":
            return lambda values, _node, _types: argument in values
        case "not":
            refused = _checks(graph, argument)
            return lambda values, node, types: (
                not any(all(check([value], node, types) for check in refused) for value in values)
            )
        case "class":
            return lambda values, _node, types: all(argument in types.get(value, ()) for value in values)
        case "lessThan":
            return lambda values, node, _types: all(
                str(one) < str(other) for one in values for other in node.get(argument, ())
            )
        case "or":
            options = [_checks(graph, option) for option in _list(graph, argument)]
            return lambda values, node, types: all(
                any(all(check([value], node, types) for check in option) for option in options)
                for value in values
            )
    is_right = _test(graph, constraint, argument)
    return lambda values, _node, _types: all(map(is_right, values))


def _test(graph: Graph, constraint: str, argument: Any) -> Callable[[Any], bool]:
    """Whether one value fits a constraint on values."""
    match constraint:
        case "in":
            return frozenset(_list(graph, argument)).__contains__
        case "datatype":
            return lru_cache(REMEMBERED)(lambda value: _is_of(value, argument))
        case "nodeKind":
            kind = KINDS[argument.value.removeprefix(SH)]
            return lambda value: isinstance(value, kind)
        case "pattern":
            pattern = re.compile(argument.value)
            return lambda value: pattern.search(value.value) is not None
        case "minInclusive":
            return lru_cache(REMEMBERED)(
                lambda value: _is_number(value) and float(value.value) >= float(argument.value)
            )
        case "maxInclusive":
            return lru_cache(REMEMBERED)(
                lambda value: _is_number(value) and float(value.value) <= float(argument.value)
            )
    raise _unknown(constraint)


def _unknown(constraint: str) -> OntologyError:
    return OntologyError(f"shapes.ttl: sh:{constraint} is not known here; add it to kg/shapes.py")


def _is_of(value: Term, datatype: NamedNode) -> bool:
    if not isinstance(value, Literal) or value.datatype != datatype:
        return False
    try:
        READERS.get(datatype.value.removeprefix(PREFIXES["xsd"]), str)(value.value)
    except ValueError:
        return False
    return True


def _is_number(value: Term) -> bool:
    return any(_is_of(value, NamedNode(PREFIXES["xsd"] + name)) for name in NUMBERS)


def _list(graph: Graph, head: Term) -> Iterator[Term]:
    while head != NIL:
        [item], [head] = graph[head][FIRST], graph[head][REST]
        yield item


def _grouped(quads: Iterable[Quad]) -> Graph:
    """The values of each node by property."""
    nodes: dict[Term, dict[NamedNode, list[Term]]] = {}
    for quad in quads:
        nodes.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return nodes


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
