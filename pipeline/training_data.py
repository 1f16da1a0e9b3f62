"""The training examples of data/nlu, each with the file and line where it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NLU = ROOT / "data" / "nlu"
_INTENT = re.compile(r"^\s*- intent:\s*(\S+)\s*$")
_EXAMPLE = re.compile(r"^\s{4,}- (.+?)\s*$")
_ANNOTATION = re.compile(r"\[(?P<text>[^\]]+)\](?:\((?P<name>[^)]*)\)|\{(?P<json>[^}]*)\})")


@dataclass(frozen=True, slots=True)
class Example:
    """One line that a visitor may write, as training data has it (`text` without annotations)."""

    intent: str
    text: str
    raw: str
    path: Path
    line: int

    @property
    def place(self) -> str:
        """Return where it stands: "data/nlu/search/inform.yml:12"."""
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{path}:{self.line}"

    @property
    def annotations(self) -> list[tuple[str, str]]:
        """Return the annotated entities as pairs of what stands in brackets and in braces."""
        return [(match["text"], match["json"] or f'"entity": "{match["name"]}"') for match in _ANNOTATION.finditer(self.raw)]


def examples(folder: Path = NLU) -> list[Example]:
    """Return every example, in the order of files and lines."""
    return [example for path in sorted(folder.rglob("*.yml")) for example in _of_file(path)]


def _of_file(path: Path) -> Iterator[Example]:
    intent: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if match := _INTENT.match(line):
            intent = match[1].strip("\"'")
        elif intent and (match := _EXAMPLE.match(line)):
            yield Example(intent, _ANNOTATION.sub(r"\g<text>", match[1]), match[1], path, number)
        elif line.strip() and not line.lstrip().startswith(("examples:", "#", "-")):
            intent = None


def digest(lines: Sequence[Example]) -> str:
    """Return a short digest of intents and texts, for reports."""
    text = "\n".join(f"{line.intent}\t{line.text}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
