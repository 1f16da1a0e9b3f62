"""The whole bot in this process: the trained model, the real nlg, the real actions; only the HTTP between them is gone."""

from __future__ import annotations

import logging
import os
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy

from pipeline.lean import import_rasa

import_rasa()

from rasa.core.agent import Agent, load_agent  # noqa: E402  # after the lean import
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402
from rasa_sdk.executor import ActionExecutor  # noqa: E402

from actions.base import services  # noqa: E402
from attune.guidance.history import intent_of, visitor_events  # noqa: E402
from attune.payload import parse_payload  # noqa: E402
from attune.settings import load_settings  # noqa: E402
from attune.talk.expect import Answer  # noqa: E402
from channels.base import clean_text  # noqa: E402


def use_sample_directory(folder: Path) -> None:
    """Point the actions of this process at a fresh sample directory in `folder`."""
    from attune.directory.sample import ensure_sample

    os.environ["ATTUNE_VAR"] = str(folder)
    ensure_sample(load_settings().directory)
    services.cache_clear()


class InProcessActions(EndpointConfig):
    """Runs a custom action with rasa_sdk's own executor instead of calling the action server."""

    def __init__(self) -> None:
        super().__init__("http://in-process.invalid")
        self.executor = ActionExecutor()
        self.executor.register_package("actions")

    async def request(self, *_args: Any, json: dict[str, Any], **_options: Any) -> Any:  # type: ignore[override]
        """Answer what Rasa would have posted."""
        return await self.executor.run(json)


class Silence(CollectingOutputChannel):
    """Collects bot messages as Rasa hands them over."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message whole."""
        self.messages.append(message)


class Bot:
    """Conversations with the model in `path`, kept in the SQLite file `kept` as the service keeps them."""

    def __init__(self, path: Path, kept: Path, *, actions: EndpointConfig | None = None) -> None:
        configure_structlog(logging.WARNING)
        store = EndpointConfig(type="pipeline.tracker_store.WordlessTrackerStore", dialect="sqlite", db=str(kept))
        nlg = EndpointConfig(type="pipeline.nlg.ContentNLG")
        self.path, self.endpoints = path, AvailableEndpoints(nlg=nlg, action=actions or InProcessActions(), tracker_store=store)
        self.agent: Agent | None = None

    async def load(self) -> Bot:
        """Load the model."""
        self.agent = await load_agent(str(self.path), endpoints=self.endpoints)
        engine = self.agent.tracker_store._tracker_store.engine
        # No test asks what a power cut leaves behind, and waiting for the disk is most of a turn.
        sqlalchemy.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
        return self

    async def fork(self, sender: str) -> str:
        """Return the name of a new conversation with the past of `sender`, so that two futures can be tried."""
        assert self.agent is not None, "call load() first"
        past = await self.agent.tracker_store.retrieve_full_tracker(sender)
        other = uuid.uuid4().hex
        if past is not None:
            await self.agent.tracker_store.save(DialogueStateTracker.from_events(other, past.events, self.agent.domain.slots))
        return other

    async def say(self, text: str, sender: str, payload: str = "", channel: str = "web") -> Answer:
        """Send one message, or a tap when `payload` is given, and return what came back."""
        output = Silence()
        parse_data = parse_payload(payload, text) if payload else None
        said = text if payload else clean_text(text)  # as every connector hands it over
        message = UserMessage(said, output, sender, parse_data=parse_data, input_channel=channel, message_id=uuid.uuid4().hex)
        assert self.agent is not None, "call load() first"
        await self.agent.handle_message(message)
        tracker = await self.agent.tracker_store.retrieve_full_tracker(sender)
        events = [event.as_dict() for event in tracker.events]
        parts = [part for sent in output.messages for part in (sent.get("custom") or {}).get("parts", [])]
        return Answer(parts, intent_of(visitor_events(events)[-1]), tracker.current_slot_values())
