"""What the verbs about the directory share: its address, `--json`, and the errors that an operator can repair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from attune.directory import CursorError, Directory, LinkTemplates, QueryError, StoreError, open_directory
from attune.directory.links import LinkError
from attune.directory.load import RefusedError
from attune.directory.problems import BadFileError
from attune.settings import load_settings
from attune.site import Site, SiteError, load_site

EXPECTED = (BadFileError, RefusedError, StoreError, QueryError, CursorError, LinkError, SiteError, OSError)

database = click.option(
    "--database",
    "url",
    help="SQLAlchemy URL; by default the one of the settings.",
    callback=lambda _context, _parameter, value: value or load_settings().directory,
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
Callback = Callable[..., Any]


def operators_site() -> Site:
    """Return what the operator's site.yml says."""
    return load_site(load_settings().site)


@contextmanager
def opened(url: str) -> Iterator[Directory]:
    """Give the directory at `url`, with the links into the operator's site as the bot has them, and close it afterwards."""
    directory = open_directory(url, links=LinkTemplates.from_site(operators_site().directory))
    try:
        yield directory
    finally:
        directory.close()
