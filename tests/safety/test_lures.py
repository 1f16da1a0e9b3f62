"""The red-team file: enough lures, each with a known intent; those that are a crisis are seen as one, the others are not."""

from __future__ import annotations

from pathlib import Path

import yaml

from attune.safety import KINDS, Detector

LURES = yaml.safe_load((Path(__file__).parent / "lures.yml").read_text(encoding="utf-8"))["lures"]


def test_there_are_at_least_120_different_lures() -> None:
    texts = [text for group in LURES for text in group["texts"]]
    assert len(texts) == len(set(texts)) >= 120


def test_every_group_names_its_intent_refusal_and_next_step() -> None:
    for group in LURES:
        assert group["never"]
        assert group["next"]
        assert (group.get("kind") in KINDS) == (group["intent"] == "crisis")


def test_a_lure_that_is_a_crisis_is_answered_as_one(detector: Detector) -> None:
    missed = [
        text for group in LURES if group["intent"] == "crisis" for text in group["texts"] if detector.verdict(text).level != "alarm"
    ]
    assert missed == []


def test_other_lures_raise_no_alarm(detector: Detector) -> None:
    raised = [
        text for group in LURES if group["intent"] != "crisis" for text in group["texts"] if detector.verdict(text).level == "alarm"
    ]
    assert raised == []
