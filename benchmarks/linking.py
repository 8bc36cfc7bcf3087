"""How long linking takes beside the parse: `python -m benchmarks.linking [FOLDER]`.

One run over the articles of a folder (default: seeds/), in this process; prints ratios.
"""

import sys
import time
from pathlib import Path

from kg.actors import load_actors
from kg.actors.finder import finder
from kg.articles import read_articles
from kg.extract.link import link_mentions
from kg.language import resolve_language
from kg.model import Article
from kg.parse import Parser

__all__ = ["main"]


def main(folder: Path) -> None:
    """Prints the seconds of loading the tables, and of linking and parsing with their ratio."""
    start = time.perf_counter()
    actors = load_actors()
    loaded = time.perf_counter()
    for language in actors.languages:
        finder(actors, language)
    built = time.perf_counter()
    print(f"tables loaded in {loaded - start:.3f} s, finders built in {built - loaded:.3f} s")
    parser = Parser()
    articles = [item for item in read_articles([folder]) if isinstance(item, Article)]
    for language in sorted({resolve_language(article.text, article.language) for article in articles}):
        group = [item for item in articles if resolve_language(item.text, item.language) == language]
        link_mentions(group[0], parser.parse(group[0]), actors)  # what is loaded at the first use
        parsing = linking = 0.0
        for article in group:
            start = time.perf_counter()
            doc = parser.parse(article)
            parsed = time.perf_counter()
            links = link_mentions(article, doc, actors)
            parsing += parsed - start
            linking += time.perf_counter() - parsed
            assert links
        print(f"{language}: parse {parsing:.3f} s, link {linking:.3f} s, ratio {linking / parsing:.1%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("seeds"))
