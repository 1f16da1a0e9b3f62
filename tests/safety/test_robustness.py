"""Nothing about writing hides a crisis, and nothing about a text makes detection slow."""

from __future__ import annotations

import random
import string
import time

import pytest

from attune.safety import Detector
from attune.safety.fallback import fallback_verdict

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


def adversarial() -> list[str]:
    """A thousand strings made to be slow: repeated anchors, near hits, nesting, noise."""
    rng = random.Random(1)
    words = [
        "i",
        "want",
        "to",
        "not",
        "die",
        "kill",
        "my",
        "self",
        "he",
        "she",
        "hits",
        "me",
        "if",
        "when",
        "and",
        "gun",
        "pills",
        "took",
        "the",
        "of",
        "a",
        "hope",
        "wish",
        "no",
        "one",
        "would",
        "never",
    ]
    texts = [(f"{rng.choice(words)} " * 900)[:4000] for _ in range(100)]
    texts += [" ".join(rng.choice(words) for _ in range(700)) for _ in range(500)]
    texts += ["".join(rng.choice(string.printable) for _ in range(2000)) for _ in range(200)]
    texts += [rng.choice("*!@$_") * 2000 + "kill" for _ in range(50)]
    texts += [("k" + rng.choice("*!._ ") + "i") * 600 for _ in range(50)]
    texts += [" ".join(rng.choice(string.ascii_lowercase) for _ in range(1500)) for _ in range(50)]
    return texts + ["i" * rng.randrange(1, 4000) for _ in range(50)]


def test_no_adversarial_text_is_slow(detector: Detector) -> None:
    detector.verdict("warm up")
    texts = adversarial()
    assert len(texts) == 1000
    slow = []
    for text in texts:
        best = 1.0
        for _ in range(3):  # the machine is shared: the best of three counts
            begun = time.process_time()
            detector.verdict(text)
            best = min(best, time.process_time() - begun)
            if best < 0.05:
                break
        if best >= 0.05:
            slow.append((round(best, 3), text[:60]))
    assert slow == []


def test_the_median_message_takes_at_most_three_milliseconds(detector: Detector) -> None:
    from attune.safety.devset import dev_lines

    times = []
    for example in list(dev_lines())[::5]:
        begun = time.process_time()
        detector.verdict(example.text)
        times.append(time.process_time() - begun)
    assert sorted(times)[len(times) // 2] <= 0.003


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
