"""What a build has done with each article: so that it can be broken off, gone on with, and repeated."""

import hashlib
import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.articles import Failure
from kg.duplicates import ALIKE, Signature, changed_lines, estimate_similarity, sign
from kg.errors import StoreError
from kg.model import Article

__all__ = ["UNCHANGED", "Choice", "Copy", "Manifest", "Unchanged"]

FORMAT = 1
TABLES = f"""
    CREATE TABLE IF NOT EXISTS article (
        id TEXT PRIMARY KEY, digest BLOB NOT NULL, run INTEGER NOT NULL, place TEXT NOT NULL,
        extractor TEXT, original TEXT, language TEXT, minima BLOB, sentences BLOB
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS band (band INTEGER, article TEXT, PRIMARY KEY (band, article)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS band_article ON band (article);
    PRAGMA user_version = {FORMAT};
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article whose text is nearly that of another, the `original`, read before.

    `changed` are the intervals of the text, whole lines, that say something else.
    """

    article: Article
    original: str
    changed: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Stands for an article that is stored as it is."""


UNCHANGED = Unchanged()
Choice = Article | Copy | Failure | Unchanged


class Manifest:
    """The articles of a store by id, in an SQLite file: content, extractor, and what each is a copy of.

    A row without extractor is of an article that is being read; the next build forgets it. What is noted
    counts from the next `commit` on, which must come after the store has taken the articles.

    >>> with Manifest.open(":memory:") as manifest:
    ...     first = manifest.choose("a.txt", Article("a", "Rusia a atacat."), "rules/0.1.0")
    ...     manifest.note(Article("a", "Rusia a atacat.", "ro"), "rules/0.1.0")
    ...     manifest.commit()
    ...     manifest.begin()
    ...     first, manifest.choose("a.txt", Article("a", "Rusia a atacat."), "rules/0.1.0")
    (Article(id='a', text='Rusia a atacat.', language=None, title=None, publisher=None, published=None, \
url=None), Unchanged())
    """

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection = connection
        self._path = path
        self._run = 0

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The manifest in the file, made where there is none, for one build at a time.

        Raises: StoreError where another build has it, and for a file of something else.
        """
        connection = sqlite3.connect(path, timeout=0, isolation_level="IMMEDIATE")
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            [found] = connection.execute("PRAGMA user_version").fetchone()
            if found > FORMAT:
                raise StoreError(
                    f"{path}: a manifest of format {found}; update kg, which reads up to {FORMAT}"
                )
            connection.executescript(TABLES)
            manifest = cls(connection, str(path))
            manifest.begin()
        except sqlite3.OperationalError as error:
            connection.close()
            if "locked" in str(error):
                raise StoreError(f"{path}: another build is writing here") from error
            raise StoreError(f"{path}: can't be written to: {error}") from error
        except sqlite3.DatabaseError as error:
            connection.close()
            raise StoreError(f"{path}: not a manifest of a build: {error}") from error
        return manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def begin(self) -> None:
        """Begins a run: forgets what the last one didn't come to store, and takes ids anew."""
        [last] = self._execute("SELECT COALESCE(MAX(run), 0) FROM article").fetchone()
        self._run = last + 1
        self._forget("SELECT id FROM article WHERE extractor IS NULL", ())
        self.commit()

    def choose(self, place: str, article: Article, extractor: str, *, refresh: bool = False) -> Choice:
        """What is to be done with an article: to be read, a copy, unchanged, or a failure.

        An article whose content is as before is unchanged; with `refresh`, only if the same `extractor` has
        read it. An id that stood for another content in this run is a failure.
        """
        digest = _digest(article)
        row = self._execute(
            "SELECT digest, run, place, extractor FROM article WHERE id = ?", (article.id,)
        ).fetchone()
        if row is not None:
            known, run, where, read_by = row
            if run == self._run and known != digest:
                return Failure(place, f"the id {article.id!r} is taken by {where}; ids must differ")
            if known == digest and (run == self._run or read_by == extractor or not refresh):
                self._execute("UPDATE article SET run = ? WHERE id = ?", (self._run, article.id))
                return UNCHANGED
        signature = sign(article.text)
        found = None if signature is None else self._find(article, signature)
        self._write(place, article, digest, signature, found)
        return found or article

    def note(self, article: Article, extractor: str) -> None:
        """Notes that the extractor has read the article, whose language is known now."""
        self._execute(
            "UPDATE article SET extractor = ?, language = ? WHERE id = ?",
            (extractor, article.language, article.id),
        )

    def forget(self, article: str) -> None:
        """Takes out an article that gave nothing, so that the next run tries it again."""
        self._forget("SELECT ?", (article,))

    def language(self, article: str) -> str | None:
        """The language in which an article was read."""
        row = self._execute("SELECT language FROM article WHERE id = ?", (article,)).fetchone()
        return row[0] if row else None

    def commit(self) -> None:
        """Makes what was noted last. Raises: StoreError, as all that writes does on a full disk."""
        with self._explained():
            self._connection.commit()

    def _find(self, article: Article, signature: Signature) -> Copy | None:
        """The article as a copy of the most alike that isn't one itself, if one is alike enough."""
        rows = self._execute(
            "SELECT DISTINCT id, minima, sentences FROM band JOIN article ON article = id "
            "WHERE band IN (SELECT value FROM json_each(?)) AND original IS NULL AND id != ?",
            (json.dumps(signature.bands), article.id),
        )
        alike = [(estimate_similarity(signature.minima, minima), id_, known) for id_, minima, known in rows]
        similarity, original, known = max(alike, default=(0.0, "", b""))
        if similarity < ALIKE:
            return None
        changed = changed_lines(article.text, {number for [number] in struct.iter_unpack("<q", known)})
        if sum(end - start for start, end in changed) > len(article.text) / 2:
            return None
        return Copy(article, original, tuple(changed))

    def _write(
        self, place: str, article: Article, digest: bytes, signature: Signature | None, copy: Copy | None
    ) -> None:
        self.forget(article.id)
        sentences = sorted(signature.sentences) if signature else []
        self._execute(
            "INSERT INTO article VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?)",
            (
                article.id,
                digest,
                self._run,
                place,
                copy and copy.original,
                article.language,
                signature and signature.minima,
                struct.pack(f"<{len(sentences)}q", *sentences),
            ),
        )
        bands = signature.bands if signature and not copy else ()
        for band in bands:
            self._execute("INSERT OR IGNORE INTO band VALUES (?, ?)", (band, article.id))

    def _forget(self, ids: str, given: Iterable[str]) -> None:
        for [id_] in self._execute(ids, tuple(given)).fetchall():
            self._execute("DELETE FROM band WHERE article = ?", (id_,))
            self._execute("DELETE FROM article WHERE id = ?", (id_,))

    def _execute(self, sql: str, given: Sequence[object] = ()) -> sqlite3.Cursor:
        with self._explained():
            return self._connection.execute(sql, given)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self._path}: can't be written to: {error}") from error


def _digest(article: Article) -> bytes:
    return hashlib.sha256(repr(astuple(article)).encode("utf-8", "surrogatepass")).digest()
