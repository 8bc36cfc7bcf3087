"""What makes statements, by name: `rules/0.2.0+3f9c1a2b`, with a digest of all that has a part in it.

The digest covers the code, the data of the language, the tables of actors, the ontology, the overlay, and the
pipeline: name and version of one that is installed, the content of one that is a folder. So two statements
with the same name were made by the same; what a word added to a lexicon changes is known by its name.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from kg.errors import LanguageError, PipelineError
from kg.extract.base import Extractor
from kg.language import default_pipeline
from kg.lexicon import LANGUAGES
from kg.ontology import ontology_path
from kg.overlay import Own, overlay_files

__all__ = ["extractor_version", "find_extractor", "full_version"]

GROUP = "kg.extractors"
PACKAGE = Path(__file__).parent
# Folders of the package that get statements, or show them, and make none.
APART = frozenset(
    {
        "__pycache__",
        "analysis",
        "articles",
        "cli",
        "exports",
        "lang",
        "notebook",
        "serve",
        "sources",
        "store",
        "view",
    }
)
DIGITS = 8


def find_extractor(name: str) -> type[Extractor]:
    """The extractor that an installed package offers under `name` (entry points `kg.extractors`).

    Raises: PipelineError where there is none of that name.
    """
    offered = entry_points(group=GROUP)
    if name not in offered.names:
        known = ", ".join(sorted(offered.names)) or "none; reinstall the package"
        raise PipelineError(f"no extractor {name!r}; there are: {known}")
    extractor: type[Extractor] = offered[name].load()
    return extractor


def extractor_version(name: str, pipelines: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """What gives the version of an extractor for a language; `pipelines` instead of the languages' own.

    No pipeline is loaded. For a language that isn't there any more, the version is without digest.
    Raises: PipelineError as `find_extractor`.
    """
    bare = find_extractor(name).version

    def version_for(language: str) -> str:
        try:
            return full_version(bare, language, (pipelines or {}).get(language))
        except LanguageError:
            return bare

    return version_for


def full_version(bare: str, language: str, pipeline: str | None = None) -> str:
    """The version of an extractor (`rules/0.2.0`) with the digest of what it reads a language with.

    A pipeline that is given makes another version than the language's own, be it the same.
    Raises: LanguageError.
    """
    digest = _digest(language, pipeline, overlay_files("**/*"))
    return f"{bare}+{digest}"


@cache
def _digest(language: str, given: str | None, own: tuple[Own, ...]) -> str:
    """The digest, which is that of the same files on every machine."""
    folder = LANGUAGES / language
    pipeline = given or default_pipeline(language)
    inner = Path(pipeline) if Path(pipeline).is_dir() else None
    parts: list[tuple[str, Path]] = [
        *_files(PACKAGE, APART),
        *_files(folder, {"__pycache__", "pipeline"}),
        ("ontology", ontology_path("state-relations.ttl")),
        *_own_files(language, own),
        *(() if inner is None else _files(inner, {"__pycache__"})),
    ]
    whole = hashlib.sha256(
        repr((language, bool(given), _installed(pipeline) if inner is None else "")).encode()
    )
    for name, path in parts:
        whole.update(f"\n{name}\n".encode(errors="replace"))
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:DIGITS]


def _files(folder: Path, apart: set[str] | frozenset[str]) -> Iterator[tuple[str, Path]]:
    """The files of a folder with their paths in it, in order, without those of the folders `apart`."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - apart)
        for name in sorted(names):
            path = Path(place, name)
            yield path.relative_to(folder).as_posix(), path


def _own_files(language: str, own: tuple[Own, ...]) -> Iterator[tuple[str, Path]]:
    """The files of the overlay that have a part in reading the language."""
    for name, path in ((each.name, each.path) for each in own):
        folder, _, rest = name.partition("/")
        if path.is_file() and (folder != "lang" or rest.startswith(f"{language}/")):
            yield f"overlay/{name}", path


def _installed(pipeline: str) -> str:
    """Name and version of a pipeline that is installed as a package."""
    try:
        return f"{pipeline} {version(pipeline)}"
    except PackageNotFoundError:
        return pipeline
