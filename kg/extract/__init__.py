"""The parts of the extractor by rules. Called, `kg.extract(articles)` is `kg.notebook.reading.extract`."""

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """This package, which has the name of what it does for those who only call it."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        from kg.notebook.reading import extract  # noqa: PLC0415  (spaCy takes a second to import)

        return extract(*args, **options)


sys.modules[__name__].__class__ = _Callable
