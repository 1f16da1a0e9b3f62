# ruff: noqa: ARG003, UP006, UP035 - Rasa calls with fixed arguments and compares annotations with its own
"""The classifier as a component of Rasa's graph; `name: pipeline.classifier.AttuneClassifier` in config.yml."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from attune.text import Mention
from pipeline.classifier.decision import Thresholds
from pipeline.classifier.interpret import Interpretation, interpret
from pipeline.classifier.model import IntentModel, Settings
from pipeline.classifier.output import FALLBACK, as_dict, intent_ranking, response_selector

READINGS_SHOWN = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AttuneClassifier(GraphComponent, IntentClassifier):
    """Reads a message as one of all intents, retrieval intents included, and says how sure it is.

    Beside Rasa's own keys a message carries `readings` (full names with confidence, best first) and, where the
    intent is `nlu_fallback`, `clarify`: "two" (ask which of the first two readings) or "none".
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._settings = _pick(Settings, config)
        self._thresholds = _pick(Thresholds, config)
        self._storage, self._resource = storage, resource
        self._model: IntentModel | None = None

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return every setting with its default."""
        return {**dataclasses.asdict(Settings()), **dataclasses.asdict(Thresholds())}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AttuneClassifier:
        """Return a component that has still to be trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text and an intent, and keep the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        self._model = IntentModel.learn(texts, [example.get_full_intent() for example in examples], self._settings)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AttuneClassifier:
        """Return the trained component; thresholds are those of training."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = IntentModel.load(folder)
        # The first message would otherwise pay for loading the encoder.
        component._model.read("warm up")
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples as they are: nothing later in the pipeline learns from readings."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Read each message."""
        for message in messages:
            self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        if self._model is None:
            raise RuntimeError("the classifier has not been trained")
        mentions = [Mention.from_entity(entity) for entity in message.get(ENTITIES) or []]
        _write(message, interpret(self._model, message.get(TEXT) or "", mentions, self._thresholds))


def _write(message: Message, meaning: Interpretation) -> None:
    readings, kind = meaning.readings, meaning.kind
    ranking = intent_ranking(readings)
    if kind != "act":
        ranking.insert(0, {"name": FALLBACK, "confidence": readings[0].confidence})
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(RESPONSE_SELECTOR, response_selector(readings), add_to_output=True)
    message.set("readings", [as_dict(reading) for reading in readings[:READINGS_SHOWN]], add_to_output=True)
    message.set("clarify", kind if kind != "act" else None, add_to_output=True)


def _pick(kind: Any, config: dict[str, Any]) -> Any:
    names = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in config.items() if name in names})
