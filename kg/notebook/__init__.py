"""What an analyst calls in a notebook: articles in, statements, frames, graphs and pictures out."""

from kg.notebook.graph import Graph, open_graph
from kg.notebook.html import Page
from kg.notebook.lists import Articles, Statements
from kg.notebook.reading import extract, read

__all__ = ["Articles", "Graph", "Page", "Statements", "extract", "open_graph", "read"]
