"""Readings in Rasa's own format: intent, intent_ranking and response_selector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.classifier.model import Reading

FALLBACK = "nlu_fallback"
RANKING_LENGTH = 10


def group(name: str) -> str:
    """Return the intent of a full name: `faq` for `faq/who_benefits`."""
    return name.partition("/")[0]


def as_dict(reading: Reading) -> dict[str, Any]:
    """Return the reading as Rasa writes one."""
    return {"name": reading.name, "confidence": reading.confidence}


def intent_ranking(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """Return Rasa's ranking: every intent once, a retrieval intent with its best member's confidence."""
    best: dict[str, float] = {}
    for reading in readings:
        best.setdefault(group(reading.name), reading.confidence)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return [{"name": name, "confidence": confidence} for name, confidence in ranked[:RANKING_LENGTH]]


def response_selector(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return what Rasa's ResponseSelector would: for each retrieval intent its members, best first.

    `responses` holds the name in place of the words: those are served by the nlg, at the moment of answering.
    """
    groups = list(dict.fromkeys(group(reading.name) for reading in readings if "/" in reading.name))
    selector: dict[str, Any] = {"all_retrieval_intents": sorted(groups)}
    for name in groups:
        members = [reading for reading in readings if reading.name.startswith(f"{name}/")]
        utter = f"utter_{members[0].name}"
        selector[name] = {
            "response": {
                "responses": [{"text": members[0].name}],
                "confidence": members[0].confidence,
                "intent_response_key": members[0].name,
                "utter_action": utter,
            },
            "ranking": [
                {"confidence": member.confidence, "intent_response_key": member.name} for member in members[:RANKING_LENGTH]
            ],
        }
    return selector
