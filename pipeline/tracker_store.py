"""Rasa's SQL tracker store without the visitor's words, and with a memory for the time in which its database is gone.

`tracker_store: {type: pipeline.tracker_store.WordlessTrackerStore}` in endpoints.yml. Rasa saves a turn when it is complete, so
every component and action of the turn still has the words; later turns need only what they meant.

Where the database cannot be reached, Rasa itself goes on without any past, and a crisis would be forgotten from one message to the
next. So what could not be saved stays in this process until it can be.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from attune.settings import load_settings

logger = logging.getLogger(__name__)


class WordlessTrackerStore(SQLTrackerStore):
    """Keeps conversations in SQL, without words unless the operator switched transcripts on (ATTUNE_TRANSCRIPTS)."""

    def __init__(self, **options: Any) -> None:
        """Open the database with Rasa's options."""
        super().__init__(**options)
        self.transcripts = load_settings().transcripts
        self.engine.hide_parameters = True  # or a failing statement would be logged with all that it was to store
        self._fallback_tracker_store = InMemoryTrackerStore(self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save a conversation, in this process when the database cannot be reached."""
        self._fallback_tracker_store.store.pop(tracker.sender_id, None)
        try:
            await super().save(tracker)
        except Exception as error:
            logger.error("A conversation cannot be saved (%s): it is kept in memory until it can", type(error).__name__)
            self._fallback_tracker_store.domain = self.domain  # Rasa sets ours only when the model is loaded
            await self._fallback_tracker_store.save(tracker)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        """Return a conversation, from memory when that is where it had to be kept."""
        if sender_id in self._fallback_tracker_store.store:
            return await self._fallback_tracker_store.retrieve(sender_id)
        return await super()._retrieve(sender_id, fetch_events_from_all_sessions)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        """Return the events that are to be stored."""
        events = super()._additional_events(session, tracker)
        return events if self.transcripts else map(without_words, events)

    async def _stream_new_events(self, broker: Any, events: list[Event], sender_id: str) -> None:
        """Send new events to an event broker, where the operator has one."""
        await super()._stream_new_events(broker, events if self.transcripts else [without_words(e) for e in events], sender_id)


def without_words(event: Event) -> Event:
    """Return a visitor's message without what was written, also in its entities; every other event as it is."""
    if not isinstance(event, UserUttered):
        return event
    bare = copy.copy(event)
    bare.text = ""
    bare.entities = _bare(event.entities)
    bare.parse_data = {**event.parse_data, "text": "", "entities": _bare(event.parse_data["entities"])}
    return bare


def _bare(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in entity.items() if name != "text"} for entity in entities]
