"""The development lines: each has a label, and none is a frozen test line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from attune.safety.classifier import CLASSES
from attune.safety.devset import CALIBRATION, Example, dev_lines, nlu_lines, written_lines

FROZEN = Path(__file__).parents[1] / "frozen" / "safety"


def bare(text: str) -> str:
    """Return a line as its letters and digits."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def development() -> list[Example]:
    """Return what patterns, n-grams and the encoder are made with."""
    return [*written_lines(), *dev_lines()]


def frozen() -> set[str]:
    """Return the frozen lines, bare."""
    found = set()
    for path in FROZEN.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {bare(row["text"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    return found


def test_no_development_line_is_a_frozen_line() -> None:
    tested = frozen()
    assert len(tested) > 3000
    every = [*development(), *written_lines(CALIBRATION)]
    assert Counter(line.family for line in every if bare(line.text) in tested) == {}


def test_no_line_that_thresholds_are_chosen_on_was_learned_from() -> None:
    taught = {bare(line.text) for line in (*development(), *nlu_lines())}
    untaught = list(written_lines(CALIBRATION))
    assert len(untaught) > 3000
    assert [line.text for line in untaught if bare(line.text) in taught] == []


def test_every_line_has_a_kind_and_words() -> None:
    bad = [line for line in (*development(), *written_lines(CALIBRATION)) if line.kind not in CLASSES or not line.text.strip()]
    assert bad == []
