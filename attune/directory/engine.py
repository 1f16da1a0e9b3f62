"""Connections: SQLite tuned so that reads never wait for an import, PostgreSQL as it is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 10
_LOCK = 4_115_520_260  # any number, as long as it is Attune's own


class StoreError(RuntimeError):
    """The database cannot be used; the message says why and what to do."""


def make_engine(url: str) -> Engine:
    """Return an engine for `url`, for example `sqlite:///var/directory.sqlite` or `postgresql://user@host/attune`.

    Raises:
        StoreError: When the URL is neither of SQLite nor of PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(f"directory URL {url!r} is not one; write sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return create_engine(parsed, future=True, pool_pre_ping=True)
    if backend != "sqlite":
        raise StoreError(f"directory URL: {backend} is not supported; use sqlite:///FILE or postgresql://...")
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        pool = {"poolclass": QueuePool}
    else:
        pool = {}
    engine = create_engine(parsed, future=True, connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS}, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # pysqlite's own BEGIN comes too late for a consistent read
    cursor = connection.cursor()
    _keep_a_log(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _keep_a_log(cursor: Any) -> None:
    """Switch to a write-ahead log: readers keep the state before the import until it commits.

    SQLite does not wait for a lock here, so of processes that start at once on a new file, the later ones ask again.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Any) -> None:
    immediate = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction of its own that no other writer shares; committed at the end, or nothing.

    Raises:
        StoreError: When another import holds the directory for longer than a few seconds.
    """
    with engine.connect().execution_options(writes=True) as connection:
        try:
            transaction = connection.begin()
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        except OperationalError as error:
            raise StoreError("another import is writing to this directory; wait until it is done") from error
        with transaction:
            yield connection
