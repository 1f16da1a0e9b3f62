"""The versions of listings in the searchable tables: an import adds new ones and ends old ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, func, select, update
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.directory.codes import Codes
from attune.directory.index import facet_row, spot_rows
from attune.directory.listing import Listing
from attune.directory.rules import Rules

BATCH = 1000


class Versions:
    """Writes the versions of one generation, inside the caller's transaction."""

    def __init__(self, connection: Connection, codes: Codes, rules: Rules, generation: int) -> None:
        """Take the number of the `generation` with which new versions begin and old ones end."""
        self._connection, self._codes, self._rules, self._generation = connection, codes, rules, generation
        self._next = (connection.execute(select(func.max(schema.facet.c.row))).scalar() or 0) + 1

    def add(self, listings: Iterable[tuple[int, Listing]]) -> None:
        """Add a version of each listing, given with its number."""
        facets: list[tuple[int, ...]] = []
        spots: list[tuple[int, ...]] = []
        for row, (no, listing) in enumerate(listings, self._next):
            facets.append((row, no, self._generation, schema.OPEN, *facet_row(listing, self._codes, self._rules)))
            spots += [(row, *spot) for spot in spot_rows(listing)]
        self._next += len(facets)
        insert_rows(self._connection, schema.facet, facets)
        insert_rows(self._connection, schema.spot, spots)

    def end(self, numbers: Sequence[int]) -> None:
        """End the open versions of these listings."""
        table = schema.facet
        for start in range(0, len(numbers), BATCH):
            holds = (table.c.listing_no.in_(numbers[start : start + BATCH]), table.c.to_generation == schema.OPEN)
            self._connection.execute(update(table).where(*holds).values(to_generation=self._generation))


def forget_versions(connection: Connection, before: str) -> None:
    """Delete the versions that had ended in the newest generation made before the moment `before` (ISO 8601, UTC)."""
    made = select(func.max(schema.generation.c.number)).where(schema.generation.c.made_at < before)
    oldest = connection.execute(made).scalar()
    if oldest is None:
        return
    ended = schema.facet.c.to_generation <= oldest
    connection.execute(schema.spot.delete().where(schema.spot.c.row.in_(select(schema.facet.c.row).where(ended))))
    connection.execute(schema.facet.delete().where(ended))


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, each with a value for every column of `table` that must have one, in their order.

    The driver takes them as they are: what SQLAlchemy does to the parameters of each row took a tenth of an import.
    """
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.c if not column.nullable)
    into = f"{quote(table.name)} ({names})"
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(rows[0]))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", list(rows))  # noqa: S608  # only names of our own tables
        return
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    lines.seek(0)
    with connection.connection.cursor() as cursor:  # an empty text is a text: nothing here is NULL
        cursor.copy_expert(f"COPY {into} FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({names}))", lines)
