"""What a check reports, and what the checks look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from attune.knowledge.content import Content


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. The message names the entry, what is wrong, and what to do."""

    where: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'warning: ' if self.warning else ''}{self.message}"


@dataclass(frozen=True)
class Subject:
    """The content under check, with what the checks need beside it."""

    content: Content
    root: Path
    today: date
    release: bool = False
    texts: dict[str, str] = field(default_factory=dict)
