"""The visitor answers what the bot just said: yes to an offer, or please say that again."""

from __future__ import annotations

from rasa_sdk.events import ActionExecuted, UserUttered

from actions.base import GuideAction, Outcome, Turn
from attune.guidance.history import last_offer, last_topic
from attune.payload import parse_payload
from attune.reply import Reply


class TakeOffer(GuideAction):
    """Answers `affirm`: a yes takes the first thing that was offered."""

    action_name = "action_take_offer"

    def answer(self, turn: Turn) -> Outcome:
        """Go on as if the first choice had been tapped; without an offer, ask what is wanted."""
        offer = last_offer(turn.events)
        if not offer:
            return Outcome(turn.respond("utter_affirm"))
        data = parse_payload(offer["payload"], offer["title"])
        # The same two events with which Rasa's own two-stage fallback continues from an interpreted message.
        return Outcome(Reply(), events=[ActionExecuted("action_listen"), UserUttered(data["text"], parse_data=data)])


class ExplainAgain(GuideAction):
    """Answers `ask_explanation`: the simpler text, or an example, of what was explained last."""

    action_name = "action_explain_again"

    def answer(self, turn: Turn) -> Outcome:
        """Say what the word in question means, else the last answer more simply, or with an example."""
        tapped = turn.values("depth")
        meaning = None if tapped else turn.services.content.explain(turn.text, language=turn.language)
        if meaning:
            return Outcome(meaning, "glossary")
        topic = last_topic(turn.events, ("faq/",))
        if not topic:
            return Outcome(turn.respond("utter_ask_explanation"))
        depth = str(next(iter(tapped), "simple"))
        return Outcome(turn.respond(f"utter_{topic}", depth=depth), about=topic)
