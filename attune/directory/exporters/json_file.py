"""Our own JSON: `{"listings": [...]}` after listing.schema.json, or one listing a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from attune.directory.listing import Listing


def write(listings: Iterable[Listing], path: Path) -> int:
    """Write one document and return how many listings it holds."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"listings": [')
        for count, listing in enumerate(listings, 1):  # the last one is the result
            file.write((",\n" if count > 1 else "\n") + json.dumps(listing.to_dict(), ensure_ascii=False))
        file.write("\n]}\n")
    return count


def write_lines(listings: Iterable[Listing], path: Path) -> int:
    """Write one listing a line and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for count, listing in enumerate(listings, 1):  # noqa: B007  # the last one is the result
            file.write(json.dumps(listing.to_dict(), ensure_ascii=False) + "\n")
    return count
