"""Statements as a page to look at: `draw_page` writes it, `render_page` gives its HTML."""

from kg.view.page import draw_page, render_page

__all__ = ["draw_page", "render_page"]
