"""The columns of our CSV, and the operator's mapping of their own columns to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from attune.directory.problems import BadFileError

LISTS = (
    "credentials",
    "approaches",
    "other_approaches",
    "concerns",
    "other_concerns",
    "client_types",
    "languages",
    "online_provinces",
    "assured_fields",
)
PLACE = ("city", "province", "postal_code", "latitude", "longitude")
LICENCE = ("province", "college", "number", "checked_on")
#: Every column, in the order in which an export writes them; `licences` and `more_places` hold several values each.
COLUMNS = (
    *("id", "name", "pronouns", "gender", "credentials", "licences"),
    *("approaches", "other_approaches", "concerns", "other_concerns", "client_types", "languages"),
    *PLACE,
    *("more_places", "in_person", "online", "online_provinces"),
    *(
        "fee_from",
        "fee_to",
        "currency",
        "sliding_scale",
        "sliding_from",
        "direct_billing",
        "free_consultation_minutes",
        "accepting",
    ),
    *("profile_url", "video_url", "booking_url", "photo_url", "about"),
    *("updated_on", "assured_on", "assured_fields", "sample"),
)
REQUIRED = ("id", "name")


@dataclass(frozen=True, slots=True)
class Mapped:
    """How an operator's CSV maps to ours.

    Attributes:
        columns: Their header → our column; headers that are not named must be ours or are left out.
        values: For one of our columns, their word → ours.
        constants: Values for our columns that their file does not have.
        separator: Between columns.
        list_separator: Between the values of one cell.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    list_separator: str = ";"


def read_mapping(path: Path) -> Mapped:
    """Return the mapping of a YAML file.

    Raises:
        BadFileError: When the file cannot be read, or names an entry or a column that does not exist.
    """
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadFileError(f"{path}: {str(error).splitlines()[0]}") from None
    known = {"columns", "values", "constants", "separator", "list_separator"}
    if not isinstance(data, Mapping) or set(data) - known:
        raise BadFileError(f"{path.name}: a mapping has the entries {', '.join(sorted(known))} and no others")
    columns = {str(key): str(value) for key, value in (data.get("columns") or {}).items()}
    values = {str(key): {str(k): str(v) for k, v in group.items()} for key, group in (data.get("values") or {}).items()}
    constants = {str(key): str(value) for key, value in (data.get("constants") or {}).items()}
    for name in (*columns.values(), *values, *constants):
        if name not in COLUMNS:
            raise BadFileError(f"{path.name}: there is no column `{name}`{suggestion(name)}")
    return Mapped(columns, values, constants, str(data.get("separator") or ""), str(data.get("list_separator") or ";"))


def suggestion(name: str) -> str:
    """Return "; did you mean `x`?" for the nearest column, or nothing."""
    near = get_close_matches(name.lower().replace(" ", "_"), COLUMNS, 1)
    return f"; did you mean `{near[0]}`?" if near else ""
