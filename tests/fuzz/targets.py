"""What may be given anything at all: run by atheris, guided by what of the code an input reaches.

    python tests/fuzz/targets.py TARGET [options of libFuzzer]

A target returns, whatever the bytes: the errors that it is documented to raise are caught in it, any other
is a finding, with the input that leads to it in the working folder.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg"]):
    from kg import lexicon, score
    from kg.articles import Failure, scan_articles
    from kg.articles.places import SUFFIXES
    from kg.errors import ArticleError, LexiconError
    from kg.model import Article

SHIPPED = lexicon.LANGUAGES / "en"
PARTS = ("language.toml", "cues.toml", "classes.toml", "time.toml", "numbers.toml", "frames/own.toml")


def read_article(folder: Path, suffix: str, content: bytes) -> None:
    path = folder / f"a{suffix}"
    path.write_bytes(content)
    items = [item for _, item in scan_articles([path])]
    assert items
    assert all(isinstance(item, Article | Failure) for item in items)


def load_lexicon(folder: Path, content: bytes) -> None:
    """The first byte says which file of a language's folder the others replace."""
    language = folder / "en"
    (language / "frames").mkdir(parents=True, exist_ok=True)
    chosen = content[0] % len(PARTS) if content else 0
    for part in PARTS:
        shipped = SHIPPED / part
        (language / part).write_bytes(shipped.read_bytes() if shipped.exists() else b"")
    (language / PARTS[chosen]).write_bytes(content[1:])
    lexicon.LANGUAGES = folder
    lexicon._load.cache_clear()
    try:
        lexicon.load_lexicon("en")
    except LexiconError:
        pass


def read_statements(folder: Path, content: bytes) -> None:
    path = folder / "statements.jsonl"
    path.write_bytes(content)
    try:
        score.score([], score.read_rows(path, score.KEYS))
    except ArticleError:
        pass


TARGETS = {f"articles{suffix}": partial(read_article, suffix=suffix) for suffix in ("", *SUFFIXES, ".gz", ".zst")}
TARGETS |= {"lexicon": load_lexicon, "statements": read_statements}


def main() -> None:
    target = TARGETS[sys.argv.pop(1)]
    with tempfile.TemporaryDirectory() as folder:
        atheris.Setup(sys.argv, lambda content: target(Path(folder), content=content))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
