"""The visitor starts over: the search is cleared, and one tap brings it back."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import GuideAction, Outcome, Turn, wish_slots
from attune.guidance.choose import QUESTIONS
from attune.model.wishes import Query
from attune.payload import make_payload
from attune.reply import Choice, Choices, Reply

RESULT_SLOTS = ("result_ids", "result_page", "result_cursor", "result_focus")


class Restart(GuideAction):
    """Answers `restart` in place of Rasa's own action, which would forget a crisis along with the search."""

    action_name = "action_restart"

    def answer(self, turn: Turn) -> Outcome:
        """Clear wishes, results and an open form."""
        query = turn.query()
        cleared = [SlotSet(name, None) for name in (*RESULT_SLOTS, *QUESTIONS, "requested_slot")]
        reply = turn.respond("utter_restart")
        if query:
            reply += Reply((Choices((Choice(turn.say("search.bring_back"), make_payload("inform", as_entities(query))),)),))
        return Outcome(reply, "restart", [*wish_slots(Query()), *cleared, ActiveLoop(None)])


def as_entities(query: Query) -> dict[str, Any]:
    """Return the wishes as the entities of a payload."""
    entities: dict[str, list[dict[str, Any]]] = {}
    for wish in query:
        role = "not" if wish.negated else wish.force and wish.force.value
        entities.setdefault(wish.field.value, []).append({"value": wish.value, **({"role": role} if role else {})})
    return entities
