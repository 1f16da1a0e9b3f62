"""CSV in our documented columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attune.directory.importers.columns import COLUMNS, LICENCE, LISTS, PLACE
from attune.directory.listing import Listing

_FORMULA = ("=", "+", "-", "@", "\t")


def write(listings: Iterable[Listing], path: Path) -> int:
    """Write `listings` as CSV (UTF-8 with BOM, as spreadsheets like it) and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for count, listing in enumerate(listings, 1):  # noqa: B007  # the last one is the result
            data = _flat(listing.to_dict())
            writer.writerow([_cell(name, data.get(name)) for name in COLUMNS])
    return count


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    """Put the first place into columns of its own."""
    first, *more = data.pop("places", None) or [{}]
    return {**data, **{name: first.get(name) for name in PLACE}, "more_places": more}


def _cell(name: str, value: Any) -> str:
    if value is None or value == []:
        return ""
    if name in LISTS:
        value = "; ".join(_escape(str(item)) for item in value)
    elif name in ("licences", "more_places"):
        value = "; ".join(_row(item, LICENCE if name == "licences" else PLACE) for item in value)
    elif isinstance(value, bool):
        value = "yes" if value else "no"
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    guarded = text.startswith((*_FORMULA, "'"))
    return "'" + text if guarded and not isinstance(value, int | float) else text  # a spreadsheet must see no formula


def _row(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    cells = [_escape(str(item.get(name, ""))).replace("|", "\\|") for name in names]
    return "|".join(cells).rstrip("|")


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")
