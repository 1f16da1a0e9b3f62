"""Lines to measure with: `label<TAB>text`, whole queries, and the training data themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "frozen"


class LinesError(ValueError):
    """A file of lines cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text with the intent that it should be read as."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class QueryLine:
    """A text with everything that it says about a search: (entity, value, role)."""

    text: str
    wishes: frozenset[tuple[str, str, str]]


def read_lines(path: Path) -> list[Line]:
    """Return the lines of a tab-separated file; a first line "label<TAB>text" and comments are skipped.

    A header that names `text` may announce other columns: the last is the text then, the first the label; a
    file of texts alone is out of scope.
    """
    lines: list[Line] = []
    header = False
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        parts = row.split("\t")
        header = header or (number == 1 and "text" in parts)
        if not row.strip() or row.startswith("#") or (number == 1 and header):
            continue
        if len(parts) < 2 and not header:
            raise LinesError(f"{path}:{number}: expected `label<TAB>text`, found `{row[:60]}`")
        lines.append(Line(parts[0].strip() if len(parts) > 1 else "out_of_scope", parts[-1].strip()))
    return lines


def read_queries(path: Path) -> list[QueryLine]:
    """Return the whole queries of a YAML list of `{text, entities: [{entity, value, role}]}`."""
    data: Sequence[Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [QueryLine(item["text"], frozenset(map(_wish, item.get("entities") or []))) for item in data]


def _wish(entity: Mapping[str, Any]) -> tuple[str, str, str]:
    # YAML reads an unquoted ON as true, and Ontario is no truth value.
    value = "on" if entity["entity"] == "province" and entity["value"] is True else canonical(entity["value"])
    return str(entity["entity"]), value, str(entity.get("role") or "")


def canonical(value: object) -> str:
    """Return a value as text that compares: 140, 140.0 and "140" are one, so are True and "true"."""
    text = str(value)
    try:
        return str(int(float(text)))
    except ValueError:
        return text.lower()


def file_digest(path: Path) -> str:
    """Return a short digest of a file, for reports."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
