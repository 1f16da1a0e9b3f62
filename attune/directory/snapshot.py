"""The searchable columns in memory, as they are at one generation and have been a little before.

A search is arithmetic over these columns; docs/adr/0002 says why and what it costs. Rows stand in the order of `spin`, so
that equal listings are already in the order of their circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.directory.codes import Codes, read_codes

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Columns: TypeAlias = Mapping[str, NDArray[Any]]

_NARROW = {
    **dict.fromkeys(("in_person", "online", "sliding_scale", "insurance", "free_consultation"), np.int8),
    **dict.fromkeys(("accepting", "completeness"), np.int8),
    **dict.fromkeys(("latitude", "longitude"), np.int32),
    **dict.fromkeys(("listing_no", "from_generation", "to_generation", "fee", "fresh_day"), np.int32),
}


_PORTION = 50_000
_NEWEST = select(func.max(schema.generation.c.number))  # asked at each search: to build it takes longer than to answer it


@dataclass(frozen=True, slots=True)
class Spots:
    """Places of practice from south to north: `row` is a position in the columns, `xyz` points on the unit sphere.

    Places whose coordinates are not known come last, as NaN.
    """

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
    return int(connection.execute(_NEWEST).scalar() or 0)


def read_snapshot(connection: Connection) -> Snapshot:
    """Return everything searchable; about three seconds for a million listings, a few milliseconds for a thousand."""
    number = newest_generation(connection)
    by_name = _columns(connection, schema.facet, schema.FACET_COLUMNS)
    order = np.argsort(by_name["spin"], kind="stable")
    columns = {name: column[order] for name, column in by_name.items() if name != "row"}
    spots = _spots(_columns(connection, schema.spot, ("row", "city_key", "latitude", "longitude")), by_name["row"][order])
    current = bool((columns["to_generation"] == schema.OPEN).all())
    return Snapshot(number, columns, spots, read_codes(connection), current)


def _columns(connection: Connection, table: Table, names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Return columns of `table`, each as narrow as its numbers allow.

    This goes below SQLAlchemy's result, which would make an object of each row, and reads in portions, so that a million rows
    never stand in memory as Python numbers.
    """
    named = {"name": "attune_snapshot"} if connection.dialect.name == "postgresql" else {}  # not all rows at once
    cursor = connection.connection.cursor(**named)
    parts: list[dict[str, NDArray[Any]]] = []
    try:
        cursor.execute(str(select(*(table.c[name] for name in names)).compile(connection)))
        while not parts or len(parts[-1][names[0]]):
            flat = np.fromiter(chain.from_iterable(islice(cursor, _PORTION)), np.int64).reshape(-1, len(names))
            parts.append({name: column.astype(_NARROW.get(name, np.int64)) for name, column in zip(names, flat.T, strict=True)})
    finally:
        cursor.close()
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def _spots(table: Columns, rows: Ints) -> Spots:
    by_row = np.argsort(rows, kind="stable")
    place = np.searchsorted(rows, table["row"], sorter=by_row)
    known = (table["latitude"] != 0) | (table["longitude"] != 0)
    latitude, longitude = np.radians(table["latitude"] / 1e6), np.radians(table["longitude"] / 1e6)
    cosine = np.cos(latitude)
    xyz = np.stack((cosine * np.cos(longitude), cosine * np.sin(longitude), np.sin(latitude)))
    xyz[:, ~known] = np.nan
    north = np.argsort(xyz[2], kind="stable")
    row = by_row[place] if len(rows) else place
    return Spots(row[north], table["city_key"][north], xyz[:, north])
