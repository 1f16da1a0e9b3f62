"""Nothing about writing hides a crisis, and nothing about a text makes detection slow."""

from __future__ import annotations

import sys

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from attune.safety import Detector
from attune.safety.adversarial import adversarial
from attune.safety.fallback import fallback_verdict
from attune.safety.patterns import SHORT, WINDOWS

WAYS = [
    "I WANT TO DIE",
    "i wnat to die",
    "i want to kil myself",
    "I want to k!ll myself",
    "su*cide is on my mind",
    "suic1dal",
    "s u i c i d a l",
    "k i l l myself",
    "i w a n t t o d i e",
    "killmyself",
    "iwanttodie",
    "wannadie",
    "i want to dieeeee",
    "ｉ ｗａｎｔ ｔｏ ｄｉｅ",
    "i want to d\u200bi\u200be",
    "i w\u0430nt to di\u0435",
    "𝐈 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞",
    "í wánt tó díe",
    "i want to die 💀😂",
    "🙂🙂🙂 i want to die 🙂🙂🙂",
    "un-alive myself",
    "s3lf h@rm again",
    "sucidal thoughts",
    "i want to kill mysef",
    "i\nwant\tto   die",
    "“I want to die”, I think every day",
]


@pytest.mark.parametrize("text", WAYS)
def test_writing_hides_nothing(detector: Detector, text: str) -> None:
    assert detector.verdict(text).level == "alarm"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("i wnat 2 dei", "C002"),
        ("dont deserve 2 b alive", "C002"),
        ("goin 2 end my lfie", "C001"),
        ("ill kill myself 2nite", "C001"),
        ("my mum's suicidal", "C095"),
        ("my bf's talking about suicide", "C095"),
        ("my freind wants to die", "C095"),
        ("plan b is 2 sessions, 2 kids and a vitamin b", None),
        ("are you free at 2 or 3", None),
    ],
)
def test_what_is_written_as_it_sounds_is_read(detector: Detector, text: str, family: str | None) -> None:
    found = {hit["family"] for hit in detector.explain(text)["hits"]}
    assert family in found if family else not found


@pytest.mark.parametrize("length", [100, 500, 1000, 1950, 3900, 20000])
@pytest.mark.parametrize("place", ["start", "end"])
def test_a_hit_at_either_end_of_a_long_message(detector: Detector, length: int, place: str) -> None:
    filler = ("We talked about the garden and the weather and my sister came by with her dog. " * 300)[:length]
    text = f"I want to kill myself. {filler}" if place == "start" else f"{filler}. I want to kill myself"
    assert detector.verdict(text).level == "alarm"


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "👍", "?", "....", "a" * 5000, "\ud800", "1" * 3000])
def test_odd_texts_do_not_fail(detector: Detector, text: str) -> None:
    assert not detector.verdict(text).fallback


def test_a_slip_in_any_place_of_a_long_key_word(detector: Detector) -> None:
    word = "suicidal"
    slips = [word[:at] + word[at + 1 :] for at in range(1, len(word))]
    slips += [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)]
    missed = [slip for slip in slips if detector.verdict(f"I am {slip}").level != "alarm"]
    assert missed == []


def calls(detector: Detector, text: str) -> int:
    """How many calls one verdict takes: a measure of work that no other process on the machine can change."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        detector.verdict(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", adversarial()[::40], ids=range(25))
def test_work_grows_no_faster_than_the_text(detector: Detector, text: str) -> None:
    part = text[:300] + " "
    detector.verdict(part * 8)  # spaCy's matchers are made when first needed
    work = [calls(detector, part * times) for times in (2, 4, 8)]
    assert work[1] <= 2.5 * work[0]
    assert work[2] <= 2.5 * work[1]


@pytest.mark.parametrize("text", adversarial()[::40], ids=range(25))
def test_beyond_four_thousand_characters_more_text_is_no_more_work(detector: Detector, text: str) -> None:
    part = text[:300] + " "
    detector.verdict(part * 40)
    assert calls(detector, part * 40) <= 1.2 * calls(detector, part * 13)


def test_no_text_makes_spacy_look_at_more_than_a_few_stretches(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def counting(vocab: Vocab, words: list[str]) -> Doc:
        looked.append(len(words))
        return Doc(vocab, words=words)

    monkeypatch.setattr("attune.safety.patterns.Doc", counting)
    for text in adversarial()[::10]:
        looked.clear()
        libraries = 3 * len(detector.spelling.views(text))
        assert not detector.verdict(text).fallback
        assert sum(looked) <= libraries * WINDOWS * SHORT
        assert max(looked, default=0) <= SHORT


def test_when_detection_fails_a_raw_key_word_decides(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(detector, "_verdict", broken)
    assert detector.verdict("I feel suicidal").level == "alarm"
    assert detector.verdict("I feel suicidal").fallback
    assert detector.verdict("a therapist in Guelph").level == "none"


def test_the_fallback_never_raises() -> None:
    class Bad:
        def __str__(self) -> str:
            raise ValueError("no text")

    assert fallback_verdict(Bad()).level == "none"
    assert fallback_verdict("kill myself").kind == "self_harm"
