"""Figures from readings: accuracy, per-intent precision and recall, calibration, refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.classifier.decision import Kind
from pipeline.classifier.model import OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line measured: what it is, what was read (two likeliest), how surely, and what was done."""

    label: str
    text: str
    first: str
    second: str
    confidence: float
    kind: Kind
    milliseconds: float = 0.0

    @property
    def right(self) -> bool:
        """Return whether the likeliest reading is the right one."""
        return self.first == self.label

    @property
    def right_of_two(self) -> bool:
        """Return whether the right reading is among the first two."""
        return self.label in (self.first, self.second)

    @property
    def refused(self) -> bool:
        """Return whether the visitor hears that the service cannot do this, or is asked to say it differently."""
        return self.kind == "none" or (self.kind == "act" and self.first == OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of one intent."""

    intent: str
    precision: float
    recall: float
    lines: int


def share(values: Sequence[bool]) -> float:
    """Return the share of true values; of none it is 0."""
    return sum(values) / len(values) if values else 0.0


def summary(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the figures of the report's first table."""
    acted = [outcome for outcome in outcomes if outcome.kind == "act"]
    asked = [outcome for outcome in outcomes if outcome.kind == "two"]
    ours = [outcome for outcome in outcomes if outcome.label != OUT_OF_SCOPE]
    others = [outcome for outcome in outcomes if outcome.label == OUT_OF_SCOPE]
    times = sorted(outcome.milliseconds for outcome in outcomes)
    return {
        "lines": len(outcomes),
        "right at one": share([o.right for o in outcomes]),
        "right at two": share([o.right_of_two for o in outcomes]),
        "acted on": len(acted) / (len(outcomes) or 1),
        "right where acted on": share([o.right for o in acted]),
        "asked which of two": len(asked) / (len(outcomes) or 1),
        "right one among the two asked": share([o.right_of_two for o in asked]),
        "out-of-scope recall": share([o.refused for o in others]),
        "out of scope, refused or asked back": share([o.refused or o.kind == "two" for o in others]),
        "false refusals of our own lines": share([o.refused for o in ours]),
        "calibration error": calibration_error(outcomes),
        "median ms a line": times[len(times) // 2] if times else 0.0,
        "95th percentile ms": times[int(len(times) * 0.95)] if times else 0.0,
    }


def per_intent(outcomes: Sequence[Outcome]) -> list[Score]:
    """Return precision and recall of every intent, the worst recall first."""
    right = Counter(outcome.label for outcome in outcomes if outcome.right)
    said = Counter(outcome.first for outcome in outcomes)
    lines = Counter(outcome.label for outcome in outcomes)
    scores = [Score(name, right[name] / (said[name] or 1), right[name] / count, count) for name, count in lines.items()]
    return sorted(scores, key=lambda score: (score.recall, score.intent))


def confused(outcomes: Sequence[Outcome], most: int = 25) -> list[tuple[str, str, int]]:
    """Return the commonest confusions: what it was, what it was taken for, how often."""
    pairs = Counter((outcome.label, outcome.first) for outcome in outcomes if not outcome.right)
    return [(label, first, count) for (label, first), count in pairs.most_common(most)]


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> list[tuple[float, float, int]]:
    """Return for each tenth of confidence: mean confidence, share of right readings, number of lines."""
    groups: list[list[Outcome]] = [[] for _ in range(bins)]
    for outcome in outcomes:
        groups[min(int(outcome.confidence * bins), bins - 1)].append(outcome)
    return [
        (sum(o.confidence for o in group) / len(group), share([o.right for o in group]), len(group)) for group in groups if group
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Return the expected calibration error: how far confidence is from being a frequency, on average."""
    total = len(outcomes) or 1
    return sum(abs(mean - right) * count for mean, right, count in reliability(outcomes)) / total
