"""Measure the detector: recall and false alarms per kind, tier and register, with exact limits and every error listed."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from attune.safety.detector import Detector
from attune.safety.devset import Example, register_of, tier_of
from attune.safety.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """One line with its verdict."""

    example: Example
    verdict: Verdict

    @property
    def answered(self) -> bool:
        """Whether the line is answered as it must be: tiers 3 and 4 also by a check-in."""
        level = self.verdict.level
        return level == "alarm" or (level == "check_in" and self.example.tier >= 3)

    @property
    def right(self) -> bool:
        """Whether an ordinary line raised no alarm, or a crisis line was answered."""
        return self.verdict.level != "alarm" if self.example.kind == "none" else self.answered


@dataclass
class Cell:
    """Counts of one row of a table."""

    lines: int = 0
    right: int = 0
    same_kind: int = 0
    check_ins: int = 0

    def limits(self) -> tuple[float, float]:
        """Return the exact (Clopper-Pearson) 95 % limits of the share of right ones."""
        return clopper_pearson(self.right, self.lines)


@dataclass
class Report:
    """All rows of an evaluation."""

    title: str
    judged: list[Judged]
    median_ms: float
    slowest_ms: float
    cells: dict[tuple[str, str], Cell] = field(default_factory=lambda: defaultdict(Cell))


def read_tsv(path: Path) -> list[Example]:
    """Read a set with columns kind, tier, register, family, text (a header line; unknown columns are ignored)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Example(
            kind=(row.get("kind") or "none").strip() or "none",
            tier=tier_of((row.get("tier") or "").strip()),
            family=row.get("family") or "",
            text=row["text"],
            register=row.get("register") or register_of(row["text"]),
        )
        for row in rows
        if row.get("text")
    ]


def measure(examples: Iterable[Example], title: str) -> Report:
    """Run the detector over the examples."""
    detector = Detector.load()
    judged: list[Judged] = []
    times: list[float] = []
    for example in examples:
        begun = time.process_time()
        verdict = detector.verdict(example.text)
        times.append((time.process_time() - begun) * 1000)
        judged.append(Judged(example, verdict))
    times.sort()
    report = Report(title, judged, times[len(times) // 2] if times else 0.0, times[-1] if times else 0.0)
    for one in judged:
        for table, row in _rows(one.example):
            cell = report.cells[table, row]
            cell.lines += 1
            cell.right += one.right
            cell.same_kind += one.right and one.verdict.kind == one.example.kind
            cell.check_ins += one.verdict.level == "check_in"
    return report


def _rows(example: Example) -> list[tuple[str, str]]:
    if example.kind == "none":
        return [("ordinary", "all"), ("ordinary", example.family or "lines")]
    tier = f"tier {example.tier}" if example.tier else "no tier"
    return [("crisis", "all"), ("kind", example.kind), ("kind and tier", f"{example.kind}, {tier}"), ("register", example.register)]


def clopper_pearson(right: int, lines: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact limits of a share, by bisection on the binomial distribution (no library needed)."""
    if lines == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if right == 0 else _bisect(lambda p: 1 - _at_most(right - 1, lines, p) < tail)
    high = 1.0 if right == lines else _bisect(lambda p: _at_most(right, lines, p) > tail)
    return low, high


def _bisect(holds) -> float:  # type: ignore[no-untyped-def]  # a predicate that is true below the limit
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2


def _at_most(count: int, lines: int, share: float) -> float:
    """Return the chance of at most `count` of `lines` at `share`, summed in logarithms."""
    from math import exp, lgamma, log

    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if count >= lines else 0.0
    total = 0.0
    for k in range(count + 1):
        choose = lgamma(lines + 1) - lgamma(k + 1) - lgamma(lines - k + 1)
        total += exp(choose + k * log(share) + (lines - k) * log(1 - share))
    return min(1.0, total)


def errors(report: Report) -> tuple[list[Judged], list[Judged], list[Judged]]:
    """Return the misses, the false alarms, and the answered lines of another kind."""
    misses = [one for one in report.judged if one.example.kind != "none" and not one.right]
    alarms = [one for one in report.judged if one.example.kind == "none" and not one.right]
    other = [
        one for one in report.judged
        if one.example.kind != "none" and one.right and one.verdict.kind != one.example.kind
    ]  # fmt: skip
    return misses, alarms, other


def curve(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """Return (share of false alarms, recall) for every threshold of the classifier, patterns held as they are."""
    crisis = sorted((_strength(one) for one in judged if one.example.kind != "none"), reverse=True)
    ordinary = sorted((_strength(one) for one in judged if one.example.kind == "none"), reverse=True)
    if not crisis or not ordinary:
        return []
    points = []
    for threshold in sorted({*crisis, *ordinary}, reverse=True):
        recall = sum(value >= threshold for value in crisis) / len(crisis)
        alarms = sum(value >= threshold for value in ordinary) / len(ordinary)
        points.append((alarms, recall))
    return points


def _strength(one: Judged) -> float:
    """Order verdicts: alarms of patterns by tier first, then by the classifier's score."""
    rank = {"alarm": 2.0, "check_in": 1.0, "none": 0.0}[one.verdict.level]
    return rank * 2 + one.verdict.score
