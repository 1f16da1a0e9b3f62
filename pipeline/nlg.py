"""Rasa's nlg, in its own process: every word comes from content/ at run time, so a change of wording retrains nothing."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from attune.guidance.answering import answer
from attune.guidance.responding import Response, compose
from attune.knowledge import load_content
from attune.settings import load_settings
from attune.site import load_site


class ContentNLG(NaturalLanguageGenerator):
    """Serves `utter_*` responses, named by `nlg: {type: pipeline.nlg.ContentNLG}` in endpoints.yml."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Load content and site once; Rasa makes one generator a process and passes arguments that we do not need."""
        self.content = load_content()
        self.site = load_site(load_settings().site)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """Return the bot message for `utter_action`: the reply as `custom`, and what it was about as metadata.

        Args:
            utter_action: The response that Rasa chose.
            tracker: The conversation.
            output_channel: The channel's name.
            kwargs: Rasa passes the domain's responses; they hold no words.
        """
        events = [event.as_dict() for event in tracker.events]
        response = Response(utter_action, "")

        def say_normally() -> Any:
            nonlocal response
            response = compose(utter_action, events, self.site, self.content)
            return response.reply

        reply = answer(events, utter_action, say_normally, site=self.site)
        return {"custom": reply.to_dict(), "about": response.about}
