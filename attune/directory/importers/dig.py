"""Reaches into nested data of unknown shape without ever raising."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def items(value: Any, name: str) -> list[Mapping[str, Any]]:
    """Return the objects in the list `value[name]`; anything else gives an empty list, one object a list of one."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(found, Mapping):
        return [found]
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def child(value: Any, *names: str) -> Mapping[str, Any]:
    """Return the object under `names`, one below the other (the first of a list), or an empty one."""
    for name in names:
        value = next(iter(items(value, name)), {})
    return value if isinstance(value, Mapping) else {}


def text(value: Any, name: str) -> str:
    """Return `value[name]` as text, empty when it is not a text or a number."""
    found = value.get(name) if isinstance(value, Mapping) else None
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def texts(value: Any, name: str) -> list[str]:
    """Return `value[name]` as a list of texts, whether it is one text or several."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(found, str):
        return [found]
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` without what says nothing."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {}, ())}


def codings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield code and display of each coding of the FHIR CodeableConcepts under `name`; a text alone counts as display."""
    for concept in items(value, name):
        if concept.get("text"):
            yield "", text(concept, "text")
        for coding in items(concept, "coding"):
            yield text(coding, "code"), text(coding, "display")
