"""What is wrong with a file, said so that the person who has the file can repair it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_SHOWN = 60
KEPT = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """One value or one row that could not be taken.

    Attributes:
        file: Name of the file.
        line: Line in it (from 1), or the number of the record where a format has no lines of its own.
        field: The column or field.
        value: What stood there.
        reason: What is wrong and what would be right.
        refused: True when the whole row was left out, False when only this value was.
    """

    file: str
    line: int
    field: str
    value: str
    reason: str
    refused: bool = False

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= _SHOWN else self.value[:_SHOWN] + "..."
        what = "the row is left out" if self.refused else "the value is left out"
        return f"{self.file}:{self.line}: {self.field}: {shown!r} {self.reason}; {what}"


@dataclass(slots=True)
class Problems:
    """The problems of one import: all counted, the first thousand kept."""

    kept: list[Problem] = field(default_factory=list)
    rows: int = 0
    values: int = 0

    def add(self, problem: Problem) -> None:
        """Count `problem`, and keep it while there is room."""
        self.rows += problem.refused
        self.values += not problem.refused
        if len(self.kept) < KEPT:
            self.kept.append(problem)

    def __len__(self) -> int:
        return self.rows + self.values

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.kept)


class BadFileError(RuntimeError):
    """The file as a whole cannot be imported; nothing was changed. The message says where and what to do."""
