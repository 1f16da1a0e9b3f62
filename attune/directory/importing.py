"""Imports a file: every row checked, all or nothing, and said plainly what happened."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from attune.directory import schema
from attune.directory.checks import Reader, UnusableError
from attune.directory.codes import read_codes
from attune.directory.engine import writing
from attune.directory.importers.columns import Mapped
from attune.directory.importers.detect import Format, detect, reader
from attune.directory.importers.record import Record
from attune.directory.listing import Listing
from attune.directory.load import SAMPLE, RefusedError, batches
from attune.directory.problems import BadFileError, Problem, Problems
from attune.directory.rules import Rules
from attune.directory.writer import Changes, Writer

_MANY = 0.5  # of the listings of a source: closing more than this at once is more often a wrong file than the truth
_FEW = 20


@dataclass(frozen=True, slots=True)
class Options:
    """How to import.

    Attributes:
        format: The format, None to recognise it.
        source: Name under which these listings stand together; what the file no longer names is closed.
        mapped: The operator's own columns, for CSV.
        encoding: Of the file, None for UTF-8 or what its first bytes say.
        dry_run: Only say what would change.
        strict: Any problem stops the import.
        close_many: Close even more than half of the listings of the source.
    """

    format: Format | None = None
    source: str = "main"
    mapped: Mapped = field(default_factory=Mapped)
    encoding: str | None = None
    dry_run: bool = False
    strict: bool = False
    close_many: bool = False


@dataclass(slots=True)
class Report:
    """What an import did."""

    format: Format
    read: int = 0
    changes: Changes = field(default_factory=Changes)
    problems: Problems = field(default_factory=Problems)
    sample_closed: int = 0


class _Undo(Exception):  # noqa: N818  # no error
    """Ends a dry run."""


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Millions of small objects without cycles: looking for cycles among them would cost a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def import_file(
    engine: Engine, rules: Rules, path: Path, options: Options, today: date, progress: Callable[[int], None] = lambda _: None
) -> Report:
    """Make the open listings of `options.source` what `path` says, in one transaction.

    Args:
        today: The day of the import; no date in the file may lie after it.
        progress: Called now and then with the number of records read.

    Returns:
        What changed, or in a dry run would change, and what was wrong.

    Raises:
        BadFileError: When the file as a whole cannot be imported.
        RefusedError: When importing it would do what is hardly meant.
        StoreError: When the database cannot be written.
    """
    form = options.format or detect(path, options.encoding)
    report = Report(form)
    rows = reader(form, options.mapped, options.encoding, today)(path)
    intake = _Intake(path.name, options, report, Reader(today, options.source), progress)
    try:
        with _no_garbage_collection(), writing(engine) as connection:
            writer = Writer(connection, read_codes(connection), rules, options.source, today)
            report.changes = writer.changes
            for batch in batches(intake.listings(rows)):
                for item, owner in writer.write(batch):
                    intake.complain(0, "id", item.id, f"belongs to the source {owner!r} already", refused=True)
            _finish(connection, writer, intake, path, options)
            if options.dry_run:
                raise _Undo
    except _Undo:
        pass
    return report


def _finish(connection: Connection, writer: Writer, intake: _Intake, path: Path, options: Options) -> None:
    report = intake.report
    good = report.read - report.problems.rows
    if not good:
        first = next(iter(report.problems), None)
        raise BadFileError(f"{path.name}: no usable row among {report.read:,}" + (f"; the first problem: {first}" if first else ""))
    if options.strict and len(report.problems):
        raise RefusedError(
            f"{len(report.problems):,} problems, and --strict was given; nothing was changed. The first: {report.problems.kept[0]}"
        )
    writer.keep(intake.broken_ids)
    gone = writer.vanished()
    if len(gone) > max(_FEW, _MANY * (len(gone) + good)) and not options.close_many:
        raise RefusedError(
            f"{path.name} no longer names {len(gone):,} of the listings of the source {options.source!r}; they would be closed. "
            "If that is meant, say --close-many; if it is another set of listings, give it a --source of its own"
        )
    writer.close(gone)
    if options.source != SAMPLE:
        sample = select(schema.listing.c.no).where(schema.listing.c.source == SAMPLE, schema.listing.c.closed_on.is_(None))
        numbers = list(connection.execute(sample).scalars())
        writer.close(numbers)
        report.sample_closed = len(numbers)
    writer.finish(path.name)


class _Intake:
    """Turns records into listings, reporting what cannot be taken."""

    def __init__(self, file: str, options: Options, report: Report, reader: Reader, progress: Callable[[int], None]) -> None:
        self._file, self._options, self.report = file, options, report
        self._reader, self._progress = reader, progress
        self._lines: dict[str, int] = {}
        self.broken_ids: set[str] = set()

    def listings(self, rows: Iterator[Record]) -> Iterator[Listing]:
        """Yield a listing for each good record."""
        for record in rows:
            self.report.read += 1
            if self.report.read % 500 == 0:
                self._progress(self.report.read)
            listing = self._listing(record)
            if listing is not None:
                yield listing
        self._progress(self.report.read)

    def _listing(self, record: Record) -> Listing | None:
        line, data = record.line, record.data
        if record.refused:
            self._refuse(record, "record", data.get("id", ""), record.refused)
            return None
        for name, value, reason in record.notes:
            self.complain(line, name, value, reason)
        try:
            listing = self._reader.read(data, lambda name, value, reason: self.complain(line, name, value, reason))
        except UnusableError as error:
            self._refuse(record, error.field, error.value, str(error))
            return None
        first = self._lines.setdefault(listing.id, line)
        if first != line:
            self.complain(line, "id", listing.id, f"stands in line {first} already", refused=True)
            return None
        return listing

    def _refuse(self, record: Record, name: str, value: Any, reason: str) -> None:
        if (given := record.data.get("id")) and isinstance(given, str):
            self.broken_ids.add(given.strip())
        self.complain(record.line, name, value, reason, refused=True)

    def complain(self, line: int, name: str, value: Any, reason: str, *, refused: bool = False) -> None:
        """Note a problem."""
        text = str(value)[:200].encode("utf-8", "replace").decode()
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
        self.report.problems.add(Problem(self._file, line, name, shown, reason, refused))
