# ruff: noqa: ARG003, UP006, UP035, UP045 - Rasa calls with fixed arguments and compares annotations with its own
"""While a crisis is active, Rasa does one thing a turn: it says a plain crisis response. Nothing can come in between.

Rasa asks a form about every message first, and a form asks the action server; with that server gone the turn would end in silence.
This policy outranks forms, rules and stories, so that a crisis needs neither them nor the action server.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from attune.safety import crisis_state

FIRST = 100  # Rasa's own policies have 1 to 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CrisisPolicy(Policy):
    """Learns nothing; Rasa gives every policy a training."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the configuration: the rank among policies."""
        return {"priority": FIRST}

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Policy:
        """Return the policy; there is nothing to load."""
        return cls.create(config, model_storage, resource, execution_context)

    def train(self, training_trackers: List[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Learn nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Return the crisis response, then the end of the turn; nothing at all while there is no crisis."""
        probabilities = [0.0] * domain.num_actions
        state = crisis_state([event.as_dict() for event in tracker.events])
        if state.mode == "active":
            spoken = tracker.latest_action_name != ACTION_LISTEN_NAME
            action = ACTION_LISTEN_NAME if spoken else f"utter_crisis/{state.kind}"
            probabilities[domain.index_for_action(action)] = 1.0
        # A form's own predictions count as "no user" ones, which outrank all others of a turn.
        return self._prediction(probabilities, is_no_user_prediction=state.mode == "active")
