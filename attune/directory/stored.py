"""Reads listings as they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.directory.fulltext import holds, tokens
from attune.directory.listing import Listing
from attune.model.places import fold

_OPEN = schema.listing.c.closed_on.is_(None)
_BY_NUMBER = select(schema.listing.c.no, schema.listing.c.document).where(
    schema.listing.c.no.in_(bindparam("numbers", expanding=True)), _OPEN
)
_MOST_WORDS = 10
_MOST_FOUND = 200


def listings_by_number(connection: Connection, numbers: Sequence[int]) -> dict[int, Listing]:
    """Return the open listings with these internal numbers; one statement, however many."""
    rows = connection.execute(_BY_NUMBER, {"numbers": list(numbers)}) if numbers else ()
    return {no: read_document(document) for no, document in rows}


def listings_by_id(connection: Connection, ids: Sequence[str]) -> list[Listing]:
    """Return the open listings with these ids in their order; one statement."""
    query = select(schema.listing.c.id, schema.listing.c.document).where(schema.listing.c.id.in_(ids), _OPEN)
    found = {row.id: row.document for row in connection.execute(query)} if ids else {}
    return [read_document(found[key]) for key in ids if key in found]


def all_listings(connection: Connection, source: str | None = None) -> Iterator[Listing]:
    """Yield every open listing, of one source or of all, by id; read as a stream."""
    query = select(schema.listing.c.document).where(_OPEN).order_by(schema.listing.c.id)
    if source is not None:
        query = query.where(schema.listing.c.source == source)
    rows = connection.execution_options(yield_per=1000).execute(query)
    return (read_document(document) for (document,) in rows)


def read_document(document: str) -> Listing:
    """Return the listing of a stored document."""
    return Listing.from_dict(json.loads(document))


def find_words(connection: Connection, wanted: str, limit: int) -> list[Listing]:
    """Return open listings that have every word of `wanted`, whole or as a beginning; those named so come first."""
    asked = tokens(wanted)[:_MOST_WORDS]
    if not asked:
        return []
    query = select(schema.listing.c.id, schema.listing.c.document).where(_OPEN, holds(connection, asked))
    rows = connection.execute(query.limit(_MOST_FOUND).order_by(schema.listing.c.id))
    found = [read_document(document) for _, document in rows]
    return sorted(found, key=lambda listing: (not _named(listing, asked), fold(listing.name), listing.id))[:limit]


def _named(listing: Listing, asked: list[str]) -> bool:
    name = tokens(listing.name)
    return all(any(word.startswith(token) for word in name) for token in asked)
