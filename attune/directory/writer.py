"""Writes listings: one transaction, one new generation, nothing at all when nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from attune.directory import fulltext, schema
from attune.directory.codes import Codes
from attune.directory.fulltext import words
from attune.directory.listing import Listing
from attune.directory.rules import Rules
from attune.directory.versions import BATCH, Versions, forget_versions, insert_rows

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


class _Stored(NamedTuple):
    no: int
    listing: Listing
    digest: str
    document: str


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
        self._versions = Versions(connection, codes, rules, self.generation)
        self._next_no = (connection.execute(select(func.max(schema.listing.c.no))).scalar() or 0) + 1

    def write(self, batch: list[Listing]) -> list[tuple[Listing, str]]:
        """Add, change or leave alone each listing of `batch` (at most `BATCH`, ids distinct).

        Returns:
            The listings that were not written since another source holds an open one with the same id, and which.
        """
        table = schema.listing
        columns = (table.c.id, table.c.no, table.c.digest, table.c.closed_on, table.c.source)
        known = self._connection.execute(select(*columns).where(table.c.id.in_([item.id for item in batch])))
        old = {row.id: row for row in known}
        added: list[_Stored] = []
        changed: list[_Stored] = []
        foreign = []
        for item in batch:
            text = document(item)
            digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
            was = old.get(item.id)
            if was and not was.closed_on and was.source not in (self._source, SAMPLE):
                foreign.append((item, was.source))
                continue
            no = was.no if was else self._take_no()
            self._seen.add(no)
            if was is None:
                added.append(_Stored(no, item, digest, text))
            elif was.digest != digest or was.closed_on:
                changed.append(_Stored(no, item, digest, text))
                self.changes.reopened += bool(was.closed_on)
            else:
                self.changes.unchanged += 1
        self._add(added)
        self._change(changed)
        self._versions.add((stored.no, stored.listing) for stored in added + changed)
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
            self._versions.end(numbers)
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

    def _add(self, added: list[_Stored]) -> None:
        rows = [(s.no, s.listing.id, self._source, s.digest, s.document, words(s.listing)) for s in added]
        insert_rows(self._connection, schema.listing, rows)
        fulltext.learn(self._connection, [stored.no for stored in added])
        self.changes.added += len(added)

    def _change(self, changed: list[_Stored]) -> None:
        if not changed:
            return
        table, numbers = schema.listing, [stored.no for stored in changed]
        new = {name: bindparam(f"new_{name}") for name in ("digest", "document", "words")}
        statement = update(table).where(table.c.no == bindparam("number")).values(closed_on=None, source=self._source, **new)
        values = [
            {"number": s.no, "new_digest": s.digest, "new_document": s.document, "new_words": words(s.listing)} for s in changed
        ]
        fulltext.forget(self._connection, numbers)
        self._connection.execute(statement, values)
        fulltext.learn(self._connection, numbers)
        self._versions.end(numbers)
        self.changes.changed += len(changed)
