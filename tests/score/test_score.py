"""Scoring: each rule on rows of our own, and the same figures as the reference scorer where it is at hand."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.score import LEVELS, read_rows, score

REFERENCE = Path(__file__).parents[3] / "shared" / "gold" / "score.py"


def gold(*required, text="…", optional=()):
    return [{"id": "a", "text": text, "required": list(required), "optional": list(optional)}]


def row(source, target, *types, status=None):
    return {"source": source, "target": target, "types": list(types)} | ({"status": status} if status else {})


def made(source, target, event_type, status="asserted", polarity="positive", article="a"):
    return {
        "article": article,
        "source": source,
        "target": target,
        "event_type": event_type,
        "status": status,
        "polarity": polarity,
    }


def found(*args, **options):
    figures = score(*args, **options).levels
    return tuple(figures[level].found for level in LEVELS)


@pytest.mark.parametrize(
    ("required", "predicted", "levels"),
    [
        (row("PRK", "RUS", "AID"), made("PRK", "RUS", "AID"), (1, 1, 1)),
        (row("PRK", "RUS", "AID"), made("RUS", "PRK", "AID"), (0, 0, 0)),
        (row("PRK", "RUS", "AID"), made("PRK", "RUS", "ACCUSE"), (1, 0, 0)),
        (row("PRK", "RUS", "any", status=["planned"]), made("PRK", "RUS", "ACCUSE"), (1, 1, 0)),
        (row("PRK", "RUS", "CONSULT"), made("RUS", "PRK", "CONSULT"), (1, 1, 1)),
        (row("PRK", "RUS", "CONSULT"), made("RUS", "PRK", "AID"), (0, 0, 0)),
        (row("PRK", "RUS", "AGREE"), made("PRK", "RUS", "AID", "planned"), (1, 1, 1)),
        (row("PRK", "RUS", "AGREE"), made("PRK", "RUS", "AID"), (1, 0, 0)),
        (row("RUS", "UKR", "ASSAULT"), made("SUN", "UKR", "ASSAULT"), (1, 1, 1)),
        (row("PRK", "RUS", "AID"), made("PRK", "RUS", "AID", "denied"), (0, 0, 0)),
        (row("PRK", "RUS", "AID"), made("PRK", "RUS", "AID", polarity="negative"), (0, 0, 0)),
        (row("PRK", "RUS", "AID"), made("PRK", None, "AID"), (0, 0, 0)),
        (row("PRK", "PRK", "AID"), made("PRK", "PRK", "AID"), (0, 0, 0)),
        (row("PRK", "RUS", "AID"), made("PRK", "RUS", "AID", article="b"), (0, 0, 0)),
    ],
)
def test_what_finds_a_row(required, predicted, levels):
    assert found(gold(required), [predicted]) == levels


def test_agreement_may_be_support_where_something_is_signed():
    agree, support = row("PRK", "RUS", "AGREE"), made("PRK", "RUS", "SUPPORT")
    assert found(gold(agree, text="They met."), [support]) == (1, 0, 0)
    assert found(gold(agree, text="They signed a pact."), [support]) == (1, 1, 1)
    assert found(gold(agree, text="Au ratificat tratatul."), [support]) == (1, 1, 1)


def test_optional_rows_are_right_but_not_required():
    figures = score(gold(optional=[row("PRK", "RUS", "AID")]), [made("PRK", "RUS", "AID")]).levels["typed"]
    assert (figures.found, figures.required, figures.right, figures.predicted) == (0, 0, 1, 1)


def test_texts_without_a_relation_and_errors():
    result = score(gold(), [made("PRK", "RUS", "AID")])
    assert result.as_json()["texts_without_relation"] == {"of": 1, "got_one": 1}
    assert result.errors[0] == "wrong pairs a ('PRK', 'RUS')"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ('{"id": 1}', "not an object with id, text"),
        ("9" * 5_000, "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_wrong_file_is_named(tmp_path, line, reason):
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": 1, "text": "\u2028"}}\n{line}\n')
    with pytest.raises(ArticleError, match=f"gold.jsonl:2: {reason}"):
        read_rows(path, ("id", "text"))


def test_prediction_of_the_wrong_type_is_named():
    with pytest.raises(ArticleError, match=r"target is \['RUS'\], not a string or null"):
        score([], [{"article": "a", "source": "PRK", "target": ["RUS"]}])


CODES = st.sampled_from(["PRK", "RUS", "SUN", "EU", None])
TYPES = st.sampled_from(["AGREE", "CONSULT", "AID", "ACCUSE"])


@given(st.lists(st.builds(made, CODES, CODES, TYPES), max_size=6))
def test_figures_are_shares(predicted):
    required = [row("PRK", "RUS", "AID"), row("RUS", "EU", "AGREE", "CONSULT")]
    figures = score(gold(*required), predicted).levels
    assert figures["pairs"].found >= figures["typed"].found >= figures["status"].found
    assert all(0 <= each.f1 <= 1 and each.right <= each.predicted for each in figures.values())


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer is not at hand")
@pytest.mark.parametrize("options", [(), ("--json",), ("--errors",)])
@pytest.mark.parametrize("path", sorted(REFERENCE.parent.glob("*.jsonl")), ids=lambda path: path.stem)
def test_output_is_that_of_the_reference(tmp_path, path, options):
    chance = random.Random(0)
    rows = []
    for text in read_rows(path, ("id", "required", "optional")):
        for each in [*text["required"], *text["optional"]]:
            pair = chance.sample([each["source"], each["target"]], 2)
            event_type = chance.choice([*each["types"], "AID", "CONSULT", "SUPPORT"])
            status = chance.choice(["asserted", "planned", "denied", "claimed"])
            rows.append(made(*pair, event_type, status, article=text["id"]))
        if chance.random() < 0.3:
            rows.append(made("SUN", "CSK", "ASSAULT", article=text["id"]))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(each) + "\n" for each in rows))
    theirs, ours = (
        subprocess.run(
            [*command, path, predicted, *options], capture_output=True, text=True, check=True
        ).stdout
        for command in ([sys.executable, REFERENCE], [sys.executable, "-m", "kg", "score"])
    )
    # The reference lists a text's predictions in the order of a set.
    assert sorted(map(sorted, ours.splitlines())) == sorted(map(sorted, theirs.splitlines()))
    if "--errors" not in options:
        assert ours == theirs
