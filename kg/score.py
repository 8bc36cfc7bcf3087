"""Extracted statements against gold relations between states: precision, recall and F1.

Gold is JSON Lines of `{id, lang, text, required: [row], optional: [row]}`, a row being `{source, target,
types}` and perhaps `status`; any of the types and statuses is right, and the type `any` is every one.
Predictions are the lines of `kg extract --format jsonl`. Rows without two different codes, negative and
denied ones count for nothing.

A row of the required is found by a prediction of its pair (level `pairs`), of one of its types too
(`typed`), and of one of its statuses too (`status`). A prediction is right if any row has it. Pairs may be
swapped where both sides are of symmetric types. As PLOVER's manual codes them, a planned event of some
types is an AGREE too, and a row that takes AGREE takes SUPPORT and COOPERATE where its text tells of
a signature or treaty.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from reprlib import repr as shorten
from typing import Any, NamedTuple

from kg.errors import ArticleError
from kg.lexicon import LANGUAGES

__all__ = ["LEVELS", "Figures", "Prediction", "Score", "read_rows", "score"]

LEVELS = ("pairs", "typed", "status")
SYMMETRIC = frozenset({"AGREE", "CONSULT", "COOPERATE"})
AGREE_IF_PLANNED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
SUCCESSORS = {"SUN": "RUS", "CSK": "CZE", "YUG": "SRB", "SCG": "SRB", "DDR": "DEU"}
Row = Mapping[str, Any]


class Prediction(NamedTuple):
    """What of an extracted statement is compared."""

    source: str
    target: str
    event_type: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one level: `found` of `required` rows, `right` of `predicted` statements.

    >>> print(Figures(found=1, required=2, right=2, predicted=3))
    P 0.667  R 0.500  F1 0.571  (1/2 found, 2/3 right)
    """

    found: int
    required: int
    right: int
    predicted: int

    @property
    def precision(self) -> float:
        """The share of the predictions that are right, 0 without any."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the required rows that were found, 0 without any."""
        return self.found / self.required if self.required else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float]:
        """The figures, the shares rounded to three places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {name: getattr(self, name) for name in ("found", "required", "right", "predicted")}
        return {name: round(share, 3) for name, share in shares.items()} | counts

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"({self.found}/{self.required} found, {self.right}/{self.predicted} right)"
        )


@dataclass(frozen=True, slots=True)
class Score:
    """Figures by level, texts without any row and how many of them got a statement, and the errors."""

    levels: Mapping[str, Figures]
    empty: int
    empty_with_one: int
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The figures, without the errors."""
        levels = {level: figures.as_json() for level, figures in self.levels.items()}
        return {**levels, "texts_without_relation": {"of": self.empty, "got_one": self.empty_with_one}}

    def __str__(self) -> str:
        lines = [f"{level:7} {figures}" for level, figures in self.levels.items()]
        return "\n".join([*lines, f"texts without a relation: {self.empty_with_one} of {self.empty} got one"])


def read_rows(path: str | Path, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, each with all of `keys`.

    Raises: ArticleError naming the file and line.
    """
    rows = []
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"{path}: can't be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ArticleError(f"{path}:{number}: not JSON: {error}") from error
            if not isinstance(row, dict) or not row.keys() >= set(keys):
                raise ArticleError(f"{path}:{number}: not an object with {', '.join(keys)}")
            rows.append(row)
    return rows


def score(gold: Sequence[Row], predicted: Iterable[Row]) -> Score:
    """The score of predicted rows (keys as `kg extract` prints them) against gold texts.

    Raises: ArticleError where a predicted row has a code, type or status that is no string.

    >>> gold = [{"id": "a", "text": "…", "optional": [],
    ...          "required": [{"source": "PRK", "target": "RUS", "types": ["AID"]}]}]
    >>> row = {"article": "a", "source": "PRK", "target": "RUS", "event_type": "AID", "status": "planned"}
    >>> score(gold, [row]).levels["typed"].f1
    1.0
    """
    predictions = _predictions(predicted)
    errors: list[str] = []
    levels = {level: _figures(gold, predictions, level, errors) for level in LEVELS}
    empty = [text["id"] for text in gold if not text["required"] and not text["optional"]]
    return Score(
        levels, len(empty), sum(bool(predictions[identifier]) for identifier in empty), tuple(errors)
    )


def _predictions(rows: Iterable[Row]) -> defaultdict[str, set[Prediction]]:
    predictions: defaultdict[str, set[Prediction]] = defaultdict(set)
    for row in rows:
        for key in ("source", "target", "event_type", "status"):
            if not isinstance(row.get(key), str | None):
                raise ArticleError(
                    f"{key} is {shorten(row[key])}, not a string or null; rows are of kg extract"
                )
        source, target = (SUCCESSORS.get(row[key], row[key]) for key in ("source", "target"))
        counts = row.get("polarity") != "negative" and row.get("status") != "denied"
        if source and target and source != target and counts:
            found = Prediction(source, target, row.get("event_type"), row.get("status"))
            predictions[str(row["article"])].add(found)
    return predictions


def _figures(
    gold: Sequence[Row], predictions: Mapping[str, set[Prediction]], level: str, errors: list[str]
) -> Figures:
    """The figures of `level`; what was missed or wrong is added to `errors`."""
    found = required = right = predicted = 0
    for text in gold:
        made = sorted(predictions.get(text["id"], ()), key=str)
        for row in text["required"]:
            required += 1
            if any(_fits(row, text["text"], prediction, level) for prediction in made):
                found += 1
            else:
                errors.append(f"missed {level} {text['id']} {row} had {[str(each) for each in made]}")
        units: defaultdict[tuple[str | None, ...], list[Prediction]] = defaultdict(list)
        for prediction in made:
            units[_unit(prediction, level)].append(prediction)
        predicted += len(units)
        rows = [*text["required"], *text["optional"]]
        for unit, same in units.items():
            if any(_fits(row, text["text"], prediction, level) for prediction in same for row in rows):
                right += 1
            else:
                errors.append(f"wrong {level} {text['id']} {unit}")
    return Figures(found, required, right, predicted)


def _unit(prediction: Prediction, level: str) -> tuple[str | None, ...]:
    """What counts as one prediction at `level`."""
    return {"pairs": prediction[:2], "typed": prediction[:3], "status": prediction}[level]


def _fits(row: Row, text: str, prediction: Prediction, level: str) -> bool:
    types = set(row["types"])
    if "AGREE" in types and _signing().search(text):
        types |= {"SUPPORT", "COOPERATE"}
    pair = (prediction.source, prediction.target)
    swappable = prediction.event_type in SYMMETRIC and types & {*SYMMETRIC, "any"}
    if pair != (row["source"], row["target"]) and not (swappable and pair == (row["target"], row["source"])):
        return False
    predicted = {prediction.event_type}
    if prediction.status == "planned" and prediction.event_type in AGREE_IF_PLANNED:
        predicted.add("AGREE")
    if level != "pairs" and "any" not in types and not types & predicted:
        return False
    return level != "status" or not row.get("status") or prediction.status in row["status"]


@cache
def _signing() -> re.Pattern[str]:
    """Matches a text that tells of a signature or a treaty, in any of the languages."""
    words: list[str] = []
    for path in sorted(LANGUAGES.glob("*/score.toml")):
        words += tomllib.loads(path.read_text(encoding="utf-8"))["treaty"]
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
