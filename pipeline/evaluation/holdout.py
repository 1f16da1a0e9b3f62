"""Calibrate on lines that tuning has not seen: ``python -m pipeline.evaluation.holdout``.

Reads what `python -m scripts.tune_encoder --hold-out` left (a fifth of the training data kept back from everything),
prints accuracy for each weight of the views, the temperature at which confidence is a frequency, and what each
threshold would do. The values in config.yml were chosen from this table.
"""

from __future__ import annotations

import argparse
import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.classifier.linear import Array
from pipeline.classifier.model import IntentModel, Settings
from pipeline.evaluation.config import configured
from pipeline.evaluation.lines import ROOT

HOLD_OUT = ROOT / "models" / "encoder" / "hold_out.npz"
Labels = npt.NDArray[np.str_]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=HOLD_OUT, help="what tuning kept back")
    data = np.load(parser.parse_args().data, allow_pickle=False)
    train, test = data["train"], data["test"]
    settings, _ = configured()
    texts, names, vectors = data["texts"], data["names"], data["vectors"]
    model = IntentModel.fit(texts[train].tolist(), names[train].tolist(), settings, vectors[train], data["centres"])
    print(f"{len(train)} lines to learn from, {len(test)} kept back")  # noqa: T201
    _weights(model, texts[test], names[test], vectors[test])
    scores = _scores(model, model.settings, texts[test], vectors[test])
    _temperatures(scores * settings.temperature, model.labels, names[test])
    _thresholds(np.exp(scores), model.labels, names[test])


def _scores(model: IntentModel, settings: Settings, texts: Labels, vectors: Array) -> Array:
    model.settings = settings
    return np.stack([model.scores(text, vector) for text, vector in zip(texts.tolist(), vectors, strict=True)])


def _rights(scores: Array, labels: list[str], names: Labels) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    order = np.argsort(-scores, axis=1)[:, :2]
    right = np.array(labels)[order] == names[:, None]
    return right[:, 0], right.any(axis=1)


def _weights(model: IntentModel, texts: Labels, names: Labels, vectors: Array) -> None:
    print("\nmeaning  centres  right at one  at two")  # noqa: T201
    before = model.settings
    for meaning, centre in itertools.product((0.6, 0.7, 0.8, 0.9, 1.0), (0.0, 0.5, 1.0)):
        changed = replace(before, meaning_weight=meaning, centre_weight=centre)
        one, two = _rights(_scores(model, changed, texts, vectors), model.labels, names)
        print(f"{meaning:7.1f}  {centre:7.1f}  {one.mean():12.3f}  {two.mean():6.3f}")  # noqa: T201
    model.settings = before


def _temperatures(logits: Array, labels: list[str], names: Labels) -> None:
    print("\ntemperature  mean negative log-likelihood")  # noqa: T201
    at = np.searchsorted(labels, names)
    for temperature in np.arange(0.4, 1.05, 0.05):
        scores = logits / temperature
        scores = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        print(f"{temperature:11.2f}  {-scores[np.arange(len(names)), at].mean():.4f}")  # noqa: T201


def _thresholds(probabilities: Array, labels: list[str], names: Labels) -> None:
    print("\nact from  acted  right of these  right of the rest  one of two of the rest")  # noqa: T201
    one, two = _rights(probabilities, labels, names)
    first = probabilities.max(axis=1)
    for act in np.arange(0.3, 0.75, 0.05):
        sure = first >= act
        print(f"{act:8.2f}  {sure.mean():5.3f}  {one[sure].mean():14.3f}  {one[~sure].mean():17.3f}  {two[~sure].mean():22.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
