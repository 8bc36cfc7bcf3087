"""The command `kg`: parses, calls the library, prints. Only here errors become exit codes."""

from kg.cli import extraction, graphs, reference, serving
from kg.cli.base import app

__all__ = ["app", "extraction", "graphs", "reference", "serving"]
