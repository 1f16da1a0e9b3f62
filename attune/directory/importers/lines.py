"""Opens text files with all the ways in which they can be something else, and reads lines that cannot fill the memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from attune.directory.problems import BadFileError

LONGEST = 1_000_000  # characters in a line
_KINDS = {
    b"PK\x03\x04": "a zip archive (or a spreadsheet such as .xlsx); unpack it, or save it as CSV UTF-8",
    b"\x1f\x8b": "packed with gzip; unpack it first",
    b"%PDF": "a PDF; export the data as CSV or JSON",
    b"SQLite format 3": "a SQLite database; export its table as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel file; save it as CSV UTF-8",
    b"BZh": "packed with bzip2; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
}


def open_text(path: Path, encoding: str | None = None) -> TextIO:
    """Return `path` opened as text: UTF-8 (with or without BOM), UTF-16 with BOM, or the `encoding` given.

    Raises:
        BadFileError: When there is no such file, or it is an archive, a PDF, a spreadsheet or empty.
    """
    try:
        with path.open("rb") as raw:
            head = raw.read(4096)
    except OSError as error:
        raise BadFileError(f"{path}: {error.strerror or error}") from None
    if not head.strip(b"\xef\xbb\xbf \r\n\t"):
        raise BadFileError(f"{path.name}: the file is empty")
    for magic, kind in _KINDS.items():
        if head.startswith(magic):
            raise BadFileError(f"{path.name}: this is {kind}")
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in head and not wide and not encoding:
        raise BadFileError(f"{path.name}: this is no text file (it holds zero bytes); export it as CSV or JSON in UTF-8")
    try:
        return path.open(encoding=encoding or ("utf-16" if wide else "utf-8-sig"), newline="")
    except LookupError:
        raise BadFileError(f"{encoding!r} is no encoding; try utf-8 or cp1252") from None


def bounded_lines(file: TextIO, path: Path) -> Iterator[str]:
    """Yield the lines of `file`.

    Raises:
        BadFileError: At a line of more than a million characters, or at bytes that are not of the file's encoding.
    """
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(LONGEST + 1)
        except UnicodeError as error:
            raise BadFileError(_wrong_encoding(path, number, error)) from None
        if not line:
            return
        if len(line) > LONGEST:
            raise BadFileError(f"{path.name}:{number}: the line is longer than {LONGEST:,} characters; is it the right file?")
        yield line


def read_all(path: Path, encoding: str | None, most: int) -> str:
    """Return the whole text of `path`, which may have at most `most` characters.

    Raises:
        BadFileError: When it is larger or not of its encoding.
    """
    with open_text(path, encoding) as file:
        try:
            text = file.read(most + 1)
        except UnicodeError as error:
            raise BadFileError(_wrong_encoding(path, 1, error)) from None
    if len(text) > most:
        raise BadFileError(f"{path.name}: larger than {most:,} characters; give it as NDJSON, one object a line")
    return text


def _wrong_encoding(path: Path, line: int, error: UnicodeError) -> str:
    detail = ""
    if isinstance(error, UnicodeDecodeError):
        detail = f" (byte 0x{error.object[error.start]:02x})"
    place = f"{path.name}, line {line} or soon after" if line > 1 else path.name
    return f"{place}: not UTF-8{detail}; save the file as UTF-8, or say its encoding, for example --encoding cp1252"
