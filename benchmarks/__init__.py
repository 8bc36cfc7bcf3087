"""Measurements of the library, run by hand."""
