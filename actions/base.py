"""What every action shares: the services it may ask, one turn of the conversation, and never a silent failure."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from attune.directory import Directory, LinkTemplates, Listing, open_directory
from attune.faults import describe
from attune.guidance.answering import answer
from attune.guidance.help_words import said_values
from attune.guidance.history import intent_of, said_before, visitor_events
from attune.knowledge import Content, load_content
from attune.model.wishes import Field, Query
from attune.reply import Reply
from attune.settings import load_settings
from attune.site import Site, load_site

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


@dataclass(frozen=True)
class Services:
    """What actions work with; made once a process."""

    content: Content
    directory: Directory
    site: Site


@cache
def services() -> Services:
    """Return the services of this process, opened at the first call and never at import."""
    settings = load_settings()
    site = load_site(settings.site)
    directory = open_directory(settings.directory, links=LinkTemplates.from_site(site.directory))
    return Services(load_content(), directory, site)


@dataclass
class Turn:
    """The visitor's last message and what led to it."""

    tracker: Tracker
    services: Services
    language: str = field(init=False)

    def __post_init__(self) -> None:
        self.language = self.services.site.language

    @property
    def events(self) -> Events:
        """All events of the conversation, in Rasa's JSON form."""
        return list(self.tracker.events)

    @property
    def text(self) -> str:
        """What the visitor wrote, or the title of the button."""
        return self.tracker.latest_message.get("text") or ""

    @property
    def intent(self) -> str:
        """The full intent of the message."""
        said = visitor_events(self.events)
        return intent_of(said[-1]) if said else ""

    @property
    def entities(self) -> Events:
        """The entities of the message."""
        return list(self.tracker.latest_message.get("entities") or [])

    @property
    def choosing(self) -> bool:
        """Whether the three questions of "help me choose" are under way."""
        return bool(self.tracker.active_loop_name)

    def values(self, entity: str) -> list[Any]:
        """Return the values of an entity in this message."""
        return [item["value"] for item in self.entities if item["entity"] == entity]

    def slot(self, name: str) -> Any:
        """Return a slot's value."""
        return self.tracker.get_slot(name)

    def query(self) -> Query:
        """Return the wishes so far."""
        return Query.from_list(item for name in Field for item in self.slot(f"wish_{name.value}") or [])

    def listings(self, ids: list[str]) -> list[Listing]:
        """Return the listings with these ids, in this order, without those that are gone."""
        found = {item.id: item for item in self.services.directory.get(ids)}
        return [found[id_] for id_ in ids if id_ in found]

    def said_before(self, about: str) -> int:
        """Return how often the bot spoke about this before."""
        return said_before(self.events, about)

    def say(self, key: str, **values: object) -> str:
        """Return one of the `words:` of the content."""
        return self.services.content.text(key, language=self.language, **values)

    def respond(self, name: str, **values: object) -> Reply:
        """Return one of the responses of the content, phrased as this conversation has it next."""
        turn = self.said_before(name)
        return self.services.content.reply(name, language=self.language, turn=turn, **{**said_values(self.services.site), **values})  # type: ignore[arg-type]


def wish_slots(query: Query) -> Events:
    """Return the events that store `query`: one slot a field, None where there is no wish."""
    return [SlotSet(f"wish_{name.value}", [w.to_dict() for w in query.all(name)] or None) for name in Field]


@dataclass
class Outcome:
    """What an action says, what it was about (for "tell me more"), and the events that it leaves."""

    reply: Reply
    about: str = ""
    events: Events = field(default_factory=list)


class GuideAction(Action, ABC):  # type: ignore[misc]  # rasa_sdk is not typed
    """An action that always speaks: a crisis comes first, and an error becomes a sentence."""

    action_name: ClassVar[str] = ""

    def name(self) -> str:
        """Return the name under which domain.yml knows it."""
        return self.action_name

    @abstractmethod
    def answer(self, turn: Turn) -> Outcome:
        """Return what to say."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer the message; called by Rasa."""
        turn = Turn(tracker, services())
        outcome = Outcome(Reply())

        def say_normally() -> Reply:
            nonlocal outcome
            outcome = self._guarded(turn)
            return outcome.reply

        reply = answer(turn.events, self.name(), say_normally, site=turn.services.site)
        dispatcher.utter_message(json_message=reply.to_dict(), about=outcome.about or self.name())
        return outcome.events

    def _guarded(self, turn: Turn) -> Outcome:
        try:
            return self.answer(turn)
        except Exception as error:
            # Rasa would skip a failing action in silence.
            logger.error("%s failed: %s", self.name(), describe(error))
            return Outcome(turn.respond("utter_error"), about="error")
