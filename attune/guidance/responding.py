"""Which words a plain response takes, given the conversation: phrasing, depth, clarification, second misunderstanding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from attune.guidance.history import Event, bot_texts, last_topic, repeated, said_before, visitor_events
from attune.guidance.help_words import said_values
from attune.knowledge import Content
from attune.reply import Reply
from attune.site import Site

FAQ = "utter_faq/"
SOURCE = "utter_faq/attunement_evidence"


@dataclass(frozen=True)
class Response:
    """What is said, and what it is about: `faq/origins` for an answer, else the response's own name."""

    about: str
    depth: str
    reply: Reply = field(default_factory=Reply)


def compose(name: str, events: Sequence[Event], site: Site, content: Content) -> Response:
    """Return the response `name` as this conversation has it next.

    Raises:
        ContentError: When content/ has no such response.
    """
    if name == "utter_clarify":
        return _clarify(events, site, content)
    depth, topic = "short", name.removeprefix("utter_")
    if name == SOURCE and (asked_about := _just_explained(events)):
        # "Where does that come from?" right after an answer asks for that answer's source.
        name, topic, depth = f"utter_{asked_about}", asked_about, "source"
    reply = _say(name, events, site, content, depth=depth, eft_known=eft_was_told_apart(events, content, site.language))
    return Response(topic, depth, reply)


def eft_was_told_apart(events: Sequence[Event], content: Content, language: str) -> bool:
    """Return whether this conversation has already heard which of the three meanings of "EFT" is meant."""
    notes = {content.text(key, language=language) for key in ("eft.note", "search.eft")}
    told = any(said_before(events, topic) for topic in ("faq/approach_eft", "faq/eft_tapping"))
    return told or not notes.isdisjoint(bot_texts(events))


def _just_explained(events: Sequence[Event]) -> str:
    """Return the topic of the bot's last turn when that was an answer (not the one about evidence itself)."""
    asked = [index for index, event in enumerate(events) if event.get("event") == "user"]
    topic = last_topic(events[asked[-2] if len(asked) > 1 else 0 : asked[-1]], ("faq/",)) if asked else ""
    return "" if topic == SOURCE.removeprefix("utter_") else topic


def _clarify(events: Sequence[Event], site: Site, content: Content) -> Response:
    """Two close readings: ask which. None: ask a better question; the second time in a row, offer the menu and a person."""
    data = visitor_events(events)[-1].get("parse_data") or {}
    if repeated(events, "nlu_fallback") > 1:
        return Response("misunderstood", "short", _say("utter_fallback_again", events, site, content))
    if data.get("clarify") == "two":
        intents = [reading["name"] for reading in data.get("readings") or []][:2]
        turn = said_before(events, "clarify")
        return Response("clarify", "short", content.clarify(intents, language=site.language, turn=turn))
    return Response("misunderstood", "short", _say("utter_fallback", events, site, content))


def _say(name: str, events: Sequence[Event], site: Site, content: Content, **options: object) -> Reply:
    turn = said_before(events, name)
    return content.reply(name, language=site.language, turn=turn, **said_values(site), **options)  # type: ignore[arg-type]
