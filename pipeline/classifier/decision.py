"""What to do with a reading: act on it, ask which of two was meant, or say what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.classifier.model import Reading

Kind = Literal["act", "two", "none"]

#: Nothing to offer on a button: nobody taps "something else entirely" or "I am in danger".
NEVER_ASKED = ("out_of_scope", "crisis/")
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Thresholds:
    """From the cross-validation; the values in force stand in config.yml."""

    act: float = 0.5  #: at least so sure: act
    lead: float = 0.3  #: less sure, but so far ahead of the second reading: act too
    two: float = 0.5  #: the first two together at least so likely: ask which


def decide(readings: Sequence[Reading], thresholds: Thresholds) -> Kind:
    """Return what the readings (likeliest first) are worth."""
    first = readings[0]
    second = readings[1] if len(readings) > 1 else Reading("", 0.0)
    if first.confidence >= thresholds.act or first.confidence - second.confidence >= thresholds.lead:
        return "act"
    if first.confidence + second.confidence < thresholds.two:
        return "none"
    if any(reading.name.startswith(NEVER_ASKED) for reading in (first, second)):
        # A doubtful crisis is answered as one; between a request of ours and none, our request is tried.
        return "act" if first.name != OUT_OF_SCOPE else "none"
    return "two"
