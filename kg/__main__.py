"""`python -m kg` is the command `kg`."""

from kg.cli import app

__all__: list[str] = []

if __name__ == "__main__":
    app()
