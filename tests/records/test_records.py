"""Records: the keys and values of the contract, and cells that no spreadsheet runs."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import (
    Actor,
    ActorKind,
    Argument,
    Attribution,
    Evidence,
    Mention,
    MentionKind,
    Polarity,
    Relation,
    Role,
    Span,
    Statement,
    Status,
    TimeInterval,
    Triple,
)
from kg.records import COLUMNS, csv_line, flatten, json_line, record

QUOTE = "În iunie, Rusia a primit o mie de geniști din partea Coreei de Nord, a spus Șoigu."
IRI = "https://w3id.org/state-relations/actor/"


def mention(text, kind=MentionKind.NAME):
    start = QUOTE.index(text) + 100
    return Mention(Span("a", start, start + len(text)), text, kind)


RUSSIA = Actor("RUS", ActorKind.STATE, (("en", "Russia"), ("ro", "Rusia")), "RUS")
KOREA = Actor("PRK", ActorKind.STATE, (("en", "North Korea"), ("ro", "Coreea de Nord")), "PRK")
SAPPERS = mention("o mie de geniști", MentionKind.THING)
STATEMENT = Statement(
    id="5f2c",
    relation=Relation("sr:sendsPersonnelTo", "a primit", "primi", mention("a primit").span),
    event_type="AID",
    mode=None,
    contexts=("military",),
    source="PRK",
    target="RUS",
    arguments=(
        Argument(Role.SUBJECT, mention("Coreei de Nord"), KOREA, marker="din partea"),
        Argument(Role.OBJECT, mention("Rusia"), RUSSIA),
        Argument(Role.THEME, SAPPERS, quantity=1000.0, unit="genist"),
    ),
    told=(Triple(mention("Rusia"), "a primit", SAPPERS),),
    status=Status.ASSERTED,
    polarity=Polarity.POSITIVE,
    attribution=(Attribution(mention("Șoigu"), None, "a spus"),),
    time=TimeInterval("În iunie", date(2025, 6, 1), date(2025, 7, 1)),
    evidence=Evidence(Span("a", 100, 100 + len(QUOTE)), QUOTE, 3),
    confidence=0.8612,
    extractor="rules/0.2.0",
)


def test_record_is_that_of_the_contract():
    expected = {
        "id": "5f2c",
        "article": "a",
        "sentence": 3,
        "start": 100,
        "end": 100 + len(QUOTE),
        "quote": QUOTE,
        "subject": {
            "text": "Coreei de Nord",
            "start": 153,
            "end": 167,
            "actor": IRI + "PRK",
            "label": "Coreea de Nord",
            "kind": "state",
        },
        "relation": {"id": "sr:sendsPersonnelTo", "text": "a primit", "lemma": "primi"},
        "object": {
            "text": "Rusia",
            "start": 110,
            "end": 115,
            "actor": IRI + "RUS",
            "label": "Rusia",
            "kind": "state",
        },
        "arguments": [
            {
                "role": "theme",
                "text": "o mie de geniști",
                "start": 125,
                "end": 141,
                "actor": None,
                "quantity": 1000,
                "unit": "genist",
                "marker": None,
            }
        ],
        "source": "PRK",
        "target": "RUS",
        "event_type": "AID",
        "mode": None,
        "contexts": ["military"],
        "status": "asserted",
        "polarity": "positive",
        "attribution": [{"text": "Șoigu", "actor": None, "cue": "a spus"}],
        "time": {"text": "În iunie", "start": "2025-06-01", "end": "2025-07-01"},
        "confidence": 0.861,
        "extractor": "rules/0.2.0",
        "told": [
            {
                "subject": {"text": "Rusia", "start": 110, "end": 115},
                "relation": "a primit",
                "object": {"text": "o mie de geniști", "start": 125, "end": 141},
            }
        ],
    }
    found = record(STATEMENT, "ro")
    assert found == expected
    assert list(found) == list(expected)
    assert json.loads(json_line(STATEMENT, "ro")) == expected


def test_label_is_in_the_language_asked_for():
    assert record(STATEMENT, "en")["subject"]["label"] == "North Korea"


def test_unknown_values_are_null():
    bare = replace(STATEMENT, arguments=(), time=None, target=None, attribution=(), told=())
    found = record(bare)
    assert {key: found[key] for key in ("subject", "object", "time", "target")} == dict.fromkeys(
        ("subject", "object", "time", "target")
    )
    assert set(found) == set(record(STATEMENT))
    assert [flatten(bare)[key] for key in ("subject", "time_start", "target", "mode")] == [""] * 4


@pytest.mark.parametrize(("quantity", "written"), [(1000.0, "1000"), (2.5, "2.5"), (None, "null")])
def test_whole_quantity_is_written_as_one(quantity, written):
    theme = Argument(Role.THEME, SAPPERS, quantity=quantity)
    assert f'"quantity": {written},' in json_line(replace(STATEMENT, arguments=(theme,)))


def test_flat_record_has_the_columns_in_order():
    row = flatten(STATEMENT, "ro")
    assert tuple(row) == COLUMNS
    assert row["arguments"] == "theme: o mie de geniști"
    assert (row["time_start"], row["time_end"]) == ("2025-06-01", "2025-07-01")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_csv_cell_is_no_formula_and_loses_nothing(quote):
    (cells,) = csv.reader(io.StringIO(csv_line(["1", quote]), newline=""))
    assert cells[1] in (quote, f"'{quote}")
    assert is_number(cells[1]) or not cells[1].startswith(("=", "+", "-", "@", "\t", "\r"))


def is_number(text):
    """Whether the text is a number in the way of XML Schema, which a spreadsheet can't run."""
    try:
        return float(text) is not None and text.isascii() and "_" not in text and text.strip() == text
    except ValueError:
        return False


@given(
    st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False))
)
@example(-9)
@example(float("-inf"))
def test_number_is_never_guarded(number):
    assert csv_line([str(number)]) == csv_line([number]) == str(number)


@pytest.mark.parametrize("text", ["-1+2", "+cmd|' /C calc'!A0", "-", "+", "-1-1", "--1", "-1e", "- 1", "-٣"])
def test_what_only_begins_like_a_number_is_guarded(text):
    assert csv_line([text]) == f"'{text}"
