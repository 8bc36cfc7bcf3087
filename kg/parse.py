"""Article → parsed spaCy Doc. The only place that loads a pipeline.

A pipeline sees one paragraph at a time with single spaces, so that a heading without a full stop
doesn't run into the next sentence. The Doc of the article is put together from its paragraphs: its
text is as long as `Article.text`, and an offset means the same place in both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import chain, islice
from typing import TypeVar

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import NumpyOps, get_current_ops, use_ops

from kg.articles import Failure
from kg.errors import LanguageError, PipelineError
from kg.language import default_pipeline, resolve_language
from kg.model import Article

__all__ = ["Parser", "normalise", "paragraphs", "with_language"]

CEDILLA_TO_COMMA = str.maketrans("şţŞŢ\u2028\u2029", "șțȘȚ\n\n")
NEEDED = frozenset({"token.dep", "token.lemma", "doc.ents"})
Other = TypeVar("Other")
BATCH = 128  # articles handed to a pipeline at once
TOGETHER = 64  # paragraphs that it multiplies at once: more don't stay near the processor
WRAPPED = 120  # characters; a longer line was not broken by an editor at its margin
KEPT: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]
INSIDE, OUTSIDE = 1, 2  # of ENT_IOB
LONGEST = 50_000  # characters of a paragraph parsed at once, for the memory that it takes


class Parser:
    """Parses articles with the pipeline of their language, loaded when first needed.

    `pipelines` names an installed pipeline or a folder for a language, instead of its own.

    >>> doc = Parser().parse(Article("a", "Talks end\\n\\nFrance thanked Italy."))
    >>> [sentence.text.strip() for sentence in doc.sents]
    ['Talks end', 'France thanked Italy.']
    """

    def __init__(self, pipelines: Mapping[str, str] | None = None) -> None:
        given = {resolve_language("", language): name for language, name in (pipelines or {}).items()}
        self._names = given
        self._loaded: dict[str, Language] = {}

    def parse(self, article: Article) -> Doc:
        """The Doc of `article`, empty for a text of white space only.

        Raises: LanguageError where its language has no folder, PipelineError where it can't be parsed.
        """
        [doc] = self._parse_all(resolve_language(article.text, article.language), [article])
        return doc

    def pipe(self, articles: Iterable[Article | Other]) -> Iterator[tuple[Article, Doc] | Failure | Other]:
        """Each article with its language and its Doc, in the order given; whatever else comes is passed on.

        Raises: PipelineError where a language can't be parsed.
        """
        remaining = iter(articles)
        while batch := list(islice(remaining, BATCH)):
            known = [with_language(article) if isinstance(article, Article) else article for article in batch]
            docs: dict[str, Iterator[Doc]] = {}
            for language in {article.language for article in known if isinstance(article, Article)}:
                texts = [item for item in known if isinstance(item, Article) and item.language == language]
                docs[str(language)] = self._parse_all(str(language), texts)
            for item in known:
                yield (item, next(docs[str(item.language)])) if isinstance(item, Article) else item

    def given_pipeline(self, language: str) -> str | None:
        """The pipeline, or the folder of one, that was named instead of a language's own."""
        return self._names.get(language)

    def _parse_all(self, language: str, articles: Sequence[Article]) -> Iterator[Doc]:
        pipeline = self._pipeline(language)
        parts = [paragraphs(article.text) for article in articles]
        docs = pipeline.pipe(chain.from_iterable(parts), batch_size=TOGETHER)
        for article, texts in zip(articles, parts, strict=True):
            yield _join(article.text, list(islice(docs, len(texts))), pipeline.vocab)

    def _pipeline(self, language: str) -> Language:
        if language not in self._loaded:
            name = self._names.get(language) or default_pipeline(language)
            try:
                with _quick_products():
                    pipeline = spacy.load(name)
            except (OSError, ValueError) as error:
                raise PipelineError(
                    f"the pipeline {name!r} for language {language!r} can't be loaded: {error}"
                ) from error
            assigned = chain.from_iterable(
                pipeline.get_pipe_meta(pipe).assigns for pipe in pipeline.pipe_names
            )
            if lacking := NEEDED.difference(assigned):
                raise PipelineError(
                    f"the pipeline {name!r} for language {language!r} lacks {', '.join(sorted(lacking))}; "
                    "it needs a parser, a lemmatizer and a named entity recogniser"
                )
            self._loaded[language] = pipeline
        return self._loaded[language]


def _quick_products() -> AbstractContextManager[object]:
    """A block in which pipelines are loaded that multiply matrices with NumPy's library, not with Blis.

    NumPy's is two to three times as quick and the results are the same. What a user has chosen, a GPU or
    Apple's library, stays.
    """
    chosen = type(get_current_ops()) is not NumpyOps
    return nullcontext() if chosen else use_ops("numpy", use_blis=False)


def normalise(text: str) -> str:
    """`text` as pipelines know it, as long as before: comma-below letters, plain spaces.

    >>> normalise("Preşedintele\\u00a0Franţei")
    'Președintele Franței'
    """
    return re.sub(r"[^\S\n]", " ", text.translate(CEDILLA_TO_COMMA))


def paragraphs(text: str) -> tuple[str, ...]:
    r"""The paragraphs of `text`, normalised, white space collapsed; a very long one in pieces.

    A paragraph ends at a blank line, before an indented line, and at a line end that wasn't needed:
    the next line doesn't go on in lower case, and its first word would have fitted.

    >>> paragraphs("Talks end\nFrance thanked Italy for the help\nthat it gave.\n\nNo reply")
    ('Talks end', 'France thanked Italy for the help that it gave.', 'No reply')
    """
    lines = [line.rstrip() for line in normalise(text).split("\n")]
    width = min(max(map(len, lines)), WRAPPED)
    found: list[str] = []
    start = 0
    for end, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        if _is_last(line, following, width):
            found.extend(_pieces(" ".join(" ".join(lines[start:end]).split())))
            start = end
    return tuple(found)


def _is_last(line: str, following: str, width: int) -> bool:
    if not following or following[0] == " ":
        return True
    fits = len(line) + 1 + len(following.split(" ", 1)[0]) <= width
    return not following[0].islower() and (fits or len(line) > WRAPPED)


def _pieces(paragraph: str) -> Iterator[str]:
    while len(paragraph) > LONGEST:
        cut = paragraph.rfind(". ", 0, LONGEST) + 1 or paragraph.rfind(" ", 0, LONGEST) + 1 or LONGEST
        yield paragraph[:cut].rstrip()
        paragraph = paragraph[cut:].lstrip()
    if paragraph:
        yield paragraph


def with_language(article: Article) -> Article | Failure:
    """The article with its language, detected where it isn't given; a failure where it can't be read."""
    try:
        return replace(article, language=resolve_language(article.text, article.language))
    except LanguageError as error:
        return Failure(article.id, str(error))


def _join(text: str, parts: Sequence[Doc], vocab: Vocab) -> Doc:
    """One Doc over `text`: the tokens of `parts`, and a token for white space beyond one space.

    Such a token depends on the one before it. Only white space differs between `text` and `parts`.
    """
    text = normalise(text)
    words: list[str] = []
    spaces: list[bool] = []
    places: list[int] = []  # of the tokens of all parts
    end = 0

    def add_gap(gap: str) -> None:
        if words and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)

    for word in (vocab.strings[orth] for part in parts for orth in part.to_array("ORTH").tolist()):
        start = text.index(word, end)
        if start > end:
            add_gap(text[end:start])
        end = start + len(word)
        places.append(len(words))
        words.append(word)
        spaces.append(False)
    if not places:
        return Doc(vocab)
    add_gap(text[end:])
    table = _annotations(parts, words, places, vocab)
    return Doc(vocab, words=words, spaces=spaces).from_array(KEPT, table)  # type: ignore[arg-type]


def _annotations(
    parts: Sequence[Doc], words: Sequence[str], places: Sequence[int], vocab: Vocab
) -> NDArray[np.uint64]:
    """What `KEPT` says of each of `words`: as in `parts` of those at `places`; the others are white space."""
    numbers = np.array(places)
    known = np.concatenate([part.to_array(KEPT) for part in parts])
    known[:, 0] = numbers[np.arange(len(known)) + known[:, 0].astype(np.int64)] - numbers
    table = np.zeros((len(words), len(KEPT)), np.uint64)
    table[numbers] = known
    dep, tag, space = map(vocab.strings.add, ("dep", "_SP", "SPACE"))
    for gap in np.setdiff1d(np.arange(len(words)), numbers):
        entity = table[gap + 1, -2:] if gap + 1 < len(words) else (OUTSIDE, 0)
        named = entity if entity[0] == INSIDE else (OUTSIDE, 0)
        head = -1 if gap else 1
        table[gap] = (head % 2**64, dep, tag, space, 0, vocab.strings.add(words[gap]), *named)
    return table
