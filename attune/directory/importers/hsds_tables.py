"""Joins the tables of an HSDS data package into nested services."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attune.directory.importers import dig
from attune.directory.importers.lines import LONGEST, bounded_lines, open_text
from attune.directory.problems import BadFileError

Rows = list[Mapping[str, Any]]
_NAMES = (
    "services",
    "organizations",
    "languages",
    "service_at_location",
    "locations",
    "addresses",
    "cost_options",
    "attributes",
    "taxonomy_terms",
)


def services_of_folder(folder: Path, encoding: str | None) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield line and nested service for each row of services.csv in `folder`.

    Raises:
        BadFileError: When services.csv is missing or a table cannot be read.
    """
    tables = {}
    for name in _NAMES:
        path = next((folder / f"{form}.csv" for form in _forms(name) if (folder / f"{form}.csv").exists()), None)
        if path:
            tables[f"{name}.csv"] = _read(path, encoding)
    if "services.csv" not in tables:
        raise BadFileError(f"{folder}: there is no services.csv in it; an HSDS package has one")
    yield from services_of_tables(tables)


def _forms(name: str) -> tuple[str, ...]:
    return (name, "services_at_location") if name == "service_at_location" else (name, name.removesuffix("s"))


def _read(path: Path, encoding: str | None) -> Rows:
    csv.field_size_limit(LONGEST)
    with open_text(path, encoding) as file:
        reader = csv.DictReader(bounded_lines(file, path))
        try:
            return [{key: value for key, value in row.items() if key} for row in reader]
        except csv.Error as error:
            raise BadFileError(f"{path.name}:{reader.line_num}: {error}") from None


def services_of_tables(tables: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield line and nested service from tables by file name; a reference to nothing simply leads nowhere."""
    rows = {name: _table(tables, name) for name in _NAMES}
    organizations, terms = _by(rows["organizations"], "id"), _by(rows["taxonomy_terms"], "id")
    locations, addresses = _by(rows["locations"], "id"), _by(rows["addresses"], "location_id")
    languages, costs = _by(rows["languages"], "service_id"), _by(rows["cost_options"], "service_id")
    attributes, placed = _by(rows["attributes"], "link_id"), _by(rows["service_at_location"], "service_id")
    for line, service in enumerate(rows["services"], 2):
        key = dig.text(service, "id")
        where = [location for row in placed.get(key, []) for location in locations.get(dig.text(row, "location_id"), [])]
        full = [{**location, "addresses": addresses.get(dig.text(location, "id"), [])} for location in where]
        linked = [{**row, "taxonomy_term": terms.get(dig.text(row, "taxonomy_term_id"), [])} for row in attributes.get(key, [])]
        yield (
            line,
            {
                **service,
                "organization": organizations.get(dig.text(service, "organization_id"), []),
                "languages": languages.get(key, []),
                "cost_options": costs.get(key, []),
                "service_at_locations": [{"location": location} for location in full],
                "attributes": linked,
            },
        )


def _table(tables: Mapping[str, Any], name: str) -> Rows:
    return next((found for form in _forms(name) if (found := dig.items(tables, f"{form}.csv"))), [])


def _by(rows: Rows, column: str) -> dict[str, Rows]:
    groups: dict[str, Rows] = {}
    for row in rows:
        if key := dig.text(row, column):
            groups.setdefault(key, []).append(row)
    return groups
