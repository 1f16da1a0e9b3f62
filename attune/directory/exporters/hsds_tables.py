"""Open Referral HSDS 3 as tables: a folder of CSV files with a datapackage.json."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from attune.directory.exporters.hsds import service
from attune.directory.listing import Listing

_TABLES: Mapping[str, tuple[str, ...]] = {
    "organizations": ("id", "name", "description"),
    "services": ("id", "organization_id", "name", "description", "url", "status", "assured_date", "last_modified"),
    "languages": ("id", "service_id", "code"),
    "service_at_location": ("id", "service_id", "location_id"),
    "locations": ("id", "location_type", "latitude", "longitude"),
    "addresses": ("id", "location_id", "city", "state_province", "postal_code", "country", "address_type"),
    "cost_options": ("id", "service_id", "option", "currency", "amount", "amount_description"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_entity", "value"),
    "taxonomy_terms": ("id", "code", "name", "taxonomy"),
}


def write(listings: Iterable[Listing], folder: Path) -> int:
    """Write the tables into `folder`, made when it is not there, and return how many services they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    terms: set[str] = set()
    with ExitStack() as stack:
        writers = {name: _writer(stack, folder / f"{name}.csv", columns) for name, columns in _TABLES.items()}
        for count, listing in enumerate(listings, 1):  # noqa: B007  # the last one is the result
            for table, row in _rows(service(listing)):
                if table == "taxonomy_terms":
                    if row["id"] in terms:
                        continue
                    terms.add(row["id"])
                writers[table].writerow(row)
    resources = [{"name": name, "path": f"{name}.csv", "profile": "tabular-data-resource"} for name in _TABLES]
    package = {"name": "attune_directory", "profile": "tabular-data-package", "version": "3.0.0", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
    return count


def _writer(stack: ExitStack, path: Path, columns: tuple[str, ...]) -> csv.DictWriter[str]:
    file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    writer.writeheader()
    return writer


def _rows(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    key = {"service_id": data["id"]}
    yield "organizations", data["organization"]
    yield "services", data | {"organization_id": data["organization"]["id"]}
    for table in ("languages", "cost_options"):
        yield from ((table, item | key) for item in data.get(table, []))
    for placed in data.get("service_at_locations", []):
        location = placed["location"]
        yield "service_at_location", {"id": placed["id"], **key, "location_id": location["id"]}
        yield "locations", location
        yield from (("addresses", item | {"location_id": location["id"]}) for item in location["addresses"])
    for item in data.get("attributes", []):
        yield "taxonomy_terms", item["taxonomy_term"]
        yield "attributes", item | {"link_id": data["id"], "taxonomy_term_id": item["taxonomy_term"]["id"]}
