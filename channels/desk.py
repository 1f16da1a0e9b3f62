"""Answers messages: each id once, in order, in time, and never with silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from attune.faults import describe
from attune.payload import parse_payload
from channels.base import Incoming, Part, parts_of
from channels.memory import Memory
from channels.screen import Screen
from channels.tracker import Conversations
from channels.turns import Queue, Turn

logger = logging.getLogger(__name__)

CRISIS_TIMEOUT = 8.0
DELETED = "utter_request_data_deletion"
"""The response that says that everything was deleted; what it says is made true here."""

Json = dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[Any]]
Render = Callable[[Part, int], tuple[Json, Json] | None]


class Collector(OutputChannel):  # type: ignore[misc]  # Rasa's classes are untyped for mypy
    """Rasa's output side: hands every bot message on, as neutral parts."""

    def __init__(self, emit: _Emitter) -> None:
        self._emit = emit

    @classmethod
    def name(cls) -> str:
        """The name that Rasa puts on bot messages."""
        return "attune"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002  # Rasa's signature
        """Take a bot message of any form."""
        if message.get("utter_action") == DELETED:
            self._emit.erased()
        for part in parts_of(message):
            self._emit(part)


class Desk:
    """Runs turns through Rasa for one connector.

    Args:
        name: The connector's name, as Rasa sees it (`web`).
        handler: Rasa's `on_new_message`.
        render: Makes a wire line, and what its taps stand for, from a part and a number.
        conversations: Knows what Rasa had saved before a restart, and deletes it.
        timeout: Seconds until the visitor is told that it did not work.
    """

    def __init__(
        self,
        name: str,
        handler: Handler,
        memory: Memory,
        screen: Screen,
        render: Render,
        conversations: Conversations,
        timeout: float = 20.0,
    ) -> None:
        self.name, self.handler, self.memory, self.screen = name, handler, memory, screen
        self.render, self.conversations, self.timeout = render, conversations, timeout
        self.queue = Queue()
        self._live: dict[tuple[str, str], tuple[Turn, asyncio.Task[None]]] = {}

    def submit(self, message: Incoming) -> Turn:
        """Return the turn that answers `message`: a new one, the one under way, or the one answered before.

        Raises:
            Busy: When too many messages of this conversation wait.
        """
        key = (message.conversation, message.id)
        if key in self._live:
            return self._live[key][0]
        if self.memory.state(*key) == "done":
            return Turn(self.memory.lines(message.conversation, turn=message.id))
        self.queue.enter(message.conversation)
        turn = Turn()
        task = asyncio.get_running_loop().create_task(self._run(message, turn))
        self._live[key] = (turn, task)
        task.add_done_callback(lambda done: self._closed(key, turn, done))
        return turn

    def answering(self, conversation: str, message_id: str) -> bool:
        """Say whether this very message is being answered now."""
        return (conversation, message_id) in self._live

    def running(self, conversation: str) -> list[Turn]:
        """The turns of a conversation that are under way, in order."""
        return [turn for (owner, _), (turn, _task) in self._live.items() if owner == conversation]

    async def stop(self, conversation: str) -> None:
        """Break off every turn of a conversation (its visitor ended it)."""
        tasks = [task for (owner, _), (_turn, task) in self._live.items() if owner == conversation]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _closed(self, key: tuple[str, str], turn: Turn, task: asyncio.Task[None]) -> None:
        """Tidy up after a turn; one that was broken off, or failed in our own code, says so to its readers."""
        self._live.pop(key, None)
        if task.cancelled() or task.exception():
            error = None if task.cancelled() else task.exception()
            logger.error("A %s turn was broken off: %s", self.name, describe(error) if error else "ended")
            turn.add(trouble("failed", self.screen))
        self.queue.leave(key[0])
        turn.finish()

    async def _run(self, message: Incoming, turn: Turn) -> None:
        """Answer one message when its time has come."""
        async with self.queue.lock(message.conversation):
            if not self.memory.known(message.conversation):
                return
            before = None
            if self.memory.state(message.conversation, message.id) == "open":
                before = await self.conversations.answered(message.conversation, message.id)
            self.memory.begin(message.conversation, message.id)
            emit = _Emitter(self, message, turn)
            emit.said()
            code = await self._repeat(before, emit) if before is not None else await self._ask(message, emit)
            if message.static or (code and self.screen.alarm(message.said)):
                emit.help()
                code = ""
            if code:
                turn.add(trouble(code, self.screen))
            if emit.deleted:
                await self.conversations.erase(message.conversation)
            self.memory.finish(message.conversation, message.id, "failed" if code else "done")

    @staticmethod
    async def _repeat(messages: list[dict[str, Any]], emit: _Emitter) -> str:
        """Say again what Rasa had said and saved before a restart."""
        for message in messages:
            for part in parts_of(message):
                emit(part)
        return "" if emit.count else "silent"

    async def _ask(self, message: Incoming, emit: _Emitter) -> str:
        """Put the message to Rasa; return an error code, or nothing when it answered."""
        if message.static:
            return ""
        tap = parse_payload(message.text, message.said) if message.tapped else None
        asked = UserMessage(
            tap["text"] if tap else message.text,
            Collector(emit),
            message.conversation,
            input_channel=self.name,
            message_id=message.id,
            metadata=dict(message.metadata),
            parse_data=tap,
        )
        # Someone in danger does not wait for the full time-out: the static reply stands ready.
        timeout = min(self.timeout, CRISIS_TIMEOUT) if self.screen.alarm(message.said) else self.timeout
        try:
            await asyncio.wait_for(self.handler(asked), timeout)
        except TimeoutError:
            logger.warning("A %s turn took over %s seconds.", self.name, self.timeout)
            return "timeout"
        except Exception as error:
            # Whatever a component, a policy or a database raises: the visitor is told, and never left without an answer.
            logger.error("A %s turn failed: %s", self.name, describe(error))
            return "failed"
        return "" if emit.count else "silent"


class _Emitter:
    """Numbers, keeps and hands on the lines of one turn."""

    def __init__(self, desk: Desk, message: Incoming, turn: Turn) -> None:
        self.desk, self.message, self.turn, self.count, self.deleted = desk, message, turn, 0, False

    def __call__(self, part: Mapping[str, Any]) -> None:
        seq = self.desk.memory.next_seq(self.message.conversation)
        made = self.desk.render(dict(part), seq)
        if made is None:
            logger.warning("A part of unknown type was left out: %s", part.get("type"))
            return
        self.count += part["type"] != "you"
        self.desk.memory.add(self.message.conversation, self.message.id, *made)
        self.turn.add(made[0])

    def said(self) -> None:
        """Put the visitor's own words first."""
        if self.message.said:
            self({"type": "you", "id": self.message.id, "text": self.message.said})

    def erased(self) -> None:
        """Forget what was said so far; the tracker follows when Rasa has saved this turn."""
        self.deleted = True
        self.desk.memory.clear(self.message.conversation)
        self.turn.add({"type": "erased"})

    def help(self) -> None:
        """Give the static crisis reply."""
        for part in self.desk.screen.parts():
            self(part)


def trouble(code: str, screen: Screen, retry_after: int = 0) -> Json:
    """The error line: a code, which the client has words for, and the help lines."""
    body: Json = {"type": "error", "code": code, "lines": list(screen.lines())}
    return body | ({"retry_after": retry_after} if retry_after else {})
