"""Sentences a second of the bare spaCy pipe and of whole extraction, on the same texts, by language.

    python -m benchmarks.extraction [--repeat N] [PATH…]

The pipe is measured twice: as `spacy.load` gives it, and with the library for products of matrices that `kg`
has it use, in the same batches as there. All run in one process, on one core with OPENBLAS_NUM_THREADS=1 (as
in `make bench`), after a turn to warm up; loading isn't counted.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence

import spacy
from thinc.api import use_ops

from kg.articles import read_articles
from kg.language import default_pipeline
from kg.lexicon import languages
from kg.model import Article
from kg.parse import TOGETHER, Parser, paragraphs
from kg.pipeline import Extraction, extract_statements, load_extractor

__all__ = ["main", "measure"]


def measure(articles: Sequence[Article], repeat: int) -> tuple[int, list[float]]:
    """Sentences in all, and the seconds of the bare pipe, of the quicker pipe and of whole extraction.

    They take turns, so that what else the machine does strikes all three.
    """
    name = default_pipeline(str(articles[0].language))
    bare = spacy.load(name)
    with use_ops("numpy", use_blis=False):
        quicker = spacy.load(name)
    parser, extractor = Parser(), load_extractor()
    texts = [text for article in articles for text in paragraphs(article.text)]
    turns: tuple[Callable[[], Iterable[object]], ...] = (
        lambda: bare.pipe(texts, batch_size=TOGETHER),
        lambda: quicker.pipe(texts, batch_size=TOGETHER),
        lambda: extract_statements(articles, extractor, parser),
    )
    times = [0.0] * len(turns)
    sentences = 0
    for turn in turns:
        list(turn())
    for _ in range(repeat):
        for place, turn in enumerate(turns):
            start = time.perf_counter()
            found = list(turn())
            times[place] += time.perf_counter() - start
        sentences += sum(each.sentences for each in found if isinstance(each, Extraction))
    return sentences, times


def main() -> None:
    """Prints a line for each language."""
    options = argparse.ArgumentParser(description="Sentences a second, bare pipe and whole extraction.")
    options.add_argument("paths", nargs="*", default=["seeds"], help="articles (default: seeds)")
    options.add_argument(
        "--repeat", type=int, default=20, help="how often each article is read (default: 20)"
    )
    given = options.parse_args()
    read = [article for article in read_articles(given.paths) if isinstance(article, Article)]
    for language in languages():
        articles = [article for article in read if article.language == language]
        if not articles:
            continue
        sentences, times = measure(articles, given.repeat)
        bare, quicker, whole = (sentences / seconds for seconds in times)
        print(f"{language}: {sentences} sentences, bare pipe {bare:.0f}/s, quicker one {quicker:.0f}/s,")
        print(f"  all of kg {whole:.0f}/s, ratios {whole / bare:.2f}, {whole / quicker:.2f} (target 0.80)")


if __name__ == "__main__":
    main()
