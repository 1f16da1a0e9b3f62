"""One turn: a message, and the lines that answer it, which any number of readers may follow while they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

Json = dict[str, Any]


class Busy(Exception):  # noqa: N818  # an answer, not an error
    """Too many messages of one conversation are waiting."""


class Turn:
    """Lines in order; `finished` is set after the last one. A reader that goes away changes nothing."""

    def __init__(self, lines: list[Json] | None = None) -> None:
        self.lines: list[Json] = lines or []
        self.finished = lines is not None
        self._news = asyncio.Event()

    def add(self, line: Json) -> None:
        """Add a line and wake the readers."""
        self.lines.append(line)
        self._wake()

    def finish(self) -> None:
        """Say that no more lines come."""
        self.finished = True
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def follow(self, beat: float = 10.0) -> AsyncIterator[Json | None]:
        """Yield every line from the first on, and None whenever nothing came for `beat` seconds."""
        position = 0
        while True:
            while position < len(self.lines):
                yield self.lines[position]
                position += 1
            if self.finished:
                return
            try:
                await asyncio.wait_for(asyncio.shield(self._news.wait()), beat)
            except TimeoutError:
                yield None


class Queue:
    """Messages of one conversation are answered one after the other, in the order they came."""

    def __init__(self, depth: int = 5) -> None:
        self.depth = depth
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    def enter(self, conversation: str) -> None:
        """Take a place in the queue.

        Raises:
            Busy: When it is full.
        """
        if self._waiting.get(conversation, 0) >= self.depth:
            raise Busy
        self._waiting[conversation] = self._waiting.get(conversation, 0) + 1

    def lock(self, conversation: str) -> asyncio.Lock:
        """The lock to hold while answering."""
        return self._locks.setdefault(conversation, asyncio.Lock())

    def leave(self, conversation: str) -> None:
        """Give the place back."""
        self._waiting[conversation] -= 1
        if not self._waiting[conversation]:
            del self._waiting[conversation]
            self._locks.pop(conversation, None)
