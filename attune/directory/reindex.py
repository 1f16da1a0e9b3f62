"""Makes the searchable tables anew from the listings."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.directory.codes import read_codes
from attune.directory.rules import Rules
from attune.directory.stored import read_document
from attune.directory.versions import BATCH, Versions


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
    versions = Versions(connection, codes, rules, number)
    for start in range(0, len(listings), BATCH):
        versions.add((no, read_document(document)) for no, document in listings[start : start + BATCH])
    codes.store(connection)
    return len(listings)
