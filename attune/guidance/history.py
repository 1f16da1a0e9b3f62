"""What was said so far, read from a tracker's events (Rasa's JSON form). Pure: the nlg and the actions share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]


def intent_of(event: Event) -> str:
    """Return the full intent of a visitor's event: `greet`, or `faq/who_benefits` for a retrieval intent."""
    data = event.get("parse_data") or {}
    intent = data.get("intent") or {}
    name = intent.get("name") or ""
    selected = (data.get("response_selector") or {}).get(name) or {}
    return intent.get("full_retrieval_intent_name") or (selected.get("response") or {}).get("intent_response_key") or name


def visitor_events(events: Iterable[Event]) -> list[Event]:
    """Return the visitor's messages in order."""
    return [event for event in events if event.get("event") == "user"]


def said_before(events: Iterable[Event], about: str) -> int:
    """Return how often the bot has already said something about `about` (a response name or a topic)."""
    return sum(about in (_metadata(e).get("about"), _metadata(e).get("utter_action")) for e in events if _is_bot(e))


def last_topic(events: Sequence[Event], kinds: tuple[str, ...] = ("faq/", "results")) -> str:
    """Return what the bot last spoke about of `kinds` (`faq/origins`, `results`), or an empty string."""
    for event in reversed(events):
        about = _metadata(event).get("about") or ""
        if _is_bot(event) and about.startswith(kinds):
            return str(about)
    return ""


def last_offer(events: Sequence[Event]) -> Mapping[str, str] | None:
    """Return the first choice (`title`, `payload`) that the bot offered in its last turn, or None."""
    for event in reversed(_last_turn(events)):
        for part in reversed(((event.get("data") or {}).get("custom") or {}).get("parts") or []):
            if part.get("choices") and part.get("type") in ("choices", "crisis"):
                offer: Mapping[str, str] = part["choices"][0]
                return offer
    return None


def bot_texts(events: Sequence[Event]) -> set[str]:
    """Return every text that the bot has said."""
    parts = (part for e in events if _is_bot(e) for part in ((e.get("data") or {}).get("custom") or {}).get("parts") or [])
    return {str(part["text"]) for part in parts if part.get("type") == "text" and part.get("text")}


def repeated(events: Sequence[Event], intent: str) -> int:
    """Return how many of the visitor's last messages in a row had `intent`."""
    count = 0
    for event in reversed(visitor_events(events)):
        if intent_of(event) != intent:
            break
        count += 1
    return count


def _last_turn(events: Sequence[Event]) -> list[Event]:
    """The bot's messages between the visitor's last two messages (the last one is being answered)."""
    asked = [index for index, event in enumerate(events) if event.get("event") == "user"]
    end = asked[-1] if asked else len(events)
    start = asked[-2] if len(asked) > 1 else 0
    return [event for event in events[start:end] if _is_bot(event)]


def _is_bot(event: Event) -> bool:
    return event.get("event") == "bot"


def _metadata(event: Event) -> Mapping[str, Any]:
    return event.get("metadata") or {}
