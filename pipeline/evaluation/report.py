"""Write a report as Markdown with its pictures beside it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline.evaluation.lines import ROOT
from pipeline.evaluation.metrics import Outcome, confused, per_intent, reliability, summary
from pipeline.evaluation.pictures import confusion_matrix, reliability_curve

REPORTS = ROOT / "reports"
COUNTS = ("lines", "queries")


@dataclass
class Report:
    """Collects the parts of a report."""

    name: str
    parts: list[str] = field(default_factory=list)

    def heading(self, title: str, about: str) -> None:
        """Begin a chapter."""
        self.parts.append(f"## {title}\n\n{about}")

    def figures(self, figures: Mapping[str, float]) -> None:
        """Add a table of named figures; shares as per cent."""
        rows = [f"| {name} | {_shown(name, value)} |" for name, value in figures.items()]
        self.parts.append("\n".join(["| | |", "| --- | ---: |", *rows]))

    def outcomes(self, outcomes: Sequence[Outcome], slug: str) -> None:
        """Add everything that there is to say about measured lines."""
        self.figures(summary(outcomes))
        folder = REPORTS / self.name
        folder.mkdir(parents=True, exist_ok=True)
        confusion_matrix(outcomes, folder / f"{slug}-confusion.png")
        reliability_curve(outcomes, folder / f"{slug}-reliability.png")
        self.parts.append(
            f"![Confusion matrix]({self.name}/{slug}-confusion.png)\n\n![Reliability]({self.name}/{slug}-reliability.png)"
        )
        self.table(("confidence", "right", "lines"), [(f"{a:.2f}", f"{b:.2f}", str(n)) for a, b, n in reliability(outcomes)])
        self.table(("is", "read as", "times"), [(a, b, str(n)) for a, b, n in confused(outcomes)])
        rows = [(s.intent, f"{s.precision:.2f}", f"{s.recall:.2f}", str(s.lines)) for s in per_intent(outcomes)]
        self.table(("intent", "precision", "recall", "lines"), rows)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table."""
        lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
        self.parts.append("\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]))

    def write(self, about: Mapping[str, str]) -> Path:
        """Write the report and return its path."""
        REPORTS.mkdir(exist_ok=True)
        path = REPORTS / f"{self.name}.md"
        facts = {"commit": commit(), "date": datetime.now(UTC).strftime("%Y-%m-%d"), **about}
        head = "\n".join(["# Understanding, measured", "", *(f"- {name}: {value}" for name, value in facts.items())])
        path.write_text("\n\n".join([head, *self.parts]) + "\n", encoding="utf-8")
        return path


def _shown(name: str, value: float) -> str:
    if name in COUNTS:
        return f"{value:.0f}"
    return f"{value:.1f}" if "ms" in name else f"{100 * value:.1f} %"


def commit() -> str:
    """Return the commit that is measured, with "+" where files were changed since."""
    git = ["git", "-C", str(ROOT)]
    done = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    changed = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=False).stdout
    return (done.stdout.strip() or "unknown") + ("+" if changed.strip() else "")
