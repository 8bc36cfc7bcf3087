"""Sentences a second of the bare spaCy pipe and of whole extraction, on the same texts, by language.

    python -m benchmarks.extraction [--repeat N] [PATH…]

The pipe is measured twice: as `spacy.load` gives it, and with the library for products of matrices that `kg`
has it use. All run in one process on one core, one after the other, after one text to warm up; loading isn't
counted.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace

import spacy
from spacy.language import Language
from thinc.api import use_ops

from kg.articles import read_articles
from kg.extract.base import Extractor
from kg.language import default_pipeline
from kg.lexicon import languages
from kg.model import Article
from kg.parse import Parser, paragraphs
from kg.pipeline import Extraction, extract_statements, load_extractor

__all__ = ["main", "measure"]


def measure(
    articles: Sequence[Article], language: str, extractor: Extractor
) -> tuple[int, float, float, float]:
    """Sentences in all, and the seconds of the bare pipe, of the quicker pipe and of whole extraction."""
    bare = _time_pipe(articles, spacy.load(default_pipeline(language)))
    with use_ops("numpy", use_blis=False):
        pipeline = spacy.load(default_pipeline(language))
    quicker = _time_pipe(articles, pipeline)
    parser = Parser()
    list(extract_statements(articles[:1], extractor, parser))
    start = time.perf_counter()
    sentences = sum(
        each.sentences
        for each in extract_statements(articles, extractor, parser)
        if isinstance(each, Extraction)
    )
    return sentences, bare, quicker, time.perf_counter() - start


def _time_pipe(articles: Sequence[Article], pipeline: Language) -> float:
    list(pipeline.pipe([articles[0].text]))
    start = time.perf_counter()
    for _ in pipeline.pipe(text for article in articles for text in paragraphs(article.text)):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Prints a line for each language."""
    options = argparse.ArgumentParser(description="Sentences a second, bare pipe and whole extraction.")
    options.add_argument("paths", nargs="*", default=["seeds"], help="articles (default: seeds)")
    options.add_argument(
        "--repeat", type=int, default=20, help="how often each article is read (default: 20)"
    )
    given = options.parse_args()
    extractor = load_extractor()
    read = [article for article in read_articles(given.paths) if isinstance(article, Article)]
    for language in languages():
        articles = [
            replace(article, id=f"{article.id}-{number}")
            for number in range(given.repeat)
            for article in read
            if article.language == language
        ]
        if articles:
            sentences, *times = measure(articles, language, extractor)
            bare, quicker, whole = (sentences / seconds for seconds in times)
            print(
                f"{language}: {sentences} sentences, bare pipe {bare:.0f}/s, with quicker products {quicker:.0f}/s,"
            )
            print(
                f"  whole extraction {whole:.0f}/s, ratios {whole / bare:.2f} and {whole / quicker:.2f} (target 0.80)"
            )


if __name__ == "__main__":
    main()
