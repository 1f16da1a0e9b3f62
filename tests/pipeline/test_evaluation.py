"""Figures that are easy to get wrong, on lines small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.lines import LinesError, canonical, read_lines, read_queries
from pipeline.evaluation.measure import query_scores
from pipeline.evaluation.metrics import Outcome, calibration_error, confused, per_intent, summary
from pipeline.evaluation.report import Report

OUTCOMES = [
    Outcome("greet", "hi", "greet", "thank", 0.9, "act"),
    Outcome("greet", "yo", "thank", "greet", 0.4, "two"),
    Outcome("thank", "ta", "thank", "greet", 0.8, "act"),
    Outcome("thank", "x", "out_of_scope", "thank", 0.7, "act"),
    Outcome("out_of_scope", "weather", "out_of_scope", "greet", 0.6, "act"),
    Outcome("out_of_scope", "bread", "greet", "thank", 0.2, "none"),
]


def test_the_summary_counts_what_it_says() -> None:
    figures = summary(OUTCOMES)
    assert figures["right at one"] == pytest.approx(3 / 6)
    assert figures["right at two"] == pytest.approx(5 / 6)
    assert figures["right where acted on"] == pytest.approx(3 / 4)
    assert figures["right one among the two asked"] == 1
    assert figures["out-of-scope recall"] == 1
    assert figures["false refusals of our own lines"] == pytest.approx(1 / 4)


def test_precision_and_recall_stand_with_their_intent() -> None:
    scores = {score.intent: score for score in per_intent(OUTCOMES)}
    assert (scores["greet"].precision, scores["greet"].recall) == (0.5, 0.5)
    assert confused(OUTCOMES)[0][2] == 1


def test_confidence_that_is_a_frequency_has_no_calibration_error() -> None:
    half = [Outcome("a", "", "a", "b", 0.5, "act"), Outcome("a", "", "b", "a", 0.5, "act")]
    assert calibration_error(half) == pytest.approx(0)


def test_lines_are_read_with_and_without_labels(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("# note\ngreet\thi\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("text\nbake bread\n", encoding="utf-8")
    (tmp_path / "c.tsv").write_text("no tab here\n", encoding="utf-8")
    assert [(line.label, line.text) for line in read_lines(tmp_path / "a.tsv")] == [("greet", "hi")]
    assert [line.label for line in read_lines(tmp_path / "b.tsv")] == ["out_of_scope"]
    with pytest.raises(LinesError, match=r"c\.tsv:1"):
        read_lines(tmp_path / "c.tsv")


def test_a_query_is_right_only_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    wishes = "{entity: city, value: Toronto}, {entity: gender, value: woman"
    path.write_text(
        f'- {{text: "a woman in Toronto, if possible", entities: [{wishes}}}]}}\n- {{text: "hello", entities: []}}\n',
        encoding="utf-8",
    )
    figures, wrong = query_scores(read_queries(path))
    assert figures["whole query exact"] == 0.5
    assert figures["exact but for must, nice and not"] == 1
    assert len(wrong) == 1


def test_values_compare_however_they_are_written() -> None:
    assert canonical(140.0) == canonical("140") == canonical(140)
    assert canonical(True) == canonical("true")


def test_a_report_names_commit_and_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.evaluation.report.REPORTS", tmp_path)
    report = Report("small")
    report.heading("Lines", "Six.")
    report.outcomes(OUTCOMES, "six")
    text = report.write({"training data": "digest abc"}).read_text(encoding="utf-8")
    assert "- commit: " in text
    assert "digest abc" in text
    assert (tmp_path / "small" / "six-confusion.png").stat().st_size > 1000
    assert (tmp_path / "small" / "six-reliability.png").exists()
