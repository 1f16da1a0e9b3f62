"""Errors as the log may hold them: what a visitor wrote must stand in no log, and an error's own message may quote it."""

from __future__ import annotations

from traceback import format_tb


def describe(error: BaseException) -> str:
    """Return the kind of an error and the lines of code that led to it, without its message."""
    return f"{type(error).__name__}\n{''.join(format_tb(error.__traceback__))}"
