"""The corpus of relations between states, and what reads it."""
