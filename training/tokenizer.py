"""The tokenizer of the pipeline: spaCy's Romanian one, mended to agree with the treebank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.lang.char_classes import ALPHA
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

# A slash stands alone ("și/sau", "96/22/CE"), and so do brackets and quotes without the space they lack.
INFIXES = (
    rf"(?<=[{ALPHA}0-9).])/(?=[{ALPHA}0-9(])",
    rf"(?<=[{ALPHA}0-9.,!?])[)\]”“„»«\"](?=[{ALPHA}0-9.,:;!?])",
    rf"(?<=[{ALPHA}0-9)\]”»\"])[(\[;!?](?=[{ALPHA}0-9„“«\"])",
    rf"(?<=[{ALPHA}]):(?=[„”“«\"])",
    rf"(?<=[)\]”»\"])[.,:](?=[{ALPHA}„”“«\"])",
    rf"(?<=[{ALPHA}]{{2}})[—–](?=[{ALPHA}])",
)
PREFIXES = (r"/", r"așa-(?=num)", r"aşa-(?=num)", r"asa-(?=num)")
SUFFIXES = (r"/", r"-șef", r"-şef", r"-sef", r"-mpotriva")
# Abbreviations that would lose their full stop, and names that would lose their last syllable.
WHOLE = (
    "mil.",
    "mld.",
    "min.",
    "gen.",
    "col.",
    "mr.",
    "lt.-col.",
    "cf.",
    "vs.",
    "S.R.L.",
    "Jr.",
    "St.",
    "Jong-un",
    "Jong-Un",
    "Jong-il",
    "Jong-Il",
    "Yo-jong",
    "Yo-Jong",
)
# What spaCy takes for faces is the end of a parenthesis here.
EMOTICONS = frozenset({"8)", "8-)", "8D", "8-D"})


def make_callback() -> Callable[[Language], Language]:
    """What a training config calls before it initialises a pipeline."""
    return mend_tokenizer


def mend_tokenizer(nlp: Language) -> Language:
    """The pipeline itself, its tokenizer mended; everything added is saved with the pipeline.

    A clitic ("s-", "a-") is cut off before a letter only, so that "S-400" and "A-10" stay whole.
    """
    tokenizer: Any = nlp.tokenizer  # a Cython class, whose types mypy cannot see
    defaults = nlp.Defaults
    clitics = [
        f"{prefix}(?=[{ALPHA}])" if isinstance(prefix, str) and prefix.endswith("-") else prefix
        for prefix in defaults.prefixes or ()
    ]
    tokenizer.prefix_search = compile_prefix_regex([*PREFIXES, *clitics]).search
    tokenizer.suffix_search = compile_suffix_regex([*SUFFIXES, *(defaults.suffixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex([*INFIXES, *(defaults.infixes or ())]).finditer
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if form not in EMOTICONS}
    for form in WHOLE:
        tokenizer.add_special_case(form, [{"ORTH": form}])
    return nlp


registry.callbacks("romanian_tokenizer.v1", func=make_callback)
