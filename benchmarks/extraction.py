"""Sentences a second of the bare spaCy pipe and of whole extraction, on the same texts, by language.

    python -m benchmarks.extraction [--repeat N] [PATH…]

Both run in one process, one after the other, after one text to warm up; loading isn't counted.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace

import spacy

from kg.articles import read_articles
from kg.extract.base import Extractor
from kg.language import default_pipeline
from kg.lexicon import languages
from kg.model import Article
from kg.parse import Parser
from kg.pipeline import Extraction, extract_statements, load_extractor

__all__ = ["main", "measure"]


def measure(articles: Sequence[Article], language: str, extractor: Extractor) -> tuple[int, float, float]:
    """Sentences in all, and the seconds of the bare pipe and of whole extraction."""
    pipeline = spacy.load(default_pipeline(language))
    parser = Parser()
    list(pipeline.pipe([articles[0].text]))
    list(extract_statements(articles[:1], extractor, parser))

    start = time.perf_counter()
    for _ in pipeline.pipe(article.text for article in articles):
        pass
    bare = time.perf_counter() - start

    start = time.perf_counter()
    sentences = sum(
        each.sentences
        for each in extract_statements(articles, extractor, parser)
        if isinstance(each, Extraction)
    )
    return sentences, bare, time.perf_counter() - start


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
            sentences, bare, whole = measure(articles, language, extractor)
            speeds = f"bare pipe {sentences / bare:.0f}/s, whole extraction {sentences / whole:.0f}/s"
            print(f"{language}: {sentences} sentences, {speeds}, ratio {bare / whole:.2f}")


if __name__ == "__main__":
    main()
