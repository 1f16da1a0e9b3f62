"""Writes listings in the formats that the importers read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from attune.directory.exporters import csv_file, fhir, hsds, hsds_tables, json_file
from attune.directory.importers.detect import Format
from attune.directory.listing import Listing
from attune.directory.problems import BadFileError

_WRITERS: Mapping[Format, Callable[[Iterable[Listing], Path], int]] = {
    Format.CSV: csv_file.write,
    Format.JSON: json_file.write,
    Format.FHIR: fhir.write,
    Format.HSDS: hsds.write,
}


def export(listings: Iterable[Listing], path: Path, form: Format) -> int:
    """Write `listings` to `path` and return how many there were.

    JSON and FHIR go one object a line when the name ends in .ndjson; HSDS goes as tables when `path` is a folder or has no
    suffix. A file is written beside its place first, so that a broken export leaves an older file intact.

    Raises:
        BadFileError: When the format can be read but not written.
        OSError: When the file cannot be written.
    """
    if form is Format.HSDS and (path.is_dir() or not path.suffix):
        return hsds_tables.write(listings, path)
    writer = _WRITERS.get(form)
    if writer is None:
        raise BadFileError(f"{form.value} can be imported, not exported; choose csv, json, fhir or hsds")
    draft = path.with_name(path.name + ".part")
    try:
        count = writer(listings, draft) if path.suffix != ".ndjson" else _lines(form)(listings, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _lines(form: Format) -> Callable[[Iterable[Listing], Path], int]:
    return {Format.FHIR: fhir.write_lines, Format.JSON: json_file.write_lines}.get(form) or _WRITERS[form]
