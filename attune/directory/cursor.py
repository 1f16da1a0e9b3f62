"""The place in a list of results as a short text: opaque to callers, meaningless about the visitor."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from attune.model.wishes import Query


class CursorError(ValueError):
    """A cursor is not one of ours, or belongs to another query."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has paged: in which generation, in the order of which day, from which position (0 is the first)."""

    generation: int
    day: date
    position: int

    def to_text(self, query: Query) -> str:
        """Return the cursor as text, bound to `query`."""
        return f"{self.generation:x}.{self.day.toordinal():x}.{self.position:x}.{_digest(query)}"

    @classmethod
    def from_text(cls, text: str, query: Query) -> Cursor:
        """Return the cursor that `to_text` wrote.

        Raises:
            CursorError: When it is damaged or was made for another query.
        """
        try:
            generation, day, position, digest = text.split(".")
            cursor = cls(int(generation, 16), date.fromordinal(int(day, 16)), int(position, 16))
        except (ValueError, OverflowError):
            raise CursorError(f"{text[:60]!r} is not a cursor of this directory; search again from the start") from None
        if digest != _digest(query):
            raise CursorError("the cursor belongs to another query; search again from the start")
        if cursor.position < 0:
            raise CursorError("the cursor points before the first result; search again from the start")
        return cursor


def _digest(query: Query) -> str:
    text = json.dumps(query.to_list(), sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
