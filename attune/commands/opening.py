"""What the verbs about the directory share: its address, `--json`, and the errors that an operator can repair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from attune.directory import CursorError, Directory, QueryError, StoreError, open_directory
from attune.directory.load import RefusedError
from attune.directory.problems import BadFileError

EXPECTED = (BadFileError, RefusedError, StoreError, QueryError, CursorError, OSError)

database = click.option(
    "--database", "url", help="SQLAlchemy URL; by default the one of the settings.", callback=lambda _c, _p, v: v or _default()
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
Callback = Callable[..., Any]


def _default() -> str:
    from attune.settings import load_settings  # the only module that reads the environment

    return load_settings().directory


@contextmanager
def opened(url: str) -> Iterator[Directory]:
    """Give the directory at `url` and close it afterwards."""
    directory = open_directory(url)
    try:
        yield directory
    finally:
        directory.close()
