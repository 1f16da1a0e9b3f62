"""Puts listings into a directory, all or nothing: what every importer and the sample end in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from sqlalchemy import select
from sqlalchemy.engine import Engine

from attune.directory import schema
from attune.directory.codes import read_codes
from attune.directory.engine import writing
from attune.directory.listing import Listing
from attune.directory.rules import Rules
from attune.directory.versions import BATCH
from attune.directory.writer import SAMPLE, Changes, Writer

__all__ = ["SAMPLE", "RefusedError", "batches", "is_empty", "load"]


class RefusedError(RuntimeError):
    """An import was stopped, and the directory is as it was; the message says why and what to do."""


def load(engine: Engine, rules: Rules, listings: Iterable[Listing], source: str, origin: str, today: date) -> Changes:
    """Make the open listings of `source` exactly `listings`, in one transaction.

    Args:
        source: Name under which these listings are kept together; what it no longer names is closed.
        origin: Where they came from, for the record.

    Returns:
        What changed.
    """
    with writing(engine) as connection:
        writer = Writer(connection, read_codes(connection), rules, source, today)
        for batch in batches(listings):
            writer.write(batch)
        writer.close(writer.vanished())
        writer.finish(origin)
    return writer.changes


def batches(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    """Yield `listings` in lists of `BATCH`."""
    iterator = iter(listings)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def is_empty(engine: Engine) -> bool:
    """Return whether nothing has ever been imported."""
    with engine.connect() as connection:
        return connection.execute(select(schema.listing.c.no).limit(1)).first() is None
