"""Pictures of a report: the confusion matrix and the reliability curve."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

from pipeline.evaluation.metrics import Outcome, reliability

mpl.use("Agg")
from matplotlib import pyplot as plt  # the backend has to be chosen first


def confusion_matrix(outcomes: Sequence[Outcome], path: Path) -> None:
    """Draw what each intent was read as, as shares of its lines."""
    names = sorted({o.label for o in outcomes} | {o.first for o in outcomes})
    at = {name: index for index, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for outcome in outcomes:
        counts[at[outcome.label], at[outcome.first]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = max(6.0, len(names) * 0.22)
    figure, axes = plt.subplots(figsize=(size, size))
    axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=6)
    axes.set_yticks(range(len(names)), names, fontsize=6)
    axes.set_xlabel("read as")
    axes.set_ylabel("is")
    axes.set_title("Share of an intent's lines (darker is more; square root, so that errors show)")
    figure.savefig(path, dpi=110, bbox_inches="tight")
    plt.close(figure)


def reliability_curve(outcomes: Sequence[Outcome], path: Path) -> None:
    """Draw how often a reading of a given confidence is right."""
    points = reliability(outcomes)
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="perfect")
    axes.plot([p[0] for p in points], [p[1] for p in points], marker="o", label="measured")
    for confidence, right, lines in points:
        axes.annotate(str(lines), (confidence, right), textcoords="offset points", xytext=(5, -10), fontsize=7)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of right readings")
    axes.set_title("Reliability (numbers: lines)")
    axes.legend()
    figure.savefig(path, dpi=110, bbox_inches="tight")
    plt.close(figure)
