# ruff: noqa: ARG003, UP006, UP035 - Rasa calls with fixed arguments and compares annotations with its own
"""The wishes of a message as Rasa entities; `name: pipeline.entities.AttuneEntities` in config.yml, before the classifier."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from attune.text import parse


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AttuneEntities(GraphComponent, EntityExtractorMixin):
    """Finds what `attune.text.parse` finds; learns nothing."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AttuneEntities:
        """Return the component, with the vocabulary read."""
        parse("warm up")
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the mentions of each message to its entities."""
        for message in messages:
            found = [mention.to_entity(type(self).__name__) for mention in parse(message.get(TEXT) or "")]
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), *found], add_to_output=True)
        return messages
