"""Lines that tuned encoders are compared on: of known intents, and neither training nor frozen test lines."""

from __future__ import annotations

from pipeline.evaluation.lines import FROZEN, ROOT, read_lines
from pipeline.training_data import examples
from tests.safety.test_lines import bare


def test_no_validation_line_was_learned_from_or_is_a_frozen_line() -> None:
    validation = read_lines(ROOT / "data" / "validation" / "intents.tsv")
    taught, frozen = examples(), read_lines(FROZEN / "intents.tsv")
    assert len(validation) > 500
    assert {line.label for line in validation} <= {line.intent for line in taught}
    known = {bare(line.text) for line in (*taught, *frozen)}
    assert [line.text for line in validation if bare(line.text) in known] == []
