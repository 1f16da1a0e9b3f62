"""Our own development lines: data/safety/dev/*.txt, grouped by headers `## kind tier family` or `## none group`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from attune.safety.views import DATA

DEV = DATA / "dev"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled line.

    Attributes:
        kind: A kind of crisis, or `none`.
        tier: 1 to 4, 0 for `none`.
        family: The family or group it was written for.
        text: The line.
        register: careful, sms or teen.
    """

    kind: str
    tier: int
    family: str
    text: str
    register: str = ""


#: Lines of the other writers, in columns (docs/data-crisis-lines.md).
LINES = DATA / "lines"
#: Lines in the same columns that nobody learns from: on them it is chosen from where on a vote counts.
CALIBRATION = DATA / "calibration"
#: What stands before the family of lines of kind `none`: what only looks like a crisis, and the harmless half of a minimal pair.
GROUPS = {"hard_negatives": "hard ", "letters": "letter ", "voices": "pair "}
TIERS = {"explicit": 2, "coded": 2, "misspelt": 2, "indirect": 3, "passive": 3}


def tier_of(written: str) -> int:
    """Return the tier that a column names by its number or by how it is said; 0 where it names none."""
    return int(written) if written.isdigit() else TIERS.get(written, 0)


def written_lines(folder: Path = LINES) -> Iterator[Example]:
    """Return every line of the other writers; GROUPS says what stands before some families."""
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                group = next((name for stem, name in GROUPS.items() if path.stem.startswith(stem)), "")
                family = group + row["family"] if row["kind"] == "none" else row["family"]
                yield Example(row["kind"], tier_of(row["tier"]), family, row["text"], row["register"])


def dev_lines(folder: Path = DEV) -> Iterator[Example]:
    """Return every development line of the first writer, who also wrote the patterns."""
    for path in sorted(folder.glob("*.txt")):
        kind, tier, family = "none", 0, ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                parts = line[3:].split()
                kind, family = parts[0], parts[-1]
                tier = int(parts[1]) if len(parts) == 3 else 0
            elif line.strip() and not line.startswith("# "):
                hard = "hard " if path.stem == "hard_negatives" else ""
                yield Example(kind, tier, hard + family, line, register_of(line))


def register_of(text: str) -> str:
    """Guess the register from the writing: capitals and full stops are careful, the rest is written in a hurry."""
    return "careful" if text[:1].isupper() else "sms"


NLU = DATA.parent / "nlu"
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def nlu_lines(folder: Path = NLU) -> Iterator[Example]:
    """Return the examples of the understanding, by other writers: crisis intents by kind, all others as ordinary talk."""
    for path in sorted(folder.rglob("*.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            intent = str(group.get("intent", ""))
            head, _, kind = intent.partition("/")
            if not intent:
                continue
            for line in str(group["examples"]).splitlines():
                text = ANNOTATION.sub(r"\1", line.strip().removeprefix("-").strip())
                if text:
                    crisis = head == "crisis"
                    yield Example(kind if crisis else "none", 2 if crisis else 0, intent, text, register_of(text))
