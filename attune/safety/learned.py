"""The two learned votes as one: n-grams (how it is written) and meaning (what it is near to), fused and calibrated.

A long message is judged by its worst stretch: n-grams, which cost little, read every stretch and choose the few that
the encoder reads.

How much each counts, and from where on the result counts, was chosen on lines that neither had seen
(scripts/build_safety_classifier.py) and stands in classifier.npz.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from attune.safety.classifier import CLASSES, Classifier
from attune.safety.meaning import Meaning
from attune.safety.tokens import END
from attune.safety.views import DATA, View, shorten

log = logging.getLogger(__name__)
Array = npt.NDArray[np.float64]
SMALLEST = 1e-6
LONGEST = 60  # words that are read at once: about what the encoder takes in
STEP = 30
READ = 2  # stretches of a long message that the encoder reads


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a chance of a crisis counts.

    Attributes:
        alarm: From here on the learned votes alone raise an alarm for the visitor's own life.
        check_in: From here on they ask for a check-in.
        with_hit: From here on an ambiguous hit of the patterns becomes an alarm.
        doubt: Below this a hit asks for a check-in instead of an alarm.
        doubt_explicit: The same for an explicit statement.
        sure: As `alarm` and `alarm_other`, where it takes more (`Detector.fuse`).
        alarm_other: As `alarm`, for every other kind. Of ordinary talk the votes take sadness for a wish to die; hardly
            anything do they take for another danger.
    """

    alarm: float = 2.0
    check_in: float = 2.0
    with_hit: float = 2.0
    doubt: float = 0.0
    doubt_explicit: float = 0.0
    sure: float = 2.0
    alarm_other: float = 2.0


@dataclass(frozen=True, slots=True)
class Fusion:
    """How the log-odds of the two votes are added up."""

    ngrams: float = 1.0
    meaning: float = 0.0
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a message that is read at once: its words in a view, its place in the message, its text as written."""

    words: Sequence[str]
    start: int
    end: int
    text: str

    def distance(self, place: tuple[int, int]) -> float:
        """Return how far its middle is from the middle of `place`, in characters."""
        return abs(self.start + self.end - sum(place)) / 2


@dataclass(frozen=True, slots=True)
class Vote:
    """What the learned votes say of one stretch.

    Attributes:
        stretch: The stretch.
        chances: The probability of each class.
        heard: Whether both votes were cast. Only then may they speak against what a pattern found there.
    """

    stretch: Stretch
    chances: Mapping[str, float]
    heard: bool

    @property
    def crisis(self) -> float:
        """The probability of a crisis of any kind."""
        return 1.0 - self.chances["none"]


@dataclass(frozen=True, slots=True)
class Votes:
    """What the learned votes say of a message, stretch by stretch."""

    parts: Sequence[Vote]

    @property
    def worst(self) -> Vote:
        """The vote that speaks most for a crisis."""
        return max([vote for vote in self.parts if vote.heard] or self.parts, key=lambda vote: vote.crisis)

    def at(self, place: tuple[int, int]) -> Vote:
        """Return the vote on the stretch in whose middle a place of the message stands."""
        return min(self.parts, key=lambda vote: vote.stretch.distance(place))

    def below(self, place: tuple[int, int], threshold: float) -> bool:
        """Say whether both votes, where they were cast on a place, together stay below `threshold`."""
        vote = self.at(place)
        return vote.heard and vote.crisis < threshold


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

    def votes(self, views: Sequence[View], text: str, places: Iterable[tuple[int, int]] = ()) -> Votes:
        """Return the votes on a message.

        Where spelling was mended, the encoder reads it as written and as mended, and the worse counts. Not so in a
        long message, where one mended word moves little and reading twice costs most.

        Args:
            views: The message's views, the mended one first.
            text: The message.
            places: Where patterns found something: of a long message the encoder reads there, after the worst stretch.
        """
        read = [(stretch, self.ngrams.chances(stretch.words)) for stretch in stretches(views[0], text)]
        if len(read) == 1:
            [(stretch, written)] = read
            mended = len(views) > 1 or not text.isascii()
            found = [self._united(stretch, written, said) for said in (text, " ".join(stretch.words))[: 1 + mended]]
            return Votes([max(found, key=lambda vote: vote.crisis)])
        nearest = {id(min(read, key=lambda one: one[0].distance(place))[0]) for place in places}
        read.sort(key=lambda one: float(one[1][0]))
        # The encoder reads the worst first, lest hits that it doubts keep it from a crisis told in other words.
        read[1:] = sorted(read[1:], key=lambda one: id(one[0]) not in nearest)
        return Votes([self._united(stretch, written, stretch.text if at < READ else None)
                      for at, (stretch, written) in enumerate(read)])  # fmt: skip

    def odds(self, view: View, text: str) -> tuple[float, float]:
        """Return the log-odds of a crisis that n-grams and meaning give, from which `Fusion` is learned."""
        read = [(self.ngrams.chances(stretch.words), stretch.text) for stretch in stretches(view, text)]
        written, said = min(read, key=lambda one: float(one[0][0]))
        meant = self.meaning.chances(said)
        if meant is None:
            raise ValueError("the encoder was not tuned on danger; run `python -m scripts.tune_encoder --hold-out`")
        return _log_odds(written), _log_odds(meant)

    def _united(self, stretch: Stretch, written: Array, said: str | None) -> Vote:
        """Return both votes on a stretch as one; that of the n-grams alone where the encoder reads or says nothing."""
        meant = None if said is None else self._meant(said)
        chances = written if meant is None else self._fused(written, meant)
        return Vote(stretch, {name: float(value) for name, value in zip(CLASSES, chances, strict=True)}, meant is not None)

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


def stretches(view: View, text: str) -> list[Stretch]:
    """Return a short message whole, else overlapping stretches of it."""
    tokens = [token for token in view.tokens if token.word != END]
    if len(tokens) <= LONGEST:
        return [Stretch([token.word for token in tokens], 0, len(text), text)]
    kept, starts = shorten(text), range(0, len(tokens) - STEP, STEP)
    parts = [tokens[start : start + LONGEST] for start in starts]
    return [
        Stretch([token.word for token in part], part[0].start, part[-1].end, kept[part[0].start : part[-1].end]) for part in parts
    ]


def _log_odds(chances: Array) -> float:
    none = float(np.clip(chances[0], SMALLEST, 1.0 - SMALLEST))
    return float(np.log((1.0 - none) / none))
