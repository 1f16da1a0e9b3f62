"""CSV: the documented columns, or the operator's own through a mapping file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from attune.directory.importers.columns import COLUMNS, LICENCE, LISTS, PLACE, REQUIRED, Mapped, suggestion
from attune.directory.importers.lines import LONGEST, bounded_lines, open_text
from attune.directory.importers.record import Record
from attune.directory.problems import BadFileError

_TUPLES = {"licences": LICENCE, "more_places": PLACE}
_MARKS = ("=", "+", "-", "@", "\t")  # an export puts ' before these, so that a spreadsheet sees no formula


def records(path: Path, mapped: Mapped, encoding: str | None = None) -> Iterator[Record]:
    """Yield a record for each row of `path`.

    Raises:
        BadFileError: When the header lacks a required column, or the file cannot be read to its end.
    """
    csv.field_size_limit(LONGEST)
    with open_text(path, encoding) as file:
        lines = bounded_lines(file, path)
        first = next(lines, "")
        separator = mapped.separator or max(",;\t", key=first.count)
        header = _header(next(csv.reader([first], delimiter=separator), []), mapped, path)
        rows = csv.reader(lines, delimiter=separator)
        cells = [(name, _cell(name, mapped)) for name in header]
        while True:
            line = rows.line_num + 2
            try:
                row = next(rows, None)
            except csv.Error as error:
                raise BadFileError(f"{path.name}:{line}: {error}; a quotation mark may be missing there") from None
            if row is None:
                return
            if any(row):
                yield _record(line, row, header, cells, mapped)


def _header(names: list[str], mapped: Mapped, path: Path) -> list[str]:
    """Return our column for each of theirs, empty for the ones left out."""
    header = []
    for name in names:
        plain = name.strip()
        ours = mapped.columns.get(plain) or plain.lower().replace(" ", "_")
        header.append(ours if ours in COLUMNS else "")
    for name in REQUIRED:
        if name not in header and name not in mapped.constants:
            given = ", ".join(names[:12])
            raise BadFileError(f"{path.name}:1: the column `{name}` is missing (there are: {given[:300]}){_hint(name, names)}")
    doubled = {name for name in header if name and header.count(name) > 1}
    if doubled:
        raise BadFileError(f"{path.name}:1: the column `{sorted(doubled)[0]}` stands there twice")
    if missing := [name for name in mapped.columns if name not in {given.strip() for given in names}]:
        raise BadFileError(f"{path.name}:1: the mapping names the column {missing[0]!r}, which is not there")
    return header


def _hint(name: str, names: list[str]) -> str:
    close = [given for given in names if f"`{name}`" in suggestion(given)]
    return f"; if {close[0]!r} is it, say so in a mapping file" if close else "; a mapping file can name yours (docs/directory.md)"


def _record(
    line: int, row: list[str], header: list[str], cells: list[tuple[str, Callable[[str], Any] | None]], mapped: Mapped
) -> Record:
    if len(row) > len(header) and any(row[len(header) :]):
        return Record(
            line, _plain(row, header), refused=f"has {len(row)} cells under {len(header)} columns; is a quotation mark missing?"
        )
    data: dict[str, Any] = {}
    for text, (name, read) in zip(row, cells, strict=False):
        if text and name and (text := text.strip()):
            if text[0] == "'":
                text = _unguarded(text)
            data[name] = read(text) if read else text
    for name, value in mapped.constants.items():
        data.setdefault(name, value if (read := _cell(name, mapped)) is None else read(value))
    _gather_places(data)
    return Record(line, data)


def _plain(row: list[str], header: list[str]) -> dict[str, str]:
    return {name: value for name, value in zip(header, row, strict=False) if name}


def _gather_places(data: dict[str, Any]) -> None:
    first = {name: data.pop(name) for name in PLACE if name in data}
    places = ([first] if first else []) + data.pop("more_places", [])
    if places:
        data["places"] = places


def _cell(name: str, mapped: Mapped) -> Callable[[str], Any] | None:
    """Return what turns the text of one cell into the value of its column, None where it is taken as it is."""
    separator, words = mapped.list_separator, mapped.values.get(name)
    if name in LISTS and words:
        return lambda text: tuple(words.get(item, item) for item in split(text, separator))
    if name in LISTS:
        return lambda text: split(text, separator)
    if name in _TUPLES:
        return lambda text: [_tuple(item, _TUPLES[name]) for item in _raw_split(text, separator)]
    return (lambda text: words.get(text, text)) if words else None


def _unguarded(text: str) -> str:
    return text[1:] if text[1:2] in (*_MARKS, "'") else text


@lru_cache(maxsize=50_000)
def split(text: str, separator: str) -> tuple[str, ...]:
    r"""Return the parts of `text` between separators; `\;` and `\\` stand for the signs themselves."""
    if "\\" not in text:
        return tuple([part for item in text.split(separator) if (part := item.strip())])
    parts, part, signs = [], "", iter(text)
    for sign in signs:
        if sign == "\\":
            part += next(signs, "")
        elif sign == separator:
            parts.append(part)
            part = ""
        else:
            part += sign
    return tuple(stripped for stripped in (item.strip() for item in (*parts, part)) if stripped)


def _tuple(text: str, names: tuple[str, ...]) -> dict[str, str]:
    parts = [_unescape(part.strip()) for part in _raw_split(text, "|", keep_empty=True)]
    return {name: part for name, part in zip(names, parts, strict=False) if part}


def _raw_split(text: str, separator: str, keep_empty: bool = False) -> list[str]:
    """Split without resolving escapes, so that an inner split can see them."""
    if "\\" not in text:
        return text.split(separator) if keep_empty else [item.strip() for item in text.split(separator) if item.strip()]
    parts, part, escaped = [], "", False
    for sign in text:
        if sign == separator and not escaped:
            parts.append(part)
            part = ""
            continue
        escaped = sign == "\\" and not escaped
        part += sign
    parts.append(part)
    return parts if keep_empty else [item.strip() for item in parts if item.strip()]


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    signs = iter(text)
    return "".join(next(signs, "") if sign == "\\" else sign for sign in signs)
