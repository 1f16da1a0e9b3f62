"""Open Referral HSDS 3: JSON of the API (service, list, organization, service at location), or the tables.

One service becomes one listing. docs/directory-mapping.md says field by field what goes where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attune.directory.importers import dig
from attune.directory.importers.hsds_service import service_data
from attune.directory.importers.hsds_tables import services_of_folder, services_of_tables
from attune.directory.importers.json_file import objects
from attune.directory.importers.record import Record
from attune.directory.problems import BadFileError

_CLOSED = ("inactive", "defunct")
_OF_A_SERVICE = {"status", "organization", "organization_id", "service_at_locations", "application_process", "cost_options"}
_OF_OTHERS = {"tax_status", "legal_status", "location_type", "taxonomy_detail", "latitude", "year_incorporated"}


def records(path: Path, encoding: str | None, today: date) -> Iterator[Record]:
    """Yield a record for each service of `path` that is not closed.

    Args:
        today: Prices that have ended before are left out.

    Raises:
        BadFileError: When the files cannot be read or hold no service.
    """
    count = 0
    for line, service in _services(path, encoding):
        count += 1
        if dig.text(service, "status").lower() not in _CLOSED:
            notes: list[tuple[str, Any, str]] = []
            data = service_data(service, today, notes)
            yield Record(line, data, tuple(notes))
    if not count:
        raise BadFileError(f"{path.name}: no HSDS service in it; nothing to list")


def _services(path: Path, encoding: str | None) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if path.is_dir() or path.name == "datapackage.json":
        yield from services_of_folder(path if path.is_dir() else path.parent, encoding)
        return
    for line, value in objects(path, encoding):
        found = list(services_in(value))
        yield from ((line if len(found) == 1 else number, service) for number, service in enumerate(found, line))


def services_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every service in a document, each with the location or organization that it was found in."""
    if not isinstance(value, Mapping):
        return
    if any(name.endswith(".csv") for name in value):
        yield from (service for _, service in services_of_tables(value))
    elif "contents" in value:
        for item in dig.items(value, "contents"):
            yield from services_in(item)
    elif isinstance(value.get("service"), Mapping):
        yield {**value["service"], "service_at_locations": [{"location": dig.child(value, "location")}]}
    elif "services" in value:
        organization = {name: item for name, item in value.items() if name not in ("services", "locations")}
        for service in dig.items(value, "services"):
            yield {"organization": organization, **service}
    elif value.keys() & _OF_A_SERVICE and not value.keys() & _OF_OTHERS:
        yield value
