"""The intent model: what a message means and what it is made of, fused and calibrated. Plain arrays on disk, no pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from attune.encoder.prepare import intent_centres
from attune.encoder.runtime import encoder
from pipeline.classifier.linear import Array, Linear, log_softmax
from pipeline.classifier.ngrams import Ngrams

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Settings:
    """What is set, and how: on lines kept back from tuning, see docs/understanding.md."""

    meaning_weight: float = 0.8  #: share of the sentence embedding; the rest are the n-grams
    centre_weight: float = 0.75  #: of that, the share of the centres that tuning left; the rest is a regression
    centre_scale: float = 16.0  #: as in tuning
    meaning_strength: float = 1.0  #: inverse regularisation of the regression
    meaning_scale: float = 4.0  #: the embedding has unit length; longer ones are regularised less
    meaning_iterations: int = 100
    ngram_rate: float = 4.0
    ngram_epochs: int = 6
    temperature: float = 0.7  #: of the fused log-probabilities, so that a confidence is a frequency
    out_of_scope_bias: float = 3.0  #: of the log-probability: far more can be asked that is not ours than we have lines for
    random_seed: int = 7
    threads: int = 1


@dataclass(frozen=True)
class Reading:
    """One way to read a message: the full name of an intent and how sure the model is."""

    name: str
    confidence: float


class IntentModel:
    """Reads messages."""

    def __init__(
        self, settings: Settings, labels: Sequence[str], ngrams: Ngrams, words: Linear, meaning: Linear, centres: Array | None
    ) -> None:
        self.settings, self.labels = settings, list(labels)
        self._names = np.array(self.labels)
        self._ngrams, self._words, self._meaning, self._centres = ngrams, words, meaning, centres

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        names: Sequence[str],
        settings: Settings,
        vectors: Array | None = None,
        centres: Array | None = None,
    ) -> IntentModel:
        """Learn from examples.

        Args:
            texts: What visitors write.
            names: The full name of each text's intent.
            settings: How to learn.
            vectors: The texts' embeddings where the caller has them already.
            centres: The centre of each intent (sorted by name) that tuning left, if it did.
        """
        s, labels = settings, np.array(names)
        vectors = encoder(s.threads).embed_all(texts) if vectors is None else vectors
        meaning = Linear.fit(vectors * s.meaning_scale, labels, s.meaning_strength, s.meaning_iterations, s.random_seed)
        ngrams = Ngrams.fit(texts)
        rows = [ngrams.row(text) for text in texts]
        words = Linear.fit_sparse(rows, len(ngrams.columns), labels, s.ngram_rate, s.ngram_epochs, s.random_seed)
        return cls(s, sorted(set(names)), ngrams, words, meaning, centres)

    @classmethod
    def learn(cls, texts: Sequence[str], names: Sequence[str], settings: Settings) -> IntentModel:
        """Learn from examples, with all that tuning left; this is what `make train` does."""
        return cls.fit(texts, names, settings, centres=intent_centres(sorted(set(names))))

    def read(self, text: str, vector: Array | None = None) -> list[Reading]:
        """Return every reading of `text`, the likeliest first."""
        probabilities = np.exp(self.scores(text, vector))
        order = np.argsort(-probabilities, kind="stable")
        return [Reading(self.labels[at], float(probabilities[at])) for at in order]

    def scores(self, text: str, vector: Array | None = None) -> Array:
        """Return calibrated log-probabilities in the order of `labels`: a weighted geometric mean of the views."""
        s = self.settings
        vector = encoder(s.threads).embed(text) if vector is None else vector
        meaning = self._meaning.scores(vector[None] * s.meaning_scale)[0]
        if self._centres is not None:
            near = log_softmax(s.centre_scale * (self._centres @ vector))
            meaning = s.centre_weight * near + (1 - s.centre_weight) * meaning
        words = self._words.sparse_scores(self._ngrams.row(text))
        fused = log_softmax((s.meaning_weight * meaning + (1 - s.meaning_weight) * words) / s.temperature)
        return log_softmax(fused + s.out_of_scope_bias * (self._names == OUT_OF_SCOPE))

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        centres = np.zeros((0, 0), np.float32) if self._centres is None else self._centres
        np.savez(
            folder / "weights.npz",
            words=self._words.weights.astype(np.float16),
            words_bias=self._words.biases,
            meaning=self._meaning.weights,
            meaning_bias=self._meaning.biases,
            centres=centres,
            rarity=np.array(self._ngrams.rarity),
        )
        about = {"settings": asdict(self.settings), "labels": self.labels, "grams": list(self._ngrams.columns)}
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read the model that `save` wrote."""
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / "weights.npz", allow_pickle=False)
        ngrams = Ngrams({gram: column for column, gram in enumerate(about["grams"])}, arrays["rarity"].tolist())
        words = Linear(arrays["words"].astype(np.float32), arrays["words_bias"])
        meaning = Linear(arrays["meaning"], arrays["meaning_bias"])
        centres = arrays["centres"] if arrays["centres"].size else None
        return cls(Settings(**about["settings"]), about["labels"], ngrams, words, meaning, centres)
