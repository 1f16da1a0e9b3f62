"""The two learned votes: they see what no pattern lists, know ordinary talk, and each goes on without the other."""

from __future__ import annotations

import pytest

from attune.safety import Detector
from attune.safety.classifier import CLASSES
from attune.safety.learned import LONGEST, Learned, Stretch, Vote, Votes, stretches
from attune.safety.meaning import Meaning

CALM = (
    "My sister sent me the link to this page because she found somebody here two years ago and still talks about how much it "
    "helped her. I have never done anything like it, so I read a little first about how a session goes and what it costs here. "
)
MORE = (
    "I work shifts at the hospital laundry, which makes mornings hard, and my daughter has dance on Tuesdays. What I am after "
    "is a woman with some patience, in the west end or online, who does not mind if I need a while before I get to the point. "
)


def score(detector: Detector, text: str) -> float:
    return detector.learned.votes(detector.spelling.views(text), text).worst.crisis


@pytest.mark.parametrize(
    "text",
    [
        "by this time tomorrow none of this will be my problem any more, nor will I be anyone's",
        pytest.param(
            "i picked the day and the dog has a new home already",
            marks=pytest.mark.xfail(strict=True, reason="seen until the lines whose danger two readers disputed left the training"),
        ),
        "half the bottle is gone, i feel so heavy and cold",
    ],
)
def test_a_crisis_in_words_that_no_pattern_lists_is_seen(detector: Detector, text: str) -> None:
    assert not any(one.hits for one in detector.look(text))
    assert detector.verdict(text).level != "none"


@pytest.mark.parametrize(
    "text", ["what is attunement", "somebody somatic in Moncton under $120", "I cried at work again today", "thanks, that helps"]
)
def test_ordinary_talk_scores_low(detector: Detector, text: str) -> None:
    assert score(detector, text) < detector.learned.thresholds.check_in


def test_a_crisis_in_the_middle_of_a_long_message_is_judged_by_itself(detector: Detector) -> None:
    assert detector.verdict(CALM + MORE).level != "alarm"
    assert score(detector, CALM + "Tonight I am going to end my life. " + MORE) > detector.learned.thresholds.alarm


@pytest.mark.parametrize("text", ["I want to kill myself", "I took all my pills", "he locks me in", "ｉ ｗａｎｔ ｔｏ ｄｉｅ"])
def test_no_doubt_lowers_what_a_pattern_finds_deep_in_a_long_message(detector: Detector, text: str) -> None:
    calm = CALM + MORE
    assert detector.verdict(f"{calm} {text}. {calm}").level == "alarm"


def test_a_mended_text_is_judged_as_well(detector: Detector) -> None:
    assert score(detector, "ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ") == pytest.approx(
        score(detector, "i want to kill myself"), abs=0.2
    )


def test_short_texts_are_read_whole_and_long_ones_in_stretches(detector: Detector) -> None:
    text = "A few  words!"
    assert [stretch.text for stretch in stretches(detector.spelling.views(text)[0], text)] == [text]
    text = " ".join(f"Word{number}" for number in range(200))
    found = stretches(detector.spelling.views(text)[0], text)
    assert found[0].text.startswith("Word0 ")
    assert found[-1].text.endswith(" Word199")
    assert all(len(stretch.words) <= LONGEST for stretch in found)
    assert {word for stretch in found for word in stretch.text.split()} == set(text.split())


def test_hits_elsewhere_do_not_keep_the_encoder_from_the_worst_stretch(detector: Detector) -> None:
    text = f"{CALM}{MORE} I picked the day to end it, and the dog has a new home already. {CALM}{MORE}{CALM}{MORE}"
    elsewhere = [(0, 10), (len(text) // 2, len(text) // 2 + 10), (len(text) - 10, len(text))]
    worst = detector.learned.votes(detector.spelling.views(text), text, elsewhere).worst
    assert worst.heard
    assert "I picked the day" in worst.stretch.text


def vote(start: int, end: int, none: float, heard: bool = True) -> Vote:
    chances = dict.fromkeys(CLASSES, 0.0) | {"none": none, "abuse": 1 - none}
    return Vote(Stretch((), start, end, ""), chances, heard)


def test_only_what_stands_around_a_place_speaks_against_it() -> None:
    votes = Votes((vote(0, 100, 0.99), vote(50, 150, 0.1), vote(100, 200, 0.99, heard=False)))
    assert votes.below((40, 60), 0.5)
    assert not votes.below((90, 110), 0.5), "the stretch around it is no ordinary talk"
    assert not votes.below((150, 160), 0.5), "only one vote was cast there"
    assert votes.worst is votes.parts[1]


def test_where_the_encoder_reads_nothing_the_worst_of_the_ngrams_counts() -> None:
    votes = Votes((vote(0, 100, 0.99, heard=False), vote(50, 150, 0.1, heard=False)))
    assert votes.worst is votes.parts[1]


class Broken:
    """An encoder that cannot embed."""

    def embed(self, text: str) -> None:
        raise RuntimeError(text)


def test_without_the_encoder_the_other_votes_go_on_and_no_text_is_logged(
    detector: Detector, caplog: pytest.LogCaptureFixture
) -> None:
    learned = detector.learned
    deaf = Learned(learned.ngrams, Meaning(learned.meaning.directions, Broken()), learned.fusion, learned.thresholds)  # type: ignore[arg-type]
    text = "I want to kill myself"
    vote = deaf.votes(detector.spelling.views(text), text).worst
    assert vote.crisis > 0.5
    assert not vote.heard, "votes that are not all cast may doubt nothing"
    assert "RuntimeError" in caplog.text
    assert "kill" not in caplog.text


def test_a_language_without_directions_is_read_by_the_other_votes() -> None:
    assert Meaning.load("fr").chances("je veux mourir") is None
