"""The crisis gate: the last component of the NLU pipeline. Its verdict outranks every intent and threshold.

It writes the verdict into the message as `crisis` (so it arrives in the tracker's `parse_data`), and on an alarm
makes the message the retrieval intent `crisis/<kind>` with full confidence and without entities. An intent
`crisis` that the detector does not share is never obeyed as an alarm: the next intent of the ranking stands, with
a caring line beside it when the classifier was sure.
"""

from __future__ import annotations

import copy
import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from attune.safety import Detector, Verdict
from attune.safety.fallback import fallback_verdict

log = logging.getLogger(__name__)

INTENT, RANKING, ENTITIES, SELECTOR, CRISIS = "intent", "intent_ranking", "entities", "response_selector", "crisis"
READINGS = "readings"
SURE = 0.8
SHARED = 0.3  # what the detector's own classifier must give before the intent alone asks for a caring line


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisGate(GraphComponent):
    """Runs the detector on every message and lets its verdict win."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the configuration: only the language of the detector."""
        return {"language": "en"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003  (Rasa calls with these names)
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> CrisisGate:
        """Create the component; the detector is loaded once per process."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the detector, or go on without it: then raw key words decide."""
        try:
            self.detector: Detector | None = Detector.load(config.get("language", "en"))
        except Exception as error:  # whatever is wrong with its data, a person in danger is still answered
            log.error("the crisis detector could not be loaded, raw key words decide: %s", type(error).__name__)
            self.detector = None

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the verdict of each message, and its intent when the verdict is an alarm."""
        for message in messages:
            text = str(message.get("text") or "")
            verdict = self.detector.verdict(text) if self.detector else fallback_verdict(text)
            if verdict.level == "alarm":
                raise_alarm(message, verdict)
            else:
                verdict = stand_down(message, verdict)
            message.set(CRISIS, verdict.to_dict(), add_to_output=True)
        return messages


def raise_alarm(message: Message, verdict: Verdict) -> None:
    """Make `message` the retrieval intent `crisis/<kind>`."""
    full = f"crisis/{verdict.kind}"
    others = [one for one in message.get(RANKING) or [] if one.get("name") != "crisis"]
    message.set(INTENT, {"name": "crisis", "confidence": 1.0}, add_to_output=True)
    message.set(RANKING, [{"name": "crisis", "confidence": 1.0}, *others], add_to_output=True)
    message.set(ENTITIES, [], add_to_output=True)
    selector = copy.copy(message.get(SELECTOR) or {})
    known = [name for name in selector.get("all_retrieval_intents") or [] if name != "crisis"]
    selector["all_retrieval_intents"] = [*known, "crisis"]
    selector["crisis"] = selected(full, 1.0)
    message.set(SELECTOR, selector, add_to_output=True)
    readings = [one for one in message.get(READINGS) or [] if not str(one.get("name")).startswith("crisis/")]
    message.set(READINGS, [{"name": full, "confidence": 1.0}, *readings], add_to_output=True)


def selected(full: str, confidence: float) -> dict[str, Any]:
    """Return one entry of `response_selector` as Rasa's ActionRetrieveResponse reads it."""
    responses = [{"text": full}]
    response = {
        "responses": responses,
        "confidence": confidence,
        "intent_response_key": full,
        "utter_action": f"utter_{full}",
    }
    ranking = [{"confidence": confidence, "intent_response_key": full}]
    return {"response": response, "ranking": ranking}


def stand_down(message: Message, verdict: Verdict) -> Verdict:
    """Put the next intent in the place of a `crisis` that the detector does not share."""
    intent = message.get(INTENT) or {}
    if intent.get("name") != "crisis":
        return verdict
    sure = float(intent.get("confidence") or 0.0) >= SURE
    ranking = [one for one in message.get(RANKING) or [] if one.get("name") != "crisis"]
    readings = [one for one in message.get(READINGS) or [] if not str(one.get("name")).startswith("crisis/")]
    following = ranking[0] if ranking else {"name": "nlu_fallback", "confidence": 0.0}
    message.set(INTENT, dict(following), add_to_output=True)
    message.set(RANKING, ranking or [dict(following)], add_to_output=True)
    if message.get(READINGS):
        message.set(READINGS, readings, add_to_output=True)
    if sure and verdict.score >= SHARED and verdict.level == "none" and not verdict.denial:
        kind = _selected_kind(message)
        return Verdict.from_dict({**verdict.to_dict(), "level": "check_in", "kind": kind})
    return verdict


def _selected_kind(message: Message) -> str:
    """Return the kind that the classifier had in mind, self_harm when it does not say."""
    chosen = (message.get(SELECTOR) or {}).get("crisis") or {}
    key = str((chosen.get("response") or {}).get("intent_response_key") or "")
    return key.partition("/")[2] or "self_harm"
