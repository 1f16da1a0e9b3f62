"""What the connectors of messaging platforms share: limits, order, once-only answers, and words when something fails."""

from __future__ import annotations

import hashlib
from typing import Any

from channels.base import TEXT_MAX, Incoming, clean_text
from channels.desk import Desk, trouble
from channels.limits import RateLimit
from channels.turns import Busy

Json = dict[str, Any]


class Platform:
    """Answers messages of one platform through its desk.

    Args:
        desk: Runs turns through Rasa.
        words: The strings of the site's language.
        opening: The payload for a talk that begins.
        per_minute: Limit for each conversation.
    """

    def __init__(self, desk: Desk, words: dict[str, str], opening: str = "/greet", per_minute: int = 20) -> None:
        self.desk, self.words, self.opening = desk, words, opening
        self._limit = RateLimit(per_minute)

    def conversation(self, account: str) -> str:
        """Rasa's sender id for an account: a hash, so that no number or name stands in the tracker store."""
        return f"{self.desk.name}-{hashlib.sha256(f'{self.desk.name}:{account}'.encode()).hexdigest()[:32]}"

    async def open(self, account: str, message_id: str) -> list[Json]:
        """Answer the start of a talk."""
        return await self._answer(Incoming(self.conversation(account), message_id, self.opening, "", tapped=True))

    async def tap(self, account: str, message_id: str, button: str) -> list[Json] | None:
        """Answer a tap; None when the button is not one that we issued."""
        meaning = self.desk.memory.tap(self.conversation(account), button)
        if not isinstance(meaning, list):
            return None
        payload, title = map(str, meaning)
        tapped = payload.startswith("/")
        text = payload if tapped else clean_text(title)
        return await self._answer(Incoming(self.conversation(account), message_id, text, title, tapped=tapped))

    async def say(self, account: str, message_id: str, text: str) -> list[Json]:
        """Answer free text."""
        conversation = self.conversation(account)
        if self.desk.memory.state(conversation, message_id) == "done":
            return []
        alarm = self.desk.screen.alarm(text)
        if len(text) > TEXT_MAX and not alarm:
            return [trouble("too_long", self.desk.screen)]
        wait = self._limit.take(conversation)
        if wait and not alarm:
            return [trouble("rate_limit", self.desk.screen, wait)]
        clean = clean_text(text)
        if not clean:
            return [{"type": "text", "text": self.words["text_only"]}]
        static = alarm and len(text) > TEXT_MAX
        return await self._answer(Incoming(conversation, message_id, clean, clean[:TEXT_MAX], static=static))

    async def delete(self, account: str) -> list[Json]:
        """Erase a conversation."""
        conversation = self.conversation(account)
        await self.desk.stop(conversation)
        self.desk.memory.forget(conversation)
        await self.desk.conversations.erase(conversation)
        return [{"type": "text", "text": self.words["deleted"]}]

    async def _answer(self, message: Incoming) -> list[Json]:
        """The lines of a turn, without the visitor's own; nothing for a message that was answered before."""
        key = (message.conversation, message.id)
        if self.desk.memory.state(*key) == "done" or self.desk.answering(*key):
            return []
        self.desk.memory.open(message.conversation)
        try:
            turn = self.desk.submit(message)
        except Busy:
            return [trouble("busy", self.desk.screen)]
        return [line async for line in turn.follow() if line and line["type"] not in ("you", "erased")]

    def error_text(self, line: Json) -> str:
        """The words for an error line."""
        text = self.words.get(f"error_{line['code']}", self.words["error_failed"])
        return text.replace("{n}", str(line.get("retry_after", 0)))
