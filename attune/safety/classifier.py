"""A small classifier that knows no pattern: character and word n-grams into logistic regression.

Its weights are built by scripts/build_safety_classifier.py from data/safety and read as they are; nothing
but numpy is needed to use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from attune.safety.verdict import KINDS

CLASSES = ("none", *KINDS)
Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Classifier:
    """Weights of a regression.

    Attributes:
        features: n-gram to row.
        weights: One row a feature, one column a class.
        bias: One value a class.
    """

    features: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    @classmethod
    def empty(cls) -> Classifier:
        """Return a classifier that takes everything for ordinary talk."""
        return cls({}, np.zeros((0, len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32))

    @classmethod
    def read(cls, data: Mapping[str, npt.NDArray[Any]]) -> Classifier:
        """Read the arrays that scripts/build_safety_classifier.py wrote."""
        names = bytes(data["features"]).decode("utf-8").split("\n")
        return cls({name: row for row, name in enumerate(names)}, data["weights"].astype(np.float32), data["bias"])

    def chances(self, words: Sequence[str]) -> Array:
        """Return the probability of each class for a text of at most a few sentences, as its words."""
        if not self.features:
            return np.array([float(name == "none") for name in CLASSES])
        rows = [row for feature in set(ngrams(words)) if (row := self.features.get(feature)) is not None]
        scale = 1.0 / max(1.0, float(len(rows))) ** 0.5
        raw = self.bias + scale * self.weights[rows].sum(axis=0)
        powers = np.exp(raw.astype(np.float64) - raw.max())
        chances: Array = powers / powers.sum()
        return chances


def ngrams(words: Sequence[str]) -> Iterator[str]:
    """Return word 1- to 3-grams (`w:`) and, within words, character 3- to 5-grams (`c:`)."""
    for size in (1, 2, 3):
        for at in range(len(words) - size + 1):
            yield "w:" + " ".join(words[at : at + size])
    for word in words:
        padded = f"<{word}>"
        for size in (3, 4, 5):
            for at in range(len(padded) - size + 1):
                yield "c:" + padded[at : at + size]
