"""The tables of the directory. Alembic's migrations (attune/directory/migrations) make them; a test keeps the two equal.

`listing` holds what is shown, one row a therapist. `facet` and `spot` hold what is searched, one row a *version* of
a therapist: an import ends old versions and adds new ones, so that somebody who is paging keeps seeing the directory
as it was on their first page.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, SmallInteger, String, Table, Text

OPEN = 2**31 - 1  # `to_generation` of a version that still holds

metadata = MetaData()

generation = Table(
    "generation",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", String(25), nullable=False),
    Column("source", String(100), nullable=False),
    Column("origin", String(300), nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
)

listing = Table(
    "listing",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("id", String(100), nullable=False, unique=True),
    Column("source", String(100), nullable=False, index=True),
    Column("digest", String(32), nullable=False),
    Column("closed_on", Date),
    Column("document", Text, nullable=False),
    Column("words", Text, nullable=False),
)

#: Columns of `facet` in the order in which `snapshot` reads them. Sets of codes are bit masks (table `code`);
#: yes, no and not known are 1, 0 and -1; money is in cents, -1 for not known; days are ordinals, 0 for not known.
FACET_COLUMNS = (
    *("row", "listing_no", "from_generation", "to_generation", "spin"),
    *("approach", "concern", "language", "client_type", "gender", "licensed", "practice"),
    *("in_person", "online", "sliding_scale", "insurance", "free_consultation"),
    *("fee", "accepting", "fresh_day", "completeness"),
)
_WIDE = {"spin", "approach", "concern", "language", "client_type", "gender", "licensed", "practice"}
_SMALL = {"in_person", "online", "sliding_scale", "insurance", "free_consultation", "accepting", "completeness"}


def _facet_column(name: str) -> Column[int]:
    kind = BigInteger if name in _WIDE else SmallInteger if name in _SMALL else Integer
    return Column(name, kind, primary_key=name == "row", autoincrement=False, nullable=False)


facet = Table("facet", metadata, *map(_facet_column, FACET_COLUMNS))
Index("ix_facet_listing", facet.c.listing_no)
Index(
    "ix_facet_ended",
    facet.c.to_generation,
    sqlite_where=facet.c.to_generation < OPEN,
    postgresql_where=facet.c.to_generation < OPEN,
)

#: A place of practice of one version: coordinates in millionths of a degree (0, 0 when not known).
spot = Table(
    "spot",
    metadata,
    Column("row", Integer, nullable=False, index=True),
    Column("city_key", BigInteger, nullable=False),
    Column("latitude", Integer, nullable=False),
    Column("longitude", Integer, nullable=False),
)

#: Which bit stands for which code; only ever added to, so that a longer vocabulary keeps old masks true.
code = Table(
    "code",
    metadata,
    Column("topic", String(20), primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("bit", SmallInteger, nullable=False),
)

#: What the stored masks and numbers were made with; when it differs from the program's, they are made anew.
meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", String(200), nullable=False))
