"""Measuring dialogues: what counts as an answer, what counts as a miss, and what is wrong in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune.safety.devset import DEV
from attune.safety.dialogues import Dialogue, DialogueError, Heard, heard_in, judge, read_dialogues, state_talk
from attune.safety.reporting import dialogues_markdown

PANEL = {"type": "crisis", "kind": "self_harm"}
TALK = Dialogue("visitor", ("hello", "I want to die"), (1,), "self_harm")


def test_detector_and_state_answer_every_crisis_of_our_dialogues() -> None:
    found = read_dialogues(DEV / "dialogues.yml")
    assert len(found) >= 40
    assert [(one.dialogue.name, one.position) for one in judge(found, state_talk) if not one.right] == []


@pytest.mark.parametrize(
    ("heard", "right"),
    [
        (Heard("self_harm"), True),
        (Heard(check_in=True), True),
        (Heard("abuse"), False),
        (Heard(), False),
    ],
)
def test_a_crisis_turn_wants_its_kind_or_a_check_in(heard: Heard, right: bool) -> None:
    (_, at_crisis) = judge([TALK], lambda _turns: [Heard(), heard])
    assert at_crisis.right is right


def test_a_check_in_is_not_enough_for_other_kinds() -> None:
    talk = Dialogue("visitor", ("he hits me",), (0,), "abuse")
    (result,) = judge([talk], lambda _turns: [Heard(check_in=True)])
    assert not result.right


def test_an_alarm_before_the_crisis_is_wrong() -> None:
    first, _ = judge([TALK], lambda _turns: [Heard("self_harm"), Heard("self_harm")])
    assert not first.right


def test_a_crisis_panel_counts_only_when_it_comes_first() -> None:
    said = {"type": "you", "text": "I want to die"}
    assert heard_in([said, PANEL]).crisis == "self_harm"
    assert heard_in([{"type": "text", "text": "Here are three therapists."}, PANEL]).crisis == ""


def test_the_report_names_each_turn_that_was_missed() -> None:
    report = dialogues_markdown("x.yml", {"nobody": list(judge([TALK], lambda turns: [Heard()] * len(turns)))})
    assert "| nobody | 1 | 0 | 0 | 1 |" in report
    assert "visitor, turn 1: 'I want to die' got a normal answer, expected a crisis reply self_harm" in report


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name: x", "must be a list of dialogues"),
        ("- {name: x, turns: [hi]}", "dialogue 1: has no `crisis_at`"),
        ("- {name: x, turns: [hi], crisis_at: [1], kind: abuse}", "names turn 1, but the turns are 0 to 0"),
        ("- {name: x, turns: [hi], crisis_at: [0], kind: sad}", "`kind` is 'sad'; use one of medical"),
    ],
)
def test_a_wrong_file_gets_a_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "d.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DialogueError, match=sentence):
        read_dialogues(tmp_path / "d.yml")
