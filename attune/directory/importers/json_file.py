"""Reads JSON and NDJSON with a limit on everything that could run away, and yields its objects with their place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from attune.directory.importers.lines import bounded_lines, open_text, read_all
from attune.directory.importers.record import Record
from attune.directory.listing import Listing
from attune.directory.problems import BadFileError

_FIELDS = frozenset(field.name for field in fields(Listing))
MOST = 400_000_000  # characters in one JSON document


def load(path: Path, encoding: str | None = None) -> Any:
    """Return the JSON document of `path`.

    Raises:
        BadFileError: When it is not JSON, too deep or too large.
    """
    text = read_all(path, encoding, MOST)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        cut = " (the file seems to be cut off)" if error.pos >= len(text.rstrip()) - 1 else ""
        raise BadFileError(f"{path.name}:{error.lineno}: not JSON{cut}: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise BadFileError(f"{path.name}: nested too deeply to be a directory") from None
    except ValueError as error:
        raise BadFileError(f"{path.name}: not JSON: {error}") from None


def objects(path: Path, encoding: str | None = None) -> Iterator[tuple[int, Any]]:
    """Yield line (or number) and value of each line of NDJSON, of each item of a JSON array, or the one document.

    Raises:
        BadFileError: As `load`; in NDJSON a broken line ends the import too, since the rest cannot be trusted.
    """
    if not is_lines(path, encoding):
        document = load(path, encoding)
        yield from enumerate(document if isinstance(document, list) else [document], 1)
        return
    with open_text(path, encoding) as file:
        for number, line in enumerate(bounded_lines(file, path), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise BadFileError(f"{path.name}:{number}: not a JSON object a line: {error}") from None


def is_lines(path: Path, encoding: str | None = None) -> bool:
    """Return whether `path` is NDJSON: its first line is a whole object and another line follows, or its name says so."""
    with open_text(path, encoding) as file:
        first, second = file.readline(1_000_001), ""
        while first and not second.strip():
            second = file.readline(1000)
            if not second:
                break
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
    return whole and (bool(second.strip()) or path.suffix in (".ndjson", ".jsonl"))


def records(path: Path, encoding: str | None = None) -> Iterator[Record]:
    """Yield a record for each listing of our own JSON: an array, `{"listings": [...]}`, or one object a line."""
    for number, value in objects(path, encoding):
        if isinstance(value, Mapping) and isinstance(value.get("listings"), list):
            yield from (_record(place, item) for place, item in enumerate(value["listings"], 1))
        else:
            yield _record(number, value)


def _record(number: int, value: Any) -> Record:
    if isinstance(value, Mapping):
        foreign = [name for name in value if name not in _FIELDS]
        if len(foreign) > (len(value) - len(value.keys() & {"id", "name"})) / 2:
            shown = ", ".join(str(name)[:30] for name in foreign[:5])
            return Record(number, value, refused=f"is no listing: most of its fields are unknown here ({shown})")
        return Record(number, value)
    return Record(number, {"id": str(value)[:60]}, refused="is not an object with the fields of a listing")
