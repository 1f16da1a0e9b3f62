"""Rasa's tracker store, as far as a connector needs it: erase a conversation, and look up what was answered.

Rasa has no deletion of its own, so this knows the stores by what they have (a dict, a SQLAlchemy session, a Redis client,
a Mongo collection). An unknown store is reported, never passed over in silence.
"""

from __future__ import annotations

import logging
from typing import Any

from sanic import Blueprint

logger = logging.getLogger(__name__)


class Conversations:
    """Rasa's tracker store behind the running server, which has it once its model is loaded."""

    def __init__(self) -> None:
        self._app: Any = None

    def mount(self, blueprint: Blueprint) -> None:
        """Find the server when it starts."""

        async def start(app: Any, _loop: Any) -> None:
            self._app = app

        blueprint.listener("before_server_start")(start)

    @property
    def agent(self) -> Any:
        """Rasa's agent, or None while it loads."""
        return getattr(self._app.ctx, "agent", None)

    @property
    def ready(self) -> bool:
        """Whether the model is loaded, so that a message can be answered."""
        return self.agent is not None and bool(self.agent.is_ready())

    async def erase(self, conversation: str) -> bool:
        """See `erase`."""
        return await erase(self.agent, conversation)

    async def answered(self, conversation: str, message_id: str) -> list[dict[str, Any]] | None:
        """See `answered`."""
        return await answered(self.agent, conversation, message_id)


def _stores(store: Any) -> list[Any]:
    """The store and everything that it wraps (Rasa wraps its store in two layers)."""
    found = [store]
    for name in ("_tracker_store", "_fallback_tracker_store"):
        inner = vars(store).get(name)
        if inner is not None:
            found += _stores(inner)
    return found


async def erase(agent: Any, conversation: str) -> bool:
    """Delete every event of a conversation; return False when the store in use cannot do that."""
    store = getattr(agent, "tracker_store", None)
    if store is None:
        return True
    erased = [_erase_one(inner, conversation) for inner in _stores(store)]
    if not any(erased):
        logger.error("This tracker store cannot erase a conversation: %s", type(_stores(store)[-1]).__name__)
    return any(erased)


def _erase_one(store: Any, conversation: str) -> bool:
    if hasattr(store, "SQLEvent"):
        with store.session_scope() as session:
            if store.engine.dialect.name == "sqlite":
                session.connection().connection.execute("PRAGMA secure_delete = ON")
            session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == conversation).delete()
            session.commit()
    elif isinstance(getattr(store, "store", None), dict):
        store.store.pop(conversation, None)
    elif hasattr(store, "red"):
        store.red.delete(store.key_prefix + conversation)
    elif hasattr(store, "conversations"):
        store.conversations.delete_one({"sender_id": conversation})
    else:
        return False
    return True


async def answered(agent: Any, conversation: str, message_id: str) -> list[dict[str, Any]] | None:
    """Return the bot messages that answered `message_id`, or None when Rasa never saved that message.

    Rasa saves a turn only when it is complete. So after a restart in mid-turn this tells "answered, but the
    lines were lost" from "never answered", and nothing runs twice.
    """
    store = getattr(agent, "tracker_store", None)
    tracker = await store.retrieve(conversation) if store is not None else None
    events = list(tracker.events) if tracker is not None else []
    said = [n for n, event in enumerate(events) if type(event).__name__ == "UserUttered"]
    for n, following in zip(said, [*said[1:], len(events)], strict=False):
        if events[n].message_id == message_id:
            spoken = (event for event in events[n:following] if type(event).__name__ == "BotUttered")
            return [{"text": event.text, **(event.data or {})} for event in spoken]
    return None
