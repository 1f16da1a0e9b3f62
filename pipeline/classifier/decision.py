"""What to do with a reading: act on it, ask which of two was meant, or say what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.classifier.model import OUT_OF_SCOPE, Reading

Kind = Literal["act", "two", "none"]

#: Nothing to offer on a button: nobody taps "something else entirely" or "I am in danger".
NEVER_ASKED = (OUT_OF_SCOPE, "crisis/")


@dataclass(frozen=True)
class Thresholds:
    """From lines kept back from tuning; the values in force stand in config.yml."""

    act: float = 0.55  #: at least so sure: act
    lead: float = 0.35  #: less sure, but so far ahead of the second reading: act too
    two: float = 0.35  #: the first two together at least so likely: ask which


def decide(readings: Sequence[Reading], thresholds: Thresholds) -> Kind:
    """Return what the readings (likeliest first) are worth."""
    first = readings[0]
    second = readings[1] if len(readings) > 1 else Reading("", 0.0)
    if first.confidence >= thresholds.act or first.confidence - second.confidence >= thresholds.lead:
        return "act"
    if first.confidence + second.confidence < thresholds.two or first.name == OUT_OF_SCOPE:
        return "none"
    # A doubtful crisis is the crisis gate's to judge; between a request of ours and none, our request is tried.
    return "act" if any(reading.name.startswith(NEVER_ASKED) for reading in (first, second)) else "two"
