"""Which words a plain response takes, given the conversation: phrasing, depth, clarification, second misunderstanding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from attune.guidance.help_words import said_values
from attune.guidance.history import Event, bot_texts, last_topic, repeated, said_before, visitor_events
from attune.knowledge import Content
from attune.model.places import find_place
from attune.model.vocabulary import terms
from attune.reply import Link, Reply, Text
from attune.site import Site

FAQ = "utter_faq/"
SOURCE = "utter_faq/attunement_evidence"
DIFFERENCE = "utter_faq/approach_difference"
MISCONDUCT = "utter_report_misconduct"


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
    if name == DIFFERENCE and len(codes := mentioned(events, "approach")) > 1:
        eft_known = eft_was_told_apart(events, content, site.language)
        return Response("faq/approach_difference", "short", content.compare(codes[:3], language=site.language, eft_known=eft_known))
    if name == MISCONDUCT and (province := province_of(events)) in content.regulators:
        return Response("report_misconduct", "short", misconduct_reply(province, site, content))
    depth, topic = "short", name.removeprefix("utter_")
    if name == SOURCE and (asked_about := _just_explained(events)):
        # "Where does that come from?" right after an answer asks for that answer's source.
        name, topic, depth = f"utter_{asked_about}", asked_about, "source"
    reply = _say(name, events, site, content, depth=depth, eft_known=eft_was_told_apart(events, content, site.language))
    return Response(topic, depth, reply)


def mentioned(events: Sequence[Event], entity: str) -> list[str]:
    """Return the values of `entity` in the visitor's last message, each once, those ruled out left out."""
    found = (visitor_events(events)[-1].get("parse_data") or {}).get("entities") or []
    return list(dict.fromkeys(str(e["value"]) for e in found if e.get("entity") == entity and e.get("role") != "not"))


def province_of(events: Sequence[Event]) -> str:
    """Return the code of the province that the last message names, itself or by a city in it; empty without one."""
    cities = (find_place(name) for name in mentioned(events, "city"))
    return next(iter((*mentioned(events, "province"), *(place.province for place in cities if place))), "")


def misconduct_reply(province: str, site: Site, content: Content) -> Reply:
    """Return who takes complaints about therapists in `province`, a key of the content's regulators."""
    bodies = content.regulators[province]
    values: dict[str, Any] = {
        "province": terms("provinces")[province].name(site.language),
        "regulators": ", ".join(body.name for body in bodies),
    }
    reply = content.reply("utter_report_misconduct_province", language=site.language, **said_values(site), **values)  # type: ignore[arg-type]
    links = tuple(Link(body.name, body.url, "web") for body in bodies if body.url)
    return Reply((reply.parts[0], *((Text("", links=links),) if links else ()), *reply.parts[1:]))


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
