"""What a build has done with each article: so that it can be broken off, gone on with, and repeated."""

import hashlib
import json
import os
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path, PurePath
from types import TracebackType
from typing import NamedTuple, Self

from kg.articles import Failure, Place, locate, other_ids
from kg.duplicates import ALIKE, Signature, changed_lines, estimate_similarity, sign
from kg.errors import StoreError
from kg.model import Article

__all__ = ["UNCHANGED", "Choice", "Copy", "Manifest", "Unchanged", "Versions"]

FORMAT = 2
TABLES = f"""
    CREATE TABLE IF NOT EXISTS article (
        id TEXT PRIMARY KEY, key TEXT NOT NULL, file TEXT NOT NULL, place TEXT NOT NULL,
        digest BLOB NOT NULL, run INTEGER NOT NULL, unread INTEGER NOT NULL,
        extractor TEXT, original TEXT, language TEXT, minima BLOB, sentences BLOB
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS article_key ON article (key);
    CREATE INDEX IF NOT EXISTS article_file ON article (file);
    CREATE TABLE IF NOT EXISTS band (band INTEGER, article TEXT, PRIMARY KEY (band, article)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS band_article ON band (article);
    PRAGMA user_version = {FORMAT};
"""
BY_KEY = "SELECT id, key, file, place, digest, run, unread, extractor, language FROM article WHERE key = ?"
BY_ID = "SELECT id, key, file, place, digest, run, unread, extractor, language FROM article WHERE id = ?"
BELOW = """
    SELECT id, file FROM article
    WHERE (file = ? OR key = ? OR (file >= ? AND file < ?)) AND run != ?
"""
Versions = Callable[[str], str]


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
    """Stands for an article that is stored as it is, perhaps by what `outdated` says is no more."""

    outdated: bool = False


UNCHANGED = Unchanged()
Choice = Article | Copy | Failure | Unchanged


class _Row(NamedTuple):
    """What is known of an article."""

    id: str
    key: str
    file: str
    place: str
    digest: bytes
    run: int
    unread: int
    extractor: str | None
    language: str | None


class Manifest:
    """The articles of a store by id, in an SQLite file: place, content, extractor, what each is a copy of.

    An article is `unread` from when it is chosen until it is noted, and chosen again by the next build; one
    without extractor has never been stored. What is noted counts from the next `commit` on, which must come
    after the store has taken the articles.

    >>> with Manifest.open(":memory:") as manifest:
    ...     place, article = Place("a.txt", "/news/a.txt"), Article("a", "Rusia a atacat.")
    ...     first = manifest.choose(place, article, lambda language: "rules/0.2.0")
    ...     manifest.note(Article("a", "Rusia a atacat.", "ro"), "rules/0.2.0")
    ...     manifest.commit()
    ...     manifest.begin()
    ...     first, manifest.choose(place, article, lambda language: "rules/0.3.0")
    (Article(id='a', text='Rusia a atacat.', language=None, title=None, publisher=None, published=None, \
url=None), Unchanged(outdated=True))
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
            if found not in (0, FORMAT):
                raise StoreError(
                    f"{path}: a manifest of format {found}, where this version of kg has {FORMAT}; "
                    "build anew from the articles into another folder"
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
            raise StoreError(
                f"{path}: not a manifest of a build: {error}; remove it, and the same build reads all again"
            ) from error
        return manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def begin(self) -> None:
        """Begins a run: ids are taken anew, and what the last one didn't store is no original of copies."""
        [last] = self._execute("SELECT COALESCE(MAX(run), 0) FROM article").fetchone()
        self._run = last + 1
        self._execute("DELETE FROM band WHERE article IN (SELECT id FROM article WHERE unread)")
        self.commit()

    def choose(self, place: str, article: Article, versions: Versions, *, refresh: bool = False) -> Choice:
        """What is to be done with an article: to be read, a copy, unchanged, or a failure.

        `versions` gives that of the extractor by language. An article whose content is as before is
        unchanged; with `refresh`, only if the same version has read it. What is known of its place has its
        id, whatever it was called since; where another place has the id already, an article gets another
        (`kg.articles.other_ids`) or, if the id is its own, is a failure. An id that stood for another content
        in this run is a failure too.
        """
        found = place if isinstance(place, Place) else Place(place, place, f"\n{article.id}", own=True)
        digest = _digest(article)
        id_, row = self._identify(found, article, digest)
        if row is not None:
            told = row.digest == digest
            if not self._is_same(row, found, digest) or (row.run == self._run and not told):
                way_out = "" if row.run == self._run else f"; `kg remove {id_}` takes that one out"
                return Failure(
                    str(place), f"the id {id_!r} is taken by {row.place}; ids must differ{way_out}"
                )
            outdated = not row.unread and row.extractor != versions(row.language or "")
            if told and (row.run == self._run or not (row.unread or (outdated and refresh))):
                self._execute(
                    "UPDATE article SET run = ?, key = ?, file = ?, place = ? WHERE id = ?",
                    (self._run, found.key, found.file, _writable(found), id_),
                )
                return Unchanged(outdated) if row.run != self._run else UNCHANGED
        signature = sign(article.text)
        named = replace(article, id=id_)
        copy = None if signature is None else self._find(named, signature, versions)
        self._write(found, named, digest, signature, copy, row and row.extractor)
        return copy or named

    def note(self, article: Article, extractor: str) -> None:
        """Notes that the extractor has read the article, whose language is known now."""
        self._execute(
            "UPDATE article SET unread = 0, extractor = ?, language = ? WHERE id = ?",
            (extractor, article.language, article.id),
        )

    def put_back(self, *articles: str) -> None:
        """Marks articles as not read, so that the next run tries them again; they keep their ids."""
        for article in articles:
            self._execute("DELETE FROM band WHERE article = ?", (article,))
            self._execute("UPDATE article SET unread = 1 WHERE id = ?", (article,))

    def forget(self, *articles: str) -> None:
        """Takes articles out."""
        for article in articles:
            self._execute("DELETE FROM band WHERE article = ?", (article,))
            self._execute("DELETE FROM article WHERE id = ?", (article,))

    def never_stored(self, articles: Iterable[str]) -> dict[str, str]:
        """Those of the articles that no run has stored so far, each with the place where it was found."""
        rows = self._execute(
            "SELECT id, place FROM article "
            "WHERE extractor IS NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(articles)),),
        )
        return dict(rows)

    def find(self, name: str) -> list[str]:
        """The ids of an article that has this id or else of those of a file, an address or a folder."""
        if self._execute("SELECT 1 FROM article WHERE id = ?", (name,)).fetchone():
            return [name]
        return [id_ for id_, _ in self._below([name, locate(name)])]

    def find_gone(self, given: Iterable[str], apart: Set[str]) -> list[str]:
        """The ids of what was found in the files and folders `given`, and is there no more.

        That is what this run hasn't met though its file was read, or isn't there. What is in one of the files
        and folders `apart`, which couldn't be read whole, stays.
        """
        return [
            id_
            for id_, file in self._below([locate(path) for path in given], self._run)
            if apart.isdisjoint((file, *map(str, PurePath(file).parents)))
            and (not os.path.lexists(file) or self._was_read(file))
        ]

    def _was_read(self, file: str) -> bool:
        row = self._execute("SELECT 1 FROM article WHERE file = ? AND run = ?", (file, self._run)).fetchone()
        return row is not None

    def _below(self, names: Iterable[str], unmet: int = 0) -> list[tuple[str, str]]:
        """The articles found in files, folders or at addresses, with their files, but not of run `unmet`."""
        found: dict[str, str] = {}
        for name in names:
            folder = name.rstrip(os.sep) + os.sep
            after = folder[:-1] + chr(ord(os.sep) + 1)
            rows = self._execute(BELOW, (name, name, folder, after, unmet))
            found.update(rows)
        return sorted(found.items())

    def language(self, article: str) -> str | None:
        """The language in which an article was read."""
        row = self._execute("SELECT language FROM article WHERE id = ?", (article,)).fetchone()
        return row[0] if row else None

    def commit(self) -> None:
        """Makes what was noted last. Raises: StoreError, as all that writes does on a full disk."""
        with self._explained():
            self._connection.commit()

    def _identify(self, place: Place, article: Article, digest: bytes) -> tuple[str, _Row | None]:
        """The id of an article, and what is known of the one that has it."""
        if not place.own:
            known = self._execute(BY_KEY, (place.key,)).fetchone()
            if known:
                return known[0], _Row(*known)
        for id_ in (article.id, *other_ids(article.id, place)):
            known = self._execute(BY_ID, (id_,)).fetchone()
            if known is None or place.own or self._is_same(_Row(*known), place, digest):
                break
        return id_, known and _Row(*known)

    def _is_same(self, row: _Row, place: Place, digest: bytes) -> bool:
        """Whether a place is that of a known article, or where the same was moved to."""
        moved = row.digest == digest and (place.own or row.file == place.file or not _exists(row.file))
        return row.key == place.key or moved

    def _find(self, article: Article, signature: Signature, versions: Versions) -> Copy | None:
        """The article as a copy of the most alike that isn't one itself, if one is alike enough.

        Nothing is a copy of what another version of the extractor has read.
        """
        rows = self._execute(
            "SELECT DISTINCT id, minima, sentences, unread, extractor, language "
            "FROM band JOIN article ON article = id "
            "WHERE band IN (SELECT value FROM json_each(?)) AND original IS NULL AND id != ?",
            (json.dumps(signature.bands), article.id),
        )
        alike = [
            (estimate_similarity(signature.minima, minima), id_, known)
            for id_, minima, known, unread, extractor, language in rows
            if unread or extractor == versions(language)
        ]
        similarity, original, known = max(alike, default=(0.0, "", b""))
        if similarity < ALIKE:
            return None
        changed = changed_lines(article.text, {number for [number] in struct.iter_unpack("<q", known)})
        if sum(end - start for start, end in changed) > len(article.text) / 2:
            return None
        return Copy(article, original, tuple(changed))

    def _write(
        self,
        place: Place,
        article: Article,
        digest: bytes,
        signature: Signature | None,
        copy: Copy | None,
        extractor: str | None,
    ) -> None:
        self.forget(article.id)
        sentences = sorted(signature.sentences) if signature else []
        self._execute(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
            (
                article.id,
                place.key,
                place.file,
                _writable(place),
                digest,
                self._run,
                extractor,
                copy and copy.original,
                article.language,
                signature and signature.minima,
                struct.pack(f"<{len(sentences)}q", *sentences),
            ),
        )
        bands = signature.bands if signature and not copy else ()
        for band in bands:
            self._execute("INSERT OR IGNORE INTO band VALUES (?, ?)", (band, article.id))

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


def _exists(file: str) -> bool:
    return not os.path.isabs(file) or os.path.lexists(file)  # noqa: PTH117


def _writable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()
