"""The model card that lies beside the trained pipeline."""

from __future__ import annotations

from collections.abc import Mapping

from training.evaluation import Figures, write_table
from training.pipeline import VERSION

CARD = """# Romanian pipeline, version {version}

A spaCy 3.8 pipeline for Romanian news: parts of speech and features (`morphologizer`), lemmas
(`trainable_lemmatizer`), Universal Dependencies and sentences (`parser`), named entities (`ner`).
`spacy.load` needs no further code. Text must use comma-below ș and ț, not the cedilla letters.

## Labels

- Relations as in UD Romanian RRT: relative clauses are `acl`, passive agents `obl:agent`, objects that a
  preposition marks and the verb governs `obl:pmod`, reporting verbs after a quotation `parataxis`.
- Entities, merged from RONEC: PERSON, ORG, GPE, LOC, NAT_REL_POL, EVENT, FACILITY, DATETIME (with
  PERIOD), NUMERIC (with MONEY, QUANTITY, ORDINAL). PRODUCT, WORK_OF_ART and LANGUAGE are left out, and so
  are PERSON spans written wholly in lower case, which RONEC gives to common nouns and pronouns.

## Figures

Per cent, from raw text with the pipeline's own tokenizer, in documents of ten sentences; `dev` chose the
models, `test` is the official test of UD Romanian RRT and of RONEC 2. Punctuation does not count in UAS and
LAS.

{table}

About {words:,} words per second on one core.

## Data and licence

| data | licence |
| --- | --- |
| UD Romanian RRT (earlier releases, brought to UD 2; further sentences with tags only) | CC BY-SA 4.0 |
| UD Romanian SiMoNERo (its dev and test) | CC BY-SA 4.0 |
| RONEC 1 and 2 (entities; RONEC 1's sentences also with trees made by NLP-Cube) | MIT |
| sentences of a small grammar, and names swapped in, written for this project (`training/`) | the project's |

The tagger and parser are two rounds of training blended, the second one on varied and generated text. The
weights are offered under [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/). A share
({stripped:.0%}) of the second round's documents has no diacritics.

## Training it again

    python -m training train CORPORA --out kg/lang/ro/pipeline
    python -m training evaluate kg/lang/ro/pipeline CORPORA

from the repository's root; seeds are fixed. CORPORA holds `train-gold`, `train-silver`, `train-tags`,
`dev` and `test` as `.conllu`, and `ner-train-v1`, `ner-train-v2`, `ner-dev` and `ner-test` as `.jsonl`
(a line: `tokens`, `space_after`, `ner_tags`).

More gold data should help most. Where the full releases can be downloaded, put UD Romanian RRT's official
train split in the place of `train-gold.conllu` (`train-silver` and `train-tags` may then be empty files) and
RONEC 2's official train split in that of `ner-train-v2.jsonl`, with `ner-train-v1.jsonl` empty.

## Weaknesses

- A subject after its verb without a quotation or an adverbial before it is still read as an object at times,
  and a relative or adverbial clause attached too high.
- A bare plural after a dative may be read as its adjective ("a livrat Iranului rachete").
- Bare surnames waver between PERSON and GPE; ORG, LOC, EVENT and FACILITY are weak.
- The entity corpora are short of present-day names; a gazetteer should come first where one exists.
- A header line without a full stop may run into the first sentence: strip it.
- Text without diacritics is read, at a loss: on `dev` LAS 72.7, UPOS 91.6, lemma 74.1.
- The entity recogniser reads the tags and lemmas that come before it: do not disable `tok2vec`,
  `morphologizer` or `trainable_lemmatizer` and keep `ner`.
"""


def write_card(figures: Mapping[str, Figures], stripped: float) -> str:
    """The card as Markdown."""
    words = max(split.words_per_second for split in figures.values())
    rounded = int(words // 100 * 100)
    return CARD.format(version=VERSION, table=write_table(figures), words=rounded, stripped=stripped)
