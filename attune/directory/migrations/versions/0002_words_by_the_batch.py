"""The importer tells SQLite's full text by the batch, not a trigger row by row; an index that no statement used goes."""

from alembic import op

revision = "0002"
down_revision = "0001"

_GONE = "INSERT INTO listing_words(listing_words, rowid, words) VALUES ('delete', old.no, old.words);"
_COME = "INSERT INTO listing_words(rowid, words) VALUES (new.no, new.words);"
_TRIGGERS = {"insert": ("INSERT", _COME), "delete": ("DELETE", _GONE), "update": ("UPDATE OF words", f"{_GONE} {_COME}")}


def upgrade() -> None:
    """Drop the triggers and the index."""
    op.drop_index("ix_facet_from", "facet")
    if op.get_bind().dialect.name == "sqlite":
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER listing_words_{name}")


def downgrade() -> None:
    """Make them again."""
    op.create_index("ix_facet_from", "facet", ["from_generation"])
    if op.get_bind().dialect.name == "sqlite":
        for name, (when, what) in _TRIGGERS.items():
            op.execute(f"CREATE TRIGGER listing_words_{name} AFTER {when} ON listing BEGIN {what} END")
