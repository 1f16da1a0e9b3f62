"""Writes listings: one transaction, one new generation, nothing at all when nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from attune.directory import schema
from attune.directory.codes import Codes
from attune.directory.index import facet_row, spot_rows, words
from attune.directory.listing import Listing
from attune.directory.rules import Rules

BATCH = 1000
SAMPLE = "sample"  # the source of the fictional listings, which give way to any other
KEEP_VERSIONS = timedelta(hours=36)  # how long a visitor can go on paging through the directory of their first page


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Changes:
    """What an import did, or in a dry run would do, by number of listings."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    reopened: int = 0
    closed: int = 0

    @property
    def any(self) -> bool:
        """Return whether anything is different from before."""
        return bool(self.added or self.changed or self.reopened or self.closed)


def document(listing: Listing) -> str:
    """Return the stored form of a listing: compact JSON, the same bytes for the same listing."""
    return _ENCODER.encode(listing.to_dict())


class Writer:
    """One import under way, inside the caller's transaction."""

    def __init__(self, connection: Connection, codes: Codes, rules: Rules, source: str, today: date) -> None:
        """Start an import of `source`; `today` dates what is closed."""
        self._connection, self._codes, self._rules = connection, codes, rules
        self._source, self._today = source, today
        self._seen: set[int] = set()
        self.changes = Changes()
        number = select(func.max(schema.generation.c.number))
        self.generation = (connection.execute(number).scalar() or 0) + 1
        self._next_no = (connection.execute(select(func.max(schema.listing.c.no))).scalar() or 0) + 1
        self._next_row = (connection.execute(select(func.max(schema.facet.c.row))).scalar() or 0) + 1

    def write(self, batch: list[Listing]) -> list[tuple[Listing, str]]:
        """Add, change or leave alone each listing of `batch` (at most `BATCH`, ids distinct).

        Returns:
            The listings that were not written since another source holds an open one with the same id, and which.
        """
        table = schema.listing
        columns = (table.c.id, table.c.no, table.c.digest, table.c.closed_on, table.c.source)
        known = self._connection.execute(select(*columns).where(table.c.id.in_([item.id for item in batch])))
        old = {row.id: row for row in known}
        added, changed, foreign = [], [], []
        for item in batch:
            text = document(item)
            digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
            was = old.get(item.id)
            if was and not was.closed_on and was.source not in (self._source, SAMPLE):
                foreign.append((item, was.source))
                continue
            values = {"id": item.id, "source": self._source, "digest": digest, "document": text, "words": words(item)}
            if was is None:
                added.append((item, values | {"no": self._take_no(), "closed_on": None}))
            elif was.digest != digest or was.closed_on:
                changed.append((item, values | {"no": was.no}))
                self.changes.reopened += bool(was.closed_on)
            else:
                self.changes.unchanged += 1
            self._seen.add(was.no if was else self._next_no - 1)
        self._store(added, changed)
        return foreign

    def keep(self, ids: Iterable[str]) -> None:
        """Do not close the listings with these ids: the file names them, though it says them wrongly."""
        ids = list(ids)
        for start in range(0, len(ids), BATCH):
            query = select(schema.listing.c.no).where(schema.listing.c.id.in_(ids[start : start + BATCH]))
            self._seen.update(self._connection.execute(query).scalars())

    def vanished(self) -> list[int]:
        """Return the numbers of the open listings of this source that the import has not named."""
        query = select(schema.listing.c.no).where(schema.listing.c.source == self._source, schema.listing.c.closed_on.is_(None))
        return [no for no in self._connection.execute(query).scalars() if no not in self._seen]

    def close(self, numbers: list[int]) -> None:
        """Close these listings: no longer found, not deleted."""
        table = schema.listing
        statement = update(table).where(table.c.no == bindparam("number")).values(closed_on=self._today)
        if numbers:
            self._connection.execute(statement, [{"number": number} for number in numbers])
            self._end_versions(numbers)
        self.changes.closed += len(numbers)

    def finish(self, origin: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Record the generation, if anything changed, and forget versions that nobody can still be paging through."""
        self._codes.store(self._connection)
        if not self.changes.any:
            return
        moment = now()
        values = {"number": self.generation, "made_at": moment.isoformat(timespec="seconds"), "source": self._source}
        counts = {"added": self.changes.added, "changed": self.changes.changed, "closed": self.changes.closed}
        self._connection.execute(insert(schema.generation), {**values, "origin": origin[:300], **counts})
        forget_versions(self._connection, (moment - KEEP_VERSIONS).isoformat(timespec="seconds"))

    def _take_no(self) -> int:
        self._next_no += 1
        return self._next_no - 1

    def _store(self, added: list[tuple[Listing, dict[str, Any]]], changed: list[tuple[Listing, dict[str, Any]]]) -> None:
        if added:
            self._connection.execute(insert(schema.listing), [values for _, values in added])
        if changed:
            self._change([values for _, values in changed])
        facets, spots = [], []
        for item, values in added + changed:
            row = {"row": self._next_row, "listing_no": values["no"], "from_generation": self.generation}
            facets.append(row | {"to_generation": schema.OPEN} | facet_row(item, self._codes, self._rules))
            spots += [{"row": self._next_row, **spot} for spot in spot_rows(item)]
            self._next_row += 1
        if facets:
            self._connection.execute(insert(schema.facet), facets)
        if spots:
            self._connection.execute(insert(schema.spot), spots)
        self.changes.added += len(added)
        self.changes.changed += len(changed)

    def _change(self, rows: list[dict[str, Any]]) -> None:
        table = schema.listing
        named = {name: bindparam(f"new_{name}") for name in ("source", "digest", "document", "words")}
        statement = update(table).where(table.c.no == bindparam("number")).values(closed_on=None, **named)
        values = [{"number": row["no"], **{f"new_{name}": row[name] for name in named}} for row in rows]
        self._connection.execute(statement, values)
        self._end_versions([row["no"] for row in rows])

    def _end_versions(self, numbers: list[int]) -> None:
        table = schema.facet
        for start in range(0, len(numbers), BATCH):
            part = numbers[start : start + BATCH]
            holds = (table.c.listing_no.in_(part), table.c.to_generation == schema.OPEN)
            self._connection.execute(update(table).where(*holds).values(to_generation=self.generation))


def forget_versions(connection: Connection, before: str) -> None:
    """Delete the versions that had ended in the newest generation made before the moment `before` (ISO 8601, UTC)."""
    made = select(func.max(schema.generation.c.number)).where(schema.generation.c.made_at < before)
    oldest = connection.execute(made).scalar()
    if oldest is None:
        return
    ended = schema.facet.c.to_generation <= oldest
    connection.execute(schema.spot.delete().where(schema.spot.c.row.in_(select(schema.facet.c.row).where(ended))))
    connection.execute(schema.facet.delete().where(ended))
