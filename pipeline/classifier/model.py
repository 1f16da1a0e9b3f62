"""The intent model: two views of a message, fused and calibrated; plain arrays on disk, no pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from pipeline.classifier.linear import Array, Linear, log_softmax
from pipeline.classifier.ngrams import Ngrams
from pipeline.encoder.runtime import encoder


@dataclass(frozen=True)
class Settings:
    """What is set, and how: by cross-validation, see docs/understanding.md."""

    meaning_strength: float = 10.0  #: inverse regularisation on the sentence embedding
    meaning_scale: float = 4.0  #: the embedding has unit length; longer ones are regularised less
    meaning_iterations: int = 200
    ngram_strength: float = 10.0
    ngram_iterations: int = 40
    meaning_weight: float = 0.5  #: share of the embedding's log-probability in the fused one
    temperature: float = 0.6  #: of the fused log-probabilities, so that a confidence is a frequency
    random_seed: int = 7
    threads: int = 1


@dataclass(frozen=True)
class Reading:
    """One way to read a message: the full name of an intent and how sure the model is."""

    name: str
    confidence: float


class IntentModel:
    """Reads messages."""

    def __init__(self, settings: Settings, labels: Sequence[str], ngrams: Ngrams, words: Linear, meaning: Linear) -> None:
        self.settings, self.labels = settings, list(labels)
        self._ngrams, self._words, self._meaning = ngrams, words, meaning

    @classmethod
    def fit(cls, texts: Sequence[str], names: Sequence[str], settings: Settings, vectors: Array | None = None) -> IntentModel:
        """Learn from examples; `vectors` are their embeddings where the caller has them already."""
        s, labels = settings, np.array(names)
        vectors = encoder(s.threads).embed_all(texts) if vectors is None else vectors
        meaning = Linear.fit(vectors * s.meaning_scale, labels, s.meaning_strength, s.meaning_iterations, s.random_seed)
        ngrams = Ngrams.fit(texts)
        words = Linear.fit(ngrams.matrix(texts), labels, s.ngram_strength, s.ngram_iterations, s.random_seed)
        return cls(settings, sorted(set(names)), ngrams, words, meaning)

    def read(self, text: str, vector: Array | None = None) -> list[Reading]:
        """Return every reading of `text`, the likeliest first."""
        probabilities = np.exp(self.scores(text, vector))
        order = np.argsort(-probabilities, kind="stable")
        return [Reading(self.labels[at], float(probabilities[at])) for at in order]

    def scores(self, text: str, vector: Array | None = None) -> Array:
        """Return calibrated log-probabilities in the order of `labels`."""
        vector = encoder(self.settings.threads).embed(text) if vector is None else vector
        meaning = self._meaning.scores(vector[None] * self.settings.meaning_scale)[0]
        return fuse(meaning, self._words.sparse_scores(*self._ngrams.one(text)), self.settings)

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        arrays = {"words": self._words.weights.astype(np.float16), "words_bias": self._words.biases,
                  "meaning": self._meaning.weights, "meaning_bias": self._meaning.biases}  # fmt: skip
        np.savez(folder / "weights.npz", **arrays)
        about = {"settings": asdict(self.settings), "labels": self.labels, "rarity": self._ngrams.rarity}
        about["grams"] = list(self._ngrams.columns)
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read the model that `save` wrote."""
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / "weights.npz", allow_pickle=False)
        ngrams = Ngrams({gram: column for column, gram in enumerate(about["grams"])}, about["rarity"])
        words = Linear(arrays["words"].astype(np.float32), arrays["words_bias"])
        meaning = Linear(arrays["meaning"], arrays["meaning_bias"])
        return cls(Settings(**about["settings"]), about["labels"], ngrams, words, meaning)


def fuse(meaning: Array, words: Array, settings: Settings) -> Array:
    """Return calibrated log-probabilities from those of the two views (a weighted geometric mean)."""
    share = settings.meaning_weight
    return log_softmax((share * meaning + (1 - share) * words) / settings.temperature)
