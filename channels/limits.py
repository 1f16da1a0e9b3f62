"""Limits for each conversation and each address, kept in memory: a restart forgives."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable


class RateLimit:
    """At most `count` events for each key in `seconds`."""

    def __init__(self, count: int, seconds: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.count, self.seconds, self._clock = count, seconds, clock
        self._events: dict[str, deque[float]] = {}

    def take(self, key: str) -> int:
        """Count an event; return 0 when it is allowed, or the seconds to wait."""
        now = self._clock()
        if len(self._events) > 10_000:
            self._sweep(now)
        events = self._events.setdefault(key, deque())
        while events and events[0] <= now - self.seconds:
            events.popleft()
        if len(events) >= self.count:
            return max(1, math.ceil(events[0] + self.seconds - now))
        events.append(now)
        return 0

    def _sweep(self, now: float) -> None:
        """Drop the keys that have been quiet, so that memory stays bounded."""
        for key in [key for key, events in self._events.items() if not events or events[-1] <= now - self.seconds]:
            del self._events[key]
