"""The tokenizer cuts words as the treebank does."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from training.tokenizer import mend_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    return mend_tokenizer(spacy.blank("ro"))


@pytest.mark.parametrize(
    "cut",
    [
        "S- a semnat într- o zi .",
        "i- a spus , l- au criticat ; să -l vadă dintr- un loc , n- a venit",
        "nord-coreean Moscova-Phenian ruso-ucrainean incursiunii-surpriză",
        "„ Așa e ” , a spus .",
        "« Nu » S.U.A. și SUA .",
        "km / h și / sau 96 / 22 / CE",
        "10.000 1-0 10,5% 17.06.2025 19:30",
        "George W. Bush Kim Jong-un ( TASS ) .",
        "Dându -i , cerându -le , s- au , care -l , ne- a",
        "ONU -ului F-16 T-72 S-400 .",
    ],
)
def test_words_are_cut_as_in_the_treebank(nlp: Language, cut: str) -> None:
    glued = {"- ": "-", " -": "-", " ,": ",", " ;": ";", " .": ".", "„ ": "„", " ”": "”"}
    text = cut
    for apart, together in {**glued, "« ": "«", " »": "»", "( ": "(", " )": ")", " / ": "/"}.items():
        text = text.replace(apart, together)
    assert [token.text for token in nlp(text)] == cut.split(" ")


def test_the_mended_tokenizer_is_saved_whole(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    text = "și/sau „Da”(Kim Jong-un)"
    assert [t.text for t in spacy.load(tmp_path / "saved")(text)] == [t.text for t in nlp(text)]
