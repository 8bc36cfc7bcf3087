"""Two rounds of training blended: the weights of one pipeline moved part of the way to another's.

The second round starts from the first, so that their weights may be averaged; the blend keeps more of what
the treebank taught than the second round alone, and most of what the varied and generated sentences add.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from thinc.api import Model

BLENDED = ("tok2vec", "morphologizer", "parser")
SHARE = 0.5


class BlendError(ValueError):
    """Two models that are not built alike."""


def blend(first: Path, second: Path, output: Path, share: float = SHARE) -> Path:
    """The folder of the first pipeline, its weights moved a `share` of the way to the second's.

    The lemmatizer stays the first's: the two have other edit trees, so that their weights cannot be averaged,
    and over the blended vectors the first does better on text with diacritics (and worse on text without).
    """
    result, goal = spacy.load(first), spacy.load(second)
    for name in BLENDED:
        _move(result.get_pipe(name).model, goal.get_pipe(name).model, share)  # type: ignore[attr-defined]
    result.to_disk(output)
    return output


def _move(result: Model[Any, Any], goal: Model[Any, Any], share: float) -> None:
    for own, other in zip(result.walk(), goal.walk(), strict=True):
        if own.name != other.name:
            raise BlendError(f"{own.name} is not {other.name}")
        for name in own.param_names:
            if own.has_param(name):
                own.set_param(name, (1 - share) * own.get_param(name) + share * other.get_param(name))
