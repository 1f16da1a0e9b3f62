"""A thousand texts made to be slow: repeated anchors, near hits, nesting, noise. The same ones every time."""

from __future__ import annotations

import random
import string
import time

from attune.safety.detector import Detector

WORDS = tuple("i want to not die kill my self he she hits me if when and gun pills took the of a hope no one would never".split())  # noqa: SIM905  # a list of one-letter strings reads worse


def adversarial(seed: int = 1) -> list[str]:
    """Return the texts."""
    rng = random.Random(seed)  # noqa: S311  # repeatable noise, no secret
    texts = [(f"{rng.choice(WORDS)} " * 900)[:4000] for _ in range(100)]
    texts += [" ".join(rng.choice(WORDS) for _ in range(700)) for _ in range(500)]
    texts += ["".join(rng.choice(string.printable) for _ in range(2000)) for _ in range(200)]
    texts += [rng.choice("*!@$_") * 2000 + "kill" for _ in range(50)]
    texts += [("k" + rng.choice("*!._ ") + "i") * 600 for _ in range(50)]
    texts += [" ".join(rng.choice(string.ascii_lowercase) for _ in range(1500)) for _ in range(50)]
    return texts + ["i" * rng.randrange(1, 4000) for _ in range(50)]


def slowest_ms(detector: Detector) -> list[float]:
    """Return the milliseconds of CPU time that each text takes, the slowest first; the best of two, on a warm detector."""
    times = []
    for text in adversarial():
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            detector.verdict(text)
            best = min(best, (time.process_time() - begun) * 1000)
        times.append(best)
    return sorted(times, reverse=True)
