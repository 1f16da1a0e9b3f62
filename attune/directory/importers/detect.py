"""Recognises the format of a file by what is in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from attune.directory.importers import csv_file, fhir, hsds, json_file, schema_org
from attune.directory.importers.columns import Mapped
from attune.directory.importers.lines import open_text
from attune.directory.importers.record import Record
from attune.directory.problems import BadFileError


class Format(StrEnum):
    """The formats of import and export."""

    CSV = "csv"
    JSON = "json"
    FHIR = "fhir"
    HSDS = "hsds"
    SCHEMA_ORG = "schema_org"


def detect(path: Path, encoding: str | None = None) -> Format:
    """Return the format of `path`, a file or a folder.

    Raises:
        BadFileError: When it cannot be read, or a folder holds neither FHIR nor HSDS.
    """
    if path.is_dir():
        return _detect_folder(path)
    with open_text(path, encoding) as file:
        try:
            head = file.read(20_000)
        except UnicodeError:
            return Format.CSV  # whose reader says on which line
    start = head.lstrip()[:1]
    if start not in ("{", "["):
        return Format.CSV
    if '"resourceType"' in head:
        return Format.FHIR
    if '"@type"' in head or '"@context"' in head:
        return Format.SCHEMA_ORG
    return Format.HSDS if _is_hsds(head, path) else Format.JSON


def _detect_folder(path: Path) -> Format:
    if (path / "services.csv").exists() or (path / "service.csv").exists():
        return Format.HSDS
    if any(path.glob("*.json")) or any(path.glob("*.ndjson")):
        return Format.FHIR
    raise BadFileError(f"{path}: a folder must hold FHIR resources (*.json, *.ndjson) or HSDS tables (services.csv)")


def _is_hsds(head: str, path: Path) -> bool:
    marks = ('"services.csv"', '"contents"', '"service_at_locations"', '"assured_date"', '"organization_id"', '"fees_description"')
    if path.name == "datapackage.json" or any(mark in head for mark in marks):
        return True
    try:
        first = json.loads(head)
    except (ValueError, RecursionError):
        return '"services"' in head or '"application_process"' in head
    ours = isinstance(first, list) or (
        isinstance(first, Mapping) and first.keys() & {"listings", "approaches", "profile_url", "fee_from"}
    )
    return not ours and any(f'"{name}"' in head for name in ("services", "status", "tax_status", "location_type", "taxonomy"))


def reader(form: Format, mapped: Mapped, encoding: str | None, today: date) -> Callable[[Path], Iterator[Record]]:
    """Return what reads the records of a file in format `form`."""
    readers: Mapping[Format, Callable[[Path], Iterator[Record]]] = {
        Format.CSV: lambda path: csv_file.records(path, mapped, encoding),
        Format.JSON: lambda path: json_file.records(path, encoding),
        Format.FHIR: lambda path: fhir.records(path, encoding),
        Format.HSDS: lambda path: hsds.records(path, encoding, today),
        Format.SCHEMA_ORG: lambda path: schema_org.records(path, encoding),
    }
    return readers[form]
