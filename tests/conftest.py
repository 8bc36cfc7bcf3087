"""What all tests share: a parser, so that a pipeline is loaded once, the command `kg`, and a browser."""

import signal

import pytest
from browser import chromium  # noqa: F401  (a fixture)
from hypothesis import settings
from typer.testing import CliRunner

from kg.cli import app
from kg.parse import Parser

# A script's background jobs ignore SIGINT, and so would all that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def parser():
    return Parser()


@pytest.fixture(scope="session")
def kg():
    """Runs `kg` with these arguments; the result has `exit_code`, `stdout` and `stderr`."""
    runner = CliRunner()

    def run(*args, stdin=None):
        return runner.invoke(app, [str(arg) for arg in args], input=stdin, catch_exceptions=False)

    return run
