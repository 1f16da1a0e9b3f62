"""Keeps the newest snapshot of a database, read again when an import has changed something."""

from __future__ import annotations

import threading

from sqlalchemy.engine import Connection, Engine

from attune.directory.snapshot import Snapshot, newest_generation, read_snapshot


class Snapshots:
    """The snapshot of one process. One short statement a search tells whether it is still the newest."""

    def __init__(self, engine: Engine) -> None:
        """Take the database; nothing is read before the first search."""
        self._engine = engine
        self._lock = threading.Lock()
        self._held: Snapshot | None = None

    def newest(self, connection: Connection) -> Snapshot:
        """Return the snapshot of the newest generation."""
        number = newest_generation(connection)
        held = self._held
        if held is not None and held.generation == number:
            return held
        with self._lock:
            if self._held is None or self._held.generation != number:
                self._held = read_snapshot(connection)
            return self._held
