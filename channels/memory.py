"""What a connector must not forget when the server restarts: sessions, answered ids, lines to resume, and what taps mean.

One small SQLite file beside the embedded database. A session's rows go when it ends or expires. Lines of the web
are kept, sealed, so that a reload can resume; the messaging platforms keep no text, only ids.
"""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from channels.seals import Seals

KEPT_TURNS = 32
"""Answered ids kept for each session."""
KEPT_LINES = 200
"""Lines kept for each session."""
KEPT_TAPS = 400
"""Button ids kept for each session."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (sid TEXT PRIMARY KEY, seen REAL NOT NULL, seq INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS turns (n INTEGER PRIMARY KEY, sid TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL,
    UNIQUE (sid, id));
CREATE TABLE IF NOT EXISTS lines (sid TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (sid, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS taps (sid TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, meaning TEXT NOT NULL,
    PRIMARY KEY (sid, id)) WITHOUT ROWID;
"""
_TABLES = ("turns", "lines", "taps", "sessions")

Json = dict[str, Any]


class Memory:
    """The SQLite file; every call is one short transaction, well under a millisecond."""

    def __init__(self, path: Path | str, keep_lines: bool = True) -> None:
        self.keep_lines, self._seals = keep_lines, Seals()
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA secure_delete=ON")
        self._db.executescript(_SCHEMA)

    def open(self, sid: str) -> None:
        """Begin a session, or note that it was seen."""
        self._db.execute(
            "INSERT INTO sessions (sid, seen) VALUES (?, ?) ON CONFLICT (sid) DO UPDATE SET seen = excluded.seen",
            (sid, time.time()),
        )

    def unlock(self, sid: str, seal: str) -> None:
        """Take the key of a session's lines, which its token brought."""
        self._seals.unlock(sid, seal)

    def known(self, sid: str) -> bool:
        """Say whether the session exists: not ended, not expired."""
        return self._one("SELECT 1 FROM sessions WHERE sid = ?", sid) is not None

    def forget(self, sid: str) -> None:
        """Erase everything about a session, its key first."""
        self._seals.drop(sid)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                self._db.execute(f"DELETE FROM {table} WHERE sid = ?", (sid,))  # noqa: S608  # our own names
        self._wipe()

    def clear(self, sid: str) -> None:
        """Erase what was said in a session that goes on; its numbers and answered ids stay, so that nothing runs twice."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in ("lines", "taps"):
                self._db.execute(f"DELETE FROM {table} WHERE sid = ?", (sid,))  # noqa: S608  # our own names
        self._wipe()

    def _wipe(self) -> None:
        """Empty the write-ahead log too, in which deleted words would live on for a while."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def expired(self, seconds: float) -> list[str]:
        """Return the sessions that were last seen longer ago than this."""
        rows = self._db.execute("SELECT sid FROM sessions WHERE seen < ?", (time.time() - seconds,))
        return [sid for (sid,) in rows]

    def state(self, sid: str, turn: str) -> str | None:
        """Return how a message stands: None (new), `open` (begun, not finished), `done` or `failed`."""
        row = self._one("SELECT state FROM turns WHERE sid = ? AND id = ?", sid, turn)
        return row and str(row[0])

    def begin(self, sid: str, turn: str) -> None:
        """Note that a message is being answered; what an interrupted try had left is taken back, numbers included."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO turns (sid, id, state) VALUES (?, ?, 'open') ON CONFLICT (sid, id) DO UPDATE SET state = 'open'",
                (sid, turn),
            )
            gone = self._db.execute("DELETE FROM lines WHERE sid = ? AND id = ?", (sid, turn)).rowcount
            if gone:
                self._db.execute(
                    "UPDATE sessions SET seq = (SELECT coalesce(max(seq), 0) FROM lines WHERE sid = ?1) WHERE sid = ?1",
                    (sid,),
                )
            self._db.execute(
                "DELETE FROM turns WHERE sid = ?1 AND n <= (SELECT max(n) FROM turns WHERE sid = ?1) - ?2 "
                "AND n NOT IN (SELECT n FROM turns WHERE sid = ?1 ORDER BY n DESC LIMIT ?2)",
                (sid, KEPT_TURNS),
            )

    def finish(self, sid: str, turn: str, state: str) -> None:
        """Note how the answer ended."""
        self._db.execute("UPDATE turns SET state = ? WHERE sid = ? AND id = ?", (state, sid, turn))

    def next_seq(self, sid: str) -> int:
        """Return the number of the session's next line."""
        row = self._one("SELECT seq FROM sessions WHERE sid = ?", sid)
        return (row[0] if row else 0) + 1

    def add(self, sid: str, turn: str, body: Json, taps: Json) -> None:
        """Keep a line, and what its taps and forms stand for. Nothing is kept of a session that has ended."""
        seq = body["seq"]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if not self._db.execute("UPDATE sessions SET seq = ? WHERE sid = ?", (seq, sid)).rowcount:
                return
            if self.keep_lines:
                sealed = self._seals.close(sid, body)
                self._db.execute("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)", (sid, seq, turn, sealed))
                self._db.execute("DELETE FROM lines WHERE sid = ? AND seq <= ?", (sid, seq - KEPT_LINES))
            self._db.executemany(
                "INSERT OR REPLACE INTO taps VALUES (?, ?, ?, ?)",
                [(sid, key, seq, json.dumps(meaning)) for key, meaning in taps.items()],
            )
            self._db.execute("DELETE FROM taps WHERE sid = ? AND seq <= ?", (sid, seq - KEPT_TAPS))

    def tap(self, sid: str, key: str) -> Any:
        """Return what an issued id stands for, or None."""
        row = self._one("SELECT meaning FROM taps WHERE sid = ? AND id = ?", sid, key)
        return row and json.loads(row[0])

    def lines(self, sid: str, after: int = 0, turn: str | None = None) -> list[Json]:
        """Return the kept lines after a number, or those of one message."""
        rows = self._db.execute(
            "SELECT body FROM lines WHERE sid = ? AND seq > ? AND (?3 IS NULL OR id = ?3) ORDER BY seq",
            (sid, after, turn),
        )
        opened = (self._seals.open(sid, sealed) for (sealed,) in rows)
        return [body for body in opened if body is not None]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _one(self, query: str, *values: object) -> Any:
        return self._db.execute(query, values).fetchone()
