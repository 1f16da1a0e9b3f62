"""Softmax regression, kept as plain arrays."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

Array = npt.NDArray[np.float32]
#: A message by its features that are not zero: their columns and values.
Row = tuple[npt.NDArray[np.int64], Array]


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

    @classmethod
    def fit_sparse(
        cls, rows: Sequence[Row], width: int, labels: npt.NDArray[np.str_], rate: float, epochs: int, seed: int
    ) -> Linear:
        """Fit on rows of few features, one row a step; the short, falling schedule is all the regularisation it needs.

        For tens of thousands of columns and dozens of labels this takes seconds where a solver of whole passes takes minutes.
        """
        order = np.random.default_rng(seed)
        names = sorted(set(labels.tolist()))
        targets = np.searchsorted(names, labels)
        weights, biases = np.zeros((width, len(names)), np.float32), np.zeros(len(names), np.float32)
        for epoch in range(epochs):
            step = np.float32(rate * (1 - epoch / epochs))
            for at in order.permutation(len(rows)):
                columns, values = rows[at]
                error = np.exp(log_softmax(values @ weights[columns] + biases))
                error[targets[at]] -= 1
                weights[columns] -= (step * values)[:, None] * error
                biases -= np.float32(0.05) * step * error
        return cls(weights, biases)

    def scores(self, features: Any) -> Array:
        """Return log-probabilities, one row a message."""
        return log_softmax(np.asarray(features @ self.weights, dtype=np.float32) + self.biases)

    def sparse_scores(self, row: Row) -> Array:
        """Return log-probabilities of one message, given by its few features that are not zero."""
        columns, values = row
        return log_softmax(values @ self.weights[columns] + self.biases)


def log_softmax(scores: Array) -> Array:
    """Return log-probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
