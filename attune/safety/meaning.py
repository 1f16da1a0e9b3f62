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
        """Return the probability of each class for a text of at most a few sentences; None where nothing is known."""
        if self.directions is None:
            return None
        reader = self.encoder or encoder()
        raw = SCALE * (self.directions @ reader.embed(text))
        powers = np.exp(raw.astype(np.float64) - raw.max())
        chances: Array = powers / powers.sum()
        return chances
