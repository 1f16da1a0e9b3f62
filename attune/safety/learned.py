"""The two learned votes as one: n-grams (how it is written) and meaning (what it is near to), fused and calibrated.

How much each counts, and from where on the result counts, was chosen on lines that neither had seen
(scripts/build_safety_classifier.py) and stands in classifier.npz.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attune.safety.classifier import CLASSES, Classifier
from attune.safety.meaning import LONGEST, Meaning
from attune.safety.tokens import END
from attune.safety.views import DATA, View

log = logging.getLogger(__name__)
Array = npt.NDArray[np.float64]
SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a chance of a crisis counts.

    Attributes:
        alarm: From here on the learned votes alone raise an alarm.
        check_in: From here on they ask for a check-in.
        with_hit: From here on an ambiguous hit of the patterns becomes an alarm.
        doubt: Below this a hit asks for a check-in instead of an alarm.
        doubt_explicit: The same for an explicit statement.
    """

    alarm: float = 2.0
    check_in: float = 2.0
    with_hit: float = 2.0
    doubt: float = 0.0
    doubt_explicit: float = 0.0


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the log-odds of the two votes are added up."""

    ngrams: float = 1.0
    meaning: float = 0.0
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Votes:
    """What the learned votes say of a message.

    Attributes:
        chances: The probability of each class.
        whole: Whether both votes read all of it at once. Only then may they doubt what a pattern found.
    """

    chances: Mapping[str, float]
    whole: bool

    @property
    def crisis(self) -> float:
        """The probability of a crisis of any kind."""
        return 1.0 - self.chances["none"]


class Learned:
    """What was learned for one language."""

    def __init__(self, ngrams: Classifier, meaning: Meaning, fusion: Fusion, thresholds: Thresholds) -> None:
        self.ngrams, self.meaning, self.fusion, self.thresholds = ngrams, meaning, fusion, thresholds

    @classmethod
    def load(cls, language: str) -> Learned:
        """Read what was learned for `language`; where nothing was, it says nothing."""
        path = DATA / language / "classifier.npz"
        if not path.exists():
            return cls(Classifier.empty(), Meaning(None), Fusion(), Thresholds())
        with np.load(path, allow_pickle=False) as data:
            fusion, thresholds = Fusion(*map(float, data["fusion"])), Thresholds(*map(float, data["thresholds"]))
            return cls(Classifier.read(data), Meaning.load(language), fusion, thresholds)

    def votes(self, views: Sequence[View], text: str) -> Votes:
        """Return the votes on a message: as it was written or, where that says more, as it was mended.

        In a long message, where one mended word moves little and reading twice costs most, the patterns alone read the mended view.

        Args:
            views: The message's views, the plain one first, the mended one last.
            text: The message.
        """
        meant = self._meant(text)
        found = [self._united(views[0], meant)]
        short = len(views[-1].words) <= LONGEST
        if len(views) > 1 and short:
            found.append(self._united(views[-1], self._meant(" ".join(word for word in views[-1].words if word != END))))
        worst = min(found, key=lambda chances: float(chances[0]))
        return Votes({name: float(value) for name, value in zip(CLASSES, worst, strict=True)}, short and meant is not None)

    def _united(self, view: View, meant: Array | None) -> Array:
        written = self._written(view)
        return written if meant is None else self._fused(written, meant)

    def odds(self, view: View, text: str) -> tuple[float, float]:
        """Return the log-odds of a crisis that n-grams and meaning give, from which `Fusion` is learned."""
        meant = self.meaning.chances(text)
        if meant is None:
            raise ValueError("the encoder was not tuned on danger; run `python -m scripts.tune_encoder --hold-out`")
        return _log_odds(self._written(view)), _log_odds(meant)

    def _written(self, view: View) -> Array:
        return self.ngrams.chances([token.word for token in view.tokens if token.word != END])

    def _fused(self, written: Array, meant: Array) -> Array:
        """Return both votes as one: the odds of a crisis are weighed and added, its kind follows both."""
        fusion = self.fusion
        odds = fusion.ngrams * _log_odds(written) + fusion.meaning * _log_odds(meant) + fusion.bias
        crisis = 1.0 / (1.0 + float(np.exp(-odds)))
        kinds = np.sqrt(np.maximum(written[1:], SMALLEST)) * np.maximum(meant[1:], SMALLEST)
        chances: Array = np.concatenate(([1.0 - crisis], crisis * kinds / kinds.sum()))
        return chances

    def _meant(self, text: str) -> Array | None:
        try:
            return self.meaning.chances(text)
        except Exception as error:  # the encoder is one vote of three: patterns and n-grams go on without it
            log.error("the sentence encoder cannot vote: %s", type(error).__name__)
            return None


def _log_odds(chances: Array) -> float:
    none = float(np.clip(chances[0], SMALLEST, 1.0 - SMALLEST))
    return float(np.log((1.0 - none) / none))
