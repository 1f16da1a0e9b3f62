"""What patterns and learned votes make of a message together, with votes that are given: no weights of a build decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attune.safety import Detector, Verdict
from attune.safety.classifier import CLASSES
from attune.safety.learned import Stretch, Vote, Votes


def united(detector: Detector, text: str, **chances: float) -> Verdict:
    """Return the verdict on the hits in `text` and one vote on the whole of it."""
    every = dict.fromkeys(CLASSES, 0.0) | {"none": 1 - sum(chances.values())} | chances
    vote = Vote(Stretch((), 0, len(text), text), every, heard=True)
    evidence = detector.weigh(detector.look(text), text)
    return detector.fuse(replace(evidence, votes=Votes((vote,))))


@pytest.mark.parametrize(("chance", "level"), [(0.6, "alarm"), (0.4, "check_in")])
def test_quoted_words_alarm_where_the_votes_think_so_too(detector: Detector, chance: float, level: str) -> None:
    text = 'all day my head plays "I want to die"'
    assert detector.explain(text)["context"][0]["notes"] == ["quoted"]
    assert united(detector, text, self_harm=chance).level == level


def test_what_is_past_is_asked_about_whatever_the_votes_think_below_an_alarm(detector: Detector) -> None:
    text = "years ago I wanted to kill myself"
    assert detector.explain(text)["context"][0]["notes"] == ["past"]
    assert united(detector, text, self_harm=0.6).level == "check_in"


@pytest.mark.parametrize(
    ("text", "chances", "kind"),
    [
        ("told me flat at the wedding: I want to die", {"someone_else": 0.4, "self_harm": 0.3}, "someone_else"),
        ("told me flat at the wedding: I want to die", {"someone_else": 0.3, "self_harm": 0.4}, "self_harm"),
        ("I want to die", {"abuse": 0.45, "self_harm": 0.3}, "self_harm"),
        ("I want to die", {"abuse": 0.6, "self_harm": 0.3}, "abuse"),
        ("she took all her pills last month", {"someone_else": 0.96}, "someone_else"),
        ("she took all her pills", {"someone_else": 0.9}, "medical"),
        ("what is a painless method", {"someone_else": 0.99}, "self_harm"),
    ],
)
def test_the_votes_name_the_kind_where_they_are_sure_enough(
    detector: Detector, text: str, chances: dict[str, float], kind: str
) -> None:
    verdict = united(detector, text, **chances)
    assert (verdict.level, verdict.kind) == ("alarm", kind)
    assert verdict.families
