"""Full text: the words by which a listing is found, kept and asked for in each database's own way.

PostgreSQL keeps its index by itself. SQLite's is told by the batch: a trigger would tell it row by row, and it writes out
what it holds after each statement, which took a tenth of an import.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sqlalchemy import column, insert, literal, select, table, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from attune.directory import schema
from attune.directory.listing import Listing
from attune.model.places import fold

_WORD = re.compile(r"[a-z0-9]+")
_INDEX = table("listing_words", column("listing_words"), column("rowid"), column("words"))


def tokens(said: str) -> list[str]:
    """Return the folded words of `said`, each once."""
    return list(dict.fromkeys(_WORD.findall(fold(said))))


def words(listing: Listing) -> str:
    """Return the words by which a listing can be found: name, credentials, other approaches, city, text."""
    parts = [listing.name, *listing.other_approaches, *listing.other_concerns, *listing.credentials]
    parts += [place.city for place in listing.places] + [listing.about]
    return " ".join(tokens(" ".join(parts)))


def learn(connection: Connection, numbers: Collection[int]) -> None:
    """Take the stored words of these listings into the index, which does not know them."""
    if connection.dialect.name == "sqlite" and numbers:
        stored = select(schema.listing.c.no, schema.listing.c.words).where(schema.listing.c.no.in_(numbers))
        connection.execute(insert(_INDEX).from_select(["rowid", "words"], stored))


def forget(connection: Connection, numbers: Collection[int]) -> None:
    """Take the stored words of these listings out of the index, before they change."""
    if connection.dialect.name == "sqlite" and numbers:
        table_ = schema.listing.c
        stored = select(literal("delete"), table_.no, table_.words).where(table_.no.in_(numbers))
        connection.execute(insert(_INDEX).from_select(["listing_words", "rowid", "words"], stored))


def holds(connection: Connection, wanted: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a row of `listing` has every one of the `wanted` tokens, whole or as a beginning."""
    if connection.dialect.name == "sqlite":
        match = text("no IN (SELECT rowid FROM listing_words WHERE listing_words MATCH :words)")
        return match.bindparams(words=" ".join(f'"{token}"*' for token in wanted))
    match = text("to_tsvector('simple', words) @@ to_tsquery('simple', :words)")
    return match.bindparams(words=" & ".join(f"{token}:*" for token in wanted))
