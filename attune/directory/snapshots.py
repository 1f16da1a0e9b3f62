"""Keeps the newest snapshot of a database, read again when an import has changed something."""

from __future__ import annotations

import threading

from sqlalchemy.engine import Connection, Engine

from attune.directory.snapshot import Snapshot, newest_generation, read_snapshot

#: From this many rows on reading takes longer than a visitor should wait: the old snapshot serves until the new one is there.
MANY = 50_000


class Snapshots:
    """The snapshot of one process. One short statement a search tells whether it is still the newest."""

    def __init__(self, engine: Engine) -> None:
        """Take the database; nothing is read before the first search."""
        self._engine = engine
        self._lock = threading.Lock()
        self._held: Snapshot | None = None
        self._reading: threading.Thread | None = None

    def newest(self, connection: Connection, at_least: int = 0) -> Snapshot:
        """Return the snapshot of the newest generation; a large one may be a few seconds old, never below `at_least`."""
        number = newest_generation(connection)
        held = self._held
        if held is not None and held.generation == number:
            return held
        if held is not None and len(held) >= MANY and held.generation >= at_least:
            self._read_aside()
            return held
        with self._lock:
            if self._held is None or self._held.generation != number:
                self._held = read_snapshot(connection)
            return self._held

    def wait(self) -> None:
        """Wait until a snapshot that is being read is there."""
        if (thread := self._reading) is not None:
            thread.join()

    def _read_aside(self) -> None:
        with self._lock:
            if self._reading is not None and self._reading.is_alive():
                return
            self._reading = threading.Thread(target=self._read, name="attune-snapshot", daemon=True)
            self._reading.start()

    def _read(self) -> None:
        with self._engine.connect() as connection:
            snapshot = read_snapshot(connection)
        self._held = snapshot  # one assignment: a search sees the old one or the new one
