"""What config.yml sets for the classifier."""

from __future__ import annotations

import dataclasses
from typing import Any

import yaml

from pipeline.classifier.decision import Thresholds
from pipeline.classifier.model import Settings
from pipeline.evaluation.lines import ROOT

COMPONENT = "pipeline.classifier.AttuneClassifier"


def configured() -> tuple[Settings, Thresholds]:
    """Return the settings and thresholds in force; what config.yml leaves out has its default."""
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    entry = next((item for item in config["pipeline"] if item["name"] == COMPONENT), {})
    return _pick(Settings, entry), _pick(Thresholds, entry)


def _pick(kind: Any, entry: dict[str, Any]) -> Any:
    names = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in entry.items() if name in names})
