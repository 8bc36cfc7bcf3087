"""The real command, run in this process."""

import pytest
from typer.testing import CliRunner

from kg.cli import app


@pytest.fixture(scope="session")
def kg():
    """Runs `kg` with these arguments; the result has `exit_code`, `stdout` and `stderr`."""
    runner = CliRunner()

    def run(*args, stdin=None):
        return runner.invoke(app, [str(arg) for arg in args], input=stdin, catch_exceptions=False)

    return run
