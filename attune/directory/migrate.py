"""Brings a database to the newest schema, and its searchable numbers to the newest way of making them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import delete, insert, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from attune.directory import schema
from attune.directory.engine import StoreError, writing
from attune.directory.reindex import reindex
from attune.directory.rules import Rules

HEAD = "0002"
INDEX_VERSION = 1  # raise it when `index` makes other numbers from the same listing
_MIGRATIONS = Path(__file__).with_name("migrations")


def ready(engine: Engine, rules: Rules) -> None:
    """Make or upgrade the tables of `engine` where needed; costs two short statements when nothing is.

    Raises:
        StoreError: When the database cannot be reached, or was made by a newer program.
    """
    try:
        with engine.connect() as connection:
            version, signature = _version(connection), _signature(connection)
        if version == HEAD and signature == _wanted_signature(rules):
            return
        with writing(engine) as connection:
            _upgrade(connection)
            if _signature(connection) != _wanted_signature(rules):
                reindex(connection, rules)
                connection.execute(delete(schema.meta).where(schema.meta.c.key == "index"))
                connection.execute(insert(schema.meta), {"key": "index", "value": _wanted_signature(rules)})
    except DBAPIError as error:
        raise StoreError(f"the directory's database cannot be used: {str(error.orig).strip()}") from error


def _wanted_signature(rules: Rules) -> str:
    text_ = f"{INDEX_VERSION} {rules.seed} {rules.completeness}"
    return hashlib.blake2b(text_.encode(), digest_size=16).hexdigest()


def _has(connection: Connection, table: str) -> bool:
    return bool(connection.dialect.has_table(connection, table))


def _version(connection: Connection) -> str | None:
    if not _has(connection, "alembic_version"):
        return None
    return _one(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _signature(connection: Connection) -> str | None:
    if not _has(connection, "meta"):
        return None
    return _one(connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "index")).scalar())


def _one(value: object) -> str | None:
    return None if value is None else str(value)


def _upgrade(connection: Connection) -> None:
    if _version(connection) == HEAD:  # another process was faster
        return
    from alembic import command  # a tenth of a second that only a first start needs
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(f"the directory's tables are of another version of Attune ({error}); upgrade Attune") from error
