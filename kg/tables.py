"""Values of TOML tables, checked against the types that are declared for them."""

from collections.abc import Mapping
from reprlib import repr as shorten
from typing import Any, get_args, get_origin

from kg.errors import LexiconError

__all__ = ["check"]

NAMES = {str: "a string", bool: "true or false", int: "a whole number", float: "a number"}


def check(value: Any, kind: Any, where: str) -> Any:
    """The value as `kind`, which is a simple type, or a list, tuple, frozenset or mapping of such.

    Raises: LexiconError that begins with `where`, for a value of another type.

    >>> sorted(check(["a", "b"], frozenset[str], "cues.toml: deny"))
    ['a', 'b']
    >>> check(["a", 1], frozenset[str], "cues.toml: deny")
    Traceback (most recent call last):
    kg.errors.LexiconError: cues.toml: deny is 1, not a string
    """
    container, inner = get_origin(kind), get_args(kind)
    if container is Mapping:
        _require(value, dict, "a table", where)
        return {key: check(each, inner[1], f"{where}.{key}") for key, each in value.items()}
    if kind is Any:
        return value
    if container is not None:
        _require(value, list, "a list", where)
        return container(check(each, inner[0], where) for each in value)
    _require(value, kind, NAMES.get(kind, ""), where)
    return value


def _require(value: Any, kind: type, name: str, where: str) -> None:
    if type(value) is not kind and (kind, type(value)) != (float, int):
        raise LexiconError(f"{where} is {shorten(value)}, not {name}")
