"""What every format turns into before it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Record(NamedTuple):
    """One record of a file.

    Attributes:
        line: Its line, or its number where the format has no lines of its own, from 1.
        data: The listing in the shape of `Listing.to_dict`, unchecked.
        notes: What the reader itself could not take: field, value, reason.
        refused: Why the whole record cannot be used, empty when it can.
    """

    line: int
    data: Mapping[str, Any]
    notes: tuple[tuple[str, Any, str], ...] = ()
    refused: str = ""
