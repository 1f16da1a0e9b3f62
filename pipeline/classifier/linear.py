"""Softmax regression, kept as plain arrays."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """Weights (features × labels) and biases of a fitted regression."""

    weights: Array
    biases: Array

    @classmethod
    def fit(cls, features: Any, labels: npt.NDArray[np.str_], strength: float, iterations: int, seed: int) -> Linear:
        """Fit on a dense or sparse matrix; the columns of the result follow the sorted labels."""
        regression = LogisticRegression(C=strength, max_iter=iterations, random_state=seed)
        with warnings.catch_warnings():
            # Stopping early is wanted: it regularises, and the last iterations change no reading.
            warnings.simplefilter("ignore", ConvergenceWarning)
            regression.fit(features, labels)
        weights, biases = regression.coef_.T, regression.intercept_
        if len(regression.classes_) == 2:
            # scikit-learn keeps one column for two labels.
            weights, biases = np.hstack([-weights, weights]) / 2, np.hstack([-biases, biases]) / 2
        return cls(np.ascontiguousarray(weights, dtype=np.float32), biases.astype(np.float32))

    def scores(self, features: Any) -> Array:
        """Return log-probabilities, one row a message."""
        return log_softmax(np.asarray(features @ self.weights, dtype=np.float32) + self.biases)

    def sparse_scores(self, columns: list[int], values: list[float]) -> Array:
        """Return log-probabilities of one message, given by its few features that are not zero."""
        return log_softmax(np.array(values, dtype=np.float32) @ self.weights[columns] + self.biases)


def log_softmax(scores: Array) -> Array:
    """Return log-probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
