"""How the command line shows what it does: a line a step, with the time it takes, and one sentence when it fails."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import click
from rich.console import Console

from attune.running import StartError
from attune.settings import SettingsError
from attune.site import SiteError
from attune.talk.script import ScriptError

P = ParamSpec("P")
R = TypeVar("R")

#: Errors whose message is written for the person at the terminal.
TOLD = (StartError, SettingsError, SiteError, ScriptError)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Show `what` with a spinner on a terminal, and how long it took."""
    started = time.monotonic()
    console = Console(highlight=False)
    with console.status(what):
        if not console.is_terminal:
            click.echo(f"{what} ...")
        yield
    console.print(f"{what}: done in {time.monotonic() - started:.0f} s", markup=False)


def failing_clearly(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors that are written for people into one sentence and exit code 1."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except TOLD as error:
            click.echo(f"attune: {error}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("\nattune: stopped", err=True)
            sys.exit(130)

    return wrapper
