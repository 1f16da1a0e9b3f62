"""The seam to attune.safety: the crisis screen on raw text, and the help lines for every error.

Everything that a connector knows about safety goes through this one object, so that tests can put another in its place.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from attune.faults import describe
from attune.reply import Panel, Reply
from channels.base import TEXT_MAX

logger = logging.getLogger(__name__)

ALARMS = frozenset({"crisis", "alarm"})
"""Verdict levels that outrank every limit; a check-in is left to the conversation."""
PIECE, OVERLAP, PIECES = 1600, 200, 6
"""A text longer than the detector reads at once is screened in pieces, in characters: of a book the first and the last."""


class Verdict(Protocol):
    """What the detector says of a text."""

    level: str
    kind: str | None


class Screen:
    """Asks the detector, and knows the fixed reply that needs neither Rasa nor a database."""

    def __init__(self, verdict: Callable[[str], Verdict], reply: Callable[[str], Reply], country: str = "CA") -> None:
        self._verdict, self._reply, self.country = verdict, reply, country

    @classmethod
    def load(cls, country: str = "CA") -> Screen:
        """Return the screen on attune.safety."""
        safety = importlib.import_module("attune.safety")

        return cls(safety.Detector.load().verdict, safety.static_reply, country)

    def alarm(self, text: str) -> bool:
        """Say whether `text` must be answered with help before any limit; a failing detector counts as no alarm here."""
        try:
            return any(self._verdict(piece).level in ALARMS for piece in pieces(text))
        except Exception as error:
            # Any fault of the detector: the message goes on to Rasa, whose own gate still stands, and is not lost here.
            logger.error("The crisis screen failed: %s", describe(error))
            return False

    def parts(self) -> list[dict[str, Any]]:
        """The static reply, as neutral parts."""
        parts: list[dict[str, Any]] = self._reply(self.country).to_dict()["parts"]
        return parts

    def lines(self) -> Sequence[dict[str, Any]]:
        """The help lines of the static reply, for error replies and for "Urgent help"."""
        return [line for part in self.parts() if part["type"] == Panel.type for line in part["lines"]]


def pieces(text: str) -> list[str]:
    """Return a text of at most `TEXT_MAX` characters whole, a longer one in overlapping pieces."""
    if len(text) <= TEXT_MAX:
        return [text]
    found = [text[at : at + PIECE] for at in range(0, len(text) - OVERLAP, PIECE - OVERLAP)]
    half = PIECES // 2
    return found if len(found) <= PIECES else found[:half] + found[-half:]
