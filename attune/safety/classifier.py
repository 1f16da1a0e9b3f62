"""A small classifier that knows no pattern: character and word n-grams into logistic regression.

Its weights are built by scripts/build_safety_classifier.py from data/safety/dev and read as they are; nothing
but numpy is needed to use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attune.safety.tokens import END
from attune.safety.verdict import KINDS
from attune.safety.views import DATA, View

CLASSES = ("none", *KINDS)
LONGEST = 60


@dataclass(frozen=True)
class Classifier:
    """Weights and thresholds.

    Attributes:
        features: n-gram to row.
        weights: One row a feature, one column a class.
        bias: One value a class.
        high: From here on the classifier alone raises an alarm.
        middle: From here on it asks for a check-in.
        low_with_hit: From here on an ambiguous hit becomes an alarm.
        doubt: Below this a passive hit (tier 3) asks for a check-in instead of an alarm.
        doubt_explicit: The same for hits of tiers 1 and 2 of families that are no explicit statements.
    """

    features: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    high: float = 2.0
    middle: float = 2.0
    low_with_hit: float = 2.0
    doubt: float = 0.06
    doubt_explicit: float = 0.012

    @classmethod
    def load(cls, language: str) -> Classifier:
        """Read the weights of `language`; without them the classifier says nothing."""
        path = DATA / language / "classifier.npz"
        if not path.exists():
            return cls({}, np.zeros((0, len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32))
        with np.load(path, allow_pickle=False) as data:
            names = bytes(data["features"]).decode("utf-8").split("\n")
            high, middle, low = (float(value) for value in data["thresholds"])
            weights = data["weights"].astype(np.float32)
            return cls({name: row for row, name in enumerate(names)}, weights, data["bias"], high, middle, low)

    def scores(self, view: View) -> dict[str, float]:
        """Return the probability of each class; a long message is judged by its worst stretch."""
        if not self.features:
            return {name: float(name == "none") for name in CLASSES}
        words = [token.word for token in view.tokens if token.word != END]
        starts = list(range(0, max(1, len(words) - LONGEST // 2), LONGEST // 2))
        parts = starts if len(starts) <= 6 else [*starts[:3], *starts[-3:]]
        best = min((self._chances(words[start : start + LONGEST]) for start in parts), key=lambda chances: float(chances[0]))
        return {name: float(value) for name, value in zip(CLASSES, best, strict=True)}

    def crisis(self, words: list[str]) -> float:
        """Return the probability that `words` are a crisis message of any kind."""
        return 1.0 - float(self._chances(words)[0])

    def _chances(self, words: list[str]) -> npt.NDArray[np.float64]:
        rows = [row for feature in set(ngrams(words)) if (row := self.features.get(feature)) is not None]
        scale = 1.0 / max(1.0, float(len(rows))) ** 0.5
        raw = self.bias + scale * self.weights[rows].sum(axis=0)
        powers = np.exp(raw.astype(np.float64) - raw.max())
        chances: npt.NDArray[np.float64] = powers / powers.sum()
        return chances


def ngrams(words: list[str]) -> Iterator[str]:
    """Return word 1- to 3-grams (`w:`) and, within words, character 3- to 5-grams (`c:`)."""
    for size in (1, 2, 3):
        for at in range(len(words) - size + 1):
            yield "w:" + " ".join(words[at : at + size])
    for word in words:
        padded = f"<{word}>"
        for size in (3, 4, 5):
            for at in range(len(padded) - size + 1):
                yield "c:" + padded[at : at + size]
