"""Files, folders, addresses and standard input → articles, and the reasons for those that can't be read.

| suffix | what it holds |
| --- | --- |
| `.txt` | one article, after header lines (`kg.articles.text`) |
| `.jsonl`, `.ndjson` | one a line: `{"id": …, "text": …}`, perhaps with `FIELDS` |
| `.csv`, `.parquet` | one a row, in columns of the same names |
| `.html`, `.htm`, `.xhtml` | one, taken out of the page (`kg.articles.pages`) |
| `.rss`, `.atom`, `.xml` | those of an RSS or Atom feed (`kg.articles.feeds`) |

Each may be compressed with gzip or Zstandard. What has another suffix, or none, is known by how it starts.
FIELDS are `lang`, `title`, `published`, `publisher` and `url`; further keys are ignored.

The limits are in `kg.articles.streams`, those of what is fetched in `kg.articles.fetching`.

The encoding is that of a byte order mark, else the declared one, else UTF-8, else a guess; the logger
`kg.articles` warns of what was guessed or wasn't UTF-8, once for each file.
"""

from kg.articles.fields import Failure
from kg.articles.identity import Place, other_ids
from kg.articles.places import find_root, locate
from kg.articles.reading import count_articles, read_articles, scan_articles
from kg.articles.text import parse_text

__all__ = [
    "Failure",
    "Place",
    "count_articles",
    "find_root",
    "locate",
    "other_ids",
    "parse_text",
    "read_articles",
    "scan_articles",
]
