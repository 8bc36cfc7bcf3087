"""Whether precision rises with confidence: statements that a gold row takes, by bins of confidence.

    python -m benchmarks.confidence GOLD…

A statement counts as right where a gold row, required or optional, has its pair and type.
"""

import argparse
from collections import defaultdict

from kg.model import Article, Polarity, Status
from kg.parse import Parser
from kg.pipeline import Extraction, extract_statements, load_extractor
from kg.records import record
from kg.score import read_rows, score
from kg.terminal import print_table

__all__ = ["main"]

BINS = (0.0, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    """Prints a line for each bin: its lower end, its statements, those that are right, their share."""
    options = argparse.ArgumentParser(description="Precision by bins of confidence.")
    options.add_argument("gold", nargs="+", help="files of gold rows")
    gold = {
        str(row["id"]): row
        for path in options.parse_args().gold
        for row in read_rows(path, ("id", "lang", "text", "required", "optional"))
    }
    articles = [
        Article(name, row["text"], row["lang"], published=row.get("published")) for name, row in gold.items()
    ]
    verdicts: dict[float, list[bool]] = defaultdict(list)
    for found in extract_statements(articles, load_extractor(), Parser()):
        if not isinstance(found, Extraction):
            continue
        for statement in found.statements:
            if statement.polarity is Polarity.POSITIVE and statement.status is not Status.DENIED:
                right = score([gold[found.article.id]], [record(statement)]).levels["typed"].right
                verdicts[max(each for each in BINS if each <= statement.confidence)].append(right > 0)
    rows = (
        (f"{lowest:.1f}", str(len(found)), str(sum(found)), f"{sum(found) / len(found):.2f}")
        for lowest, found in sorted(verdicts.items())
    )
    print_table(("confidence from", "statements", "right", "share"), rows)


if __name__ == "__main__":
    main()
