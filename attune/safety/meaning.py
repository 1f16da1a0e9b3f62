"""A vote by meaning: how near a message is to each kind of danger in the sentence encoder's space.

The directions are what tuning the encoder on data/safety left (scripts/tune_encoder.py); no pattern and no n-gram is
known here, so that a message in words that nobody listed is still seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attune.encoder.prepare import danger_directions
from attune.encoder.runtime import Encoder, encoder

Array = npt.NDArray[np.float64]

#: Words that are read at once: about what the encoder takes in. Longer messages are read in overlapping stretches.
LONGEST = 60
STEP = 30
#: Stretches of a long message that are read, half of them from its beginning and half from its end: all of 150 words.
MOST = 4
SCALE = 16.0  # as in tuning


@dataclass(frozen=True)
class Meaning:
    """The directions of one language and the encoder that they belong to.

    Attributes:
        directions: One unit vector a class (`classifier.CLASSES`); without them nothing is said.
        encoder: The encoder; the process's own where None is given.
    """

    directions: npt.NDArray[np.float32] | None
    encoder: Encoder | None = None

    @classmethod
    def load(cls, language: str) -> Meaning:
        """Return what tuning left for `language`; the encoder was tuned on English only."""
        return cls(danger_directions() if language == "en" else None)

    def chances(self, text: str) -> Array | None:
        """Return the probability of each class, a long message judged by its worst stretch; None where nothing is known."""
        if self.directions is None:
            return None
        reader = self.encoder or encoder()
        found = [_softmax(SCALE * (self.directions @ reader.embed(stretch))) for stretch in stretches(text)]
        return min(found, key=lambda chances: float(chances[0]))


def _softmax(raw: npt.NDArray[np.float32]) -> Array:
    powers = np.exp(raw.astype(np.float64) - raw.max())
    chances: Array = powers / powers.sum()
    return chances


def stretches(text: str) -> list[str]:
    """Return `text` whole where it is short, else overlapping stretches of it."""
    words = text.split()
    if len(words) <= LONGEST:
        return [text]
    starts = list(range(0, len(words) - STEP, STEP))
    kept = starts if len(starts) <= MOST else [*starts[: MOST // 2], *starts[-(MOST // 2) :]]
    return [" ".join(words[start : start + LONGEST]) for start in kept]
