"""The visitor does not know what to look for: three short questions, then one or two approaches with the reason."""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, GuideAction, Outcome, Turn, services, wish_slots
from attune.guidance.choose import QUESTIONS, question, read_answer, recommend, recommendation, wishes


class AskQuestion(GuideAction):
    """Asks one question of the form; the subclasses name it."""

    slot = ""

    def answer(self, turn: Turn) -> Outcome:
        """Ask with the answers as choices, and a way to skip."""
        return Outcome(question(self.slot, turn.services.content, turn.language), self.action_name)


class AskFocus(AskQuestion):
    """Asks what matters most."""

    action_name, slot = "action_ask_choose_focus", "choose_focus"


class AskClientType(AskQuestion):
    """Asks for whom."""

    action_name, slot = "action_ask_choose_client_type", "choose_client_type"


class AskFormat(AskQuestion):
    """Asks online or in person."""

    action_name, slot = "action_ask_choose_format", "choose_format"


class ValidateChooseForm(FormValidationAction):  # type: ignore[misc]  # rasa_sdk is not typed
    """Reads the answer to the question that was asked; anything else leaves the form to Rasa's rules."""

    def name(self) -> str:
        """Return the name that Rasa expects for the form."""
        return "validate_choose_form"

    async def _read(self, slot: str, tracker: Tracker) -> dict[str, Any]:
        if tracker.get_slot("requested_slot") != slot:
            return {}
        turn = Turn(tracker, services())
        value = read_answer(slot, turn.text, turn.intent, turn.entities, turn.services.content, turn.language)
        return {slot: value} if value else {}

    async def extract_choose_focus(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Any) -> dict[str, Any]:
        """Read what matters most."""
        return await self._read("choose_focus", tracker)

    async def extract_choose_client_type(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Any) -> dict[str, Any]:
        """Read for whom it is."""
        return await self._read("choose_client_type", tracker)

    async def extract_choose_format(self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Any) -> dict[str, Any]:
        """Read online or in person."""
        return await self._read("choose_format", tracker)

    def validate_choose_focus(self, value: str, *_: Any) -> dict[str, Any]:
        """Keep what was read; it is one of the answers."""
        return {"choose_focus": value}

    def validate_choose_client_type(self, value: str, *_: Any) -> dict[str, Any]:
        """Keep what was read."""
        return {"choose_client_type": value}

    def validate_choose_format(self, value: str, *_: Any) -> dict[str, Any]:
        """Keep what was read."""
        return {"choose_format": value}


class RecommendApproach(GuideAction):
    """Runs when the form is filled."""

    action_name = "action_recommend_approach"

    def answer(self, turn: Turn) -> Outcome:
        """Name one or two approaches by the published rules, and carry the answers over to a search."""
        answers = {slot: turn.slot(slot) for slot in QUESTIONS}
        approaches = recommend(answers)
        query = wishes(turn.query(), answers)
        reply = recommendation(approaches, turn.services.content, turn.language)
        cleared: Events = [SlotSet(slot, None) for slot in QUESTIONS]
        return Outcome(reply, events=[*wish_slots(query), *cleared])
