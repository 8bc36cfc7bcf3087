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
    """The folder of the second pipeline, its weights a `share` of its own and the rest of the first's."""
    origin, result = spacy.load(first), spacy.load(second)
    for name in BLENDED:
        _move(origin.get_pipe(name).model, result.get_pipe(name).model, share)  # type: ignore[attr-defined]
    result.to_disk(output)
    return output


def _move(origin: Model[Any, Any], result: Model[Any, Any], share: float) -> None:
    for old, new in zip(origin.walk(), result.walk(), strict=True):
        if old.name != new.name:
            raise BlendError(f"{old.name} is not {new.name}")
        for name in new.param_names:
            if new.has_param(name):
                new.set_param(name, (1 - share) * old.get_param(name) + share * new.get_param(name))
