"""What each step that mends the parse by the form of the words wins and loses.

    python -m benchmarks.repairs [GOLD…]

Each step of `kg.extract.repairs` and `kg.extract.attachments` is switched off in turn, and the typed rows
of the golden sentences of tests/golden and of the gold files are compared: those that are found only with
the step (won) or only without it (lost), and wrong statements that it keeps out (won) or lets in (lost).
"""

import argparse
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from inspect import getmembers, isfunction
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from spacy.tokens import Doc

from kg.extract import attachments, repairs
from kg.extract.base import Extractor
from kg.model import Article
from kg.parse import Parser
from kg.pipeline import load_extractor
from kg.records import record
from kg.score import read_rows, score
from kg.terminal import print_table

__all__ = ["main"]

GOLDENS = Path(__file__).parent.parent / "tests" / "golden"


def main() -> None:
    """Prints a line for each step: rows won and lost, wrong statements kept out and let in."""
    options = argparse.ArgumentParser(description="Gold rows won and lost by each step that mends the parse.")
    options.add_argument("gold", nargs="*", help="files of gold rows, besides tests/golden")
    gold = list(_golden_rows())
    for path in options.parse_args().gold:
        gold += read_rows(path, ("id", "lang", "text", "required", "optional"))
    articles = [
        Article(str(row["id"]), row["text"], row["lang"], published=row.get("published")) for row in gold
    ]
    parsed = [found for found in Parser().pipe(articles) if isinstance(found, tuple)]
    extractor = load_extractor()
    usual = _errors(gold, parsed, extractor)
    table = []
    for module, name in _steps():
        with patch.object(module, name, _do_nothing):
            without = _errors(gold, parsed, extractor)
        won, lost = without - usual, usual - without
        table.append(
            (name, *(_count(errors, kind) for kind in ("missed", "wrong") for errors in (won, lost)))
        )
    print(
        f"{len(gold)} texts, {_count(usual, 'missed')} rows missed, {_count(usual, 'wrong')} statements wrong"
    )
    print_table(("step", "rows won", "rows lost", "wrong kept out", "wrong let in"), table)


def _steps() -> Iterator[tuple[ModuleType, str]]:
    for module in (repairs, attachments):
        for name, step in getmembers(module, isfunction):
            if step.__module__ == module.__name__ and name not in module.__all__:
                yield module, name


def _golden_rows() -> Iterable[dict[str, Any]]:
    for path in sorted(GOLDENS.glob("*/*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            told = case.get("statements", ())
            yield {
                "id": f"{path.parent.name}-{path.stem}-{number}",
                "lang": path.parent.name,
                "text": case["text"],
                "published": case.get("published"),
                "required": [
                    {"source": each["source"], "target": each["target"], "types": [each.get("type", "any")]}
                    for each in told
                    if each.get("polarity") != "negative" and each.get("status") != "denied"
                ],
                "optional": [],
            }


def _errors(
    gold: Sequence[dict[str, Any]], parsed: Iterable[tuple[Article, Doc]], extractor: Extractor
) -> set[str]:
    """What is missed and what is wrong, pair and type, as `kg score --errors` says it."""
    found = (record(statement) for article, doc in parsed for statement in extractor.extract(article, doc))
    return {error.partition(" had ")[0] for error in score(gold, found).errors if error.split()[1] == "typed"}


def _count(errors: Iterable[str], kind: str) -> str:
    return str(sum(error.startswith(kind) for error in errors))


def _do_nothing(*_: object) -> None:
    """Stands for a step that is switched off, and for a test that is never true."""


if __name__ == "__main__":
    main()
