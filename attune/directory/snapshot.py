"""The searchable columns in memory, as they are at one generation and have been a little before.

A search is arithmetic over these columns; docs/adr/0002 says why and what it costs. Rows stand in the order of `spin`, so
that equal listings are already in the order of their circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from attune.directory import schema
from attune.directory.codes import Codes, read_codes

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Columns: TypeAlias = Mapping[str, NDArray[Any]]

_NARROW = {
    **dict.fromkeys(("in_person", "online", "sliding_scale", "insurance", "free_consultation"), np.int8),
    **dict.fromkeys(("accepting", "completeness"), np.int8),
    **dict.fromkeys(("listing_no", "from_generation", "to_generation", "fee", "fresh_day"), np.int32),
}


@dataclass(frozen=True, slots=True)
class Spots:
    """Places of practice: `row` is a position in the columns, `xyz` points on the unit sphere (NaN when not known)."""

    row: Ints
    city_key: Ints
    xyz: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The directory at `generation`."""

    generation: int
    columns: Columns
    spots: Spots
    codes: Codes
    current: bool  # True when every row belongs to `generation`

    def __len__(self) -> int:
        return len(self.columns["spin"])

    def alive(self, generation: int) -> Flags:
        """Return which rows belonged to the directory at `generation` and take clients or may do so."""
        accepting = self.columns["accepting"] < 3
        if self.current and generation == self.generation:
            return accepting
        began = self.columns["from_generation"] <= generation
        return accepting & began & (self.columns["to_generation"] > generation)


def newest_generation(connection: Connection) -> int:
    """Return the number of the last import that changed something, 0 in an empty directory."""
    return int(connection.execute(select(func.max(schema.generation.c.number))).scalar() or 0)


def read_snapshot(connection: Connection) -> Snapshot:
    """Return everything searchable; about three seconds for a million listings, a few milliseconds for a thousand."""
    number = newest_generation(connection)
    table = _numbers(connection, select(*(schema.facet.c[name] for name in schema.FACET_COLUMNS)), len(schema.FACET_COLUMNS))
    by_name = dict(zip(schema.FACET_COLUMNS, table.T, strict=True))
    order = np.argsort(by_name["spin"], kind="stable")
    columns = {n: column[order].astype(_NARROW.get(n, np.int64)) for n, column in by_name.items() if n != "row"}
    names = ("row", "city_key", "latitude", "longitude")
    spots = _spots(_numbers(connection, select(*(schema.spot.c[name] for name in names)), 4), by_name["row"][order])
    current = bool((columns["to_generation"] == schema.OPEN).all())
    return Snapshot(number, columns, spots, read_codes(connection), current)


def _numbers(connection: Connection, query: Select, width: int) -> Ints:
    """Return the rows of `query` as a table, read as one stream of numbers so that no million tuples stand in memory.

    This goes below SQLAlchemy's result, which would make an object of each of the rows.
    """
    named = {"name": "attune_snapshot"} if connection.dialect.name == "postgresql" else {}  # not all rows at once
    cursor = connection.connection.cursor(**named)
    try:
        cursor.execute(str(query.compile(connection)))
        return np.fromiter(chain.from_iterable(cursor), np.int64).reshape(-1, width)
    finally:
        cursor.close()


def _spots(table: Ints, rows: Ints) -> Spots:
    by_row = np.argsort(rows, kind="stable")
    place = np.searchsorted(rows, table[:, 0], sorter=by_row)
    known = (table[:, 2] != 0) | (table[:, 3] != 0)
    radians = np.radians(table[:, 2:4] / 1e6)
    cosine = np.cos(radians[:, 0])
    xyz = np.stack((cosine * np.cos(radians[:, 1]), cosine * np.sin(radians[:, 1]), np.sin(radians[:, 0])))
    xyz[:, ~known] = np.nan
    return Spots(by_row[place] if len(rows) else place, table[:, 1].copy(), xyz)
