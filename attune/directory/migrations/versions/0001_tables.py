"""The first tables: listings, their searchable versions, codes, and full text.

Written out, not taken from `schema`, so that it stays what it was when `schema` moves on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_OPEN = 2**31 - 1
_WIDE = ("spin", "approach", "concern", "language", "client_type", "gender", "licensed", "practice")
_THREE = ("in_person", "online", "sliding_scale", "insurance", "free_consultation")


def _number(name: str, kind: Any = sa.Integer, **options: Any) -> Any:
    return sa.Column(name, kind, nullable=False, **options)


def upgrade() -> None:
    """Make the tables, their indexes, and the full-text index in the database's own way."""
    op.create_table(
        "generation",
        _number("number", primary_key=True, autoincrement=False),
        sa.Column("made_at", sa.String(25), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("origin", sa.String(300), nullable=False),
        *(_number(name) for name in ("added", "changed", "closed")),
    )
    op.create_table(
        "listing",
        _number("no", primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(100), nullable=False, unique=True),
        sa.Column("source", sa.String(100), nullable=False, index=True),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "facet",
        _number("row", primary_key=True, autoincrement=False),
        *(_number(name) for name in ("listing_no", "from_generation", "to_generation")),
        *(_number(name, sa.BigInteger) for name in _WIDE),
        *(_number(name, sa.SmallInteger) for name in _THREE),
        _number("fee"),
        _number("accepting", sa.SmallInteger),
        _number("fresh_day"),
        _number("completeness", sa.SmallInteger),
    )
    op.create_index("ix_facet_listing", "facet", ["listing_no"])
    op.create_index("ix_facet_from", "facet", ["from_generation"])
    ended = sa.text(f"to_generation < {_OPEN}")
    op.create_index("ix_facet_ended", "facet", ["to_generation"], sqlite_where=ended, postgresql_where=ended)
    op.create_table(
        "spot",
        _number("row", index=True),
        _number("city_key", sa.BigInteger),
        _number("latitude"),
        _number("longitude"),
    )
    op.create_table(
        "code",
        sa.Column("topic", sa.String(20), primary_key=True),
        sa.Column("code", sa.String(60), primary_key=True),
        _number("bit", sa.SmallInteger),
    )
    op.create_table("meta", sa.Column("key", sa.String(40), primary_key=True), sa.Column("value", sa.String(200), nullable=False))
    _full_text()


def _full_text() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_listing_words ON listing USING gin (to_tsvector('simple', words))")
        return
    # Whole words and beginnings are all that is asked for, so neither positions nor lengths are kept.
    options = "content='listing', content_rowid='no', detail=none, columnsize=0"
    op.execute(f"CREATE VIRTUAL TABLE listing_words USING fts5(words, {options})")
    gone = "INSERT INTO listing_words(listing_words, rowid, words) VALUES ('delete', old.no, old.words);"
    come = "INSERT INTO listing_words(rowid, words) VALUES (new.no, new.words);"
    op.execute(f"CREATE TRIGGER listing_words_insert AFTER INSERT ON listing BEGIN {come} END")
    op.execute(f"CREATE TRIGGER listing_words_delete AFTER DELETE ON listing BEGIN {gone} END")
    op.execute(f"CREATE TRIGGER listing_words_update AFTER UPDATE OF words ON listing BEGIN {gone} {come} END")


def downgrade() -> None:
    """Take everything away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE listing_words")
    for table in ("meta", "code", "spot", "facet", "listing", "generation"):
        op.drop_table(table)
