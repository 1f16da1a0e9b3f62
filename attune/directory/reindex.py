"""Makes the searchable tables anew from the listings."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.directory.codes import read_codes
from attune.directory.index import facet_row, spot_rows
from attune.directory.rules import Rules
from attune.directory.stored import read_document

_BATCH = 1000


def reindex(connection: Connection, rules: Rules) -> int:
    """Replace all searchable rows, as a generation of its own, and return how many listings they stand for."""
    table = schema.listing
    rows = connection.execute(select(table.c.no, table.c.document).where(table.c.closed_on.is_(None)).order_by(table.c.no))
    listings = [(no, document) for no, document in rows]
    connection.execute(delete(schema.spot))
    connection.execute(delete(schema.facet))
    if not listings:
        return 0
    number = (connection.execute(select(func.max(schema.generation.c.number))).scalar() or 0) + 1
    made = {"number": number, "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "source": ""}
    counts = {"added": 0, "changed": len(listings), "closed": 0}
    connection.execute(insert(schema.generation), {**made, "origin": "reindex", **counts})
    codes = read_codes(connection)
    for start in range(0, len(listings), _BATCH):
        facets, spots = [], []
        for position, (no, document) in enumerate(listings[start : start + _BATCH], start + 1):
            listing = read_document(document)
            fixed = {"row": position, "listing_no": no, "from_generation": number, "to_generation": schema.OPEN}
            facets.append(fixed | facet_row(listing, codes, rules))
            spots += [{"row": position, **spot} for spot in spot_rows(listing)]
        connection.execute(insert(schema.facet), facets)
        if spots:
            connection.execute(insert(schema.spot), spots)
    codes.store(connection)
    return len(listings)
