"""What the rest of the bot asks: is this turn a crisis turn, what is said, and what stands beside the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attune.reply import Notice, Reply
from attune.safety.replies import check_in_part, crisis_reply, pinned_notice
from attune.safety.state import CrisisState, state_of, turns_from_events
from attune.safety.verdict import Verdict

Events = Sequence[Mapping[str, Any]]
SPOKEN_AGAIN_AFTER = 6


def respond(
    events: Events, wanted: str = "", *, country: str = "CA", province: str | None = None, language: str = "en"
) -> Reply | None:
    """Return what the crisis state says in this turn, or None when the normal answer may be given.

    Args:
        events: The tracker's events as dictionaries, the visitor's message among them.
        wanted: The response or action that is about to run ("utter_greet", "utter_crisis/abuse", "action_...").
        country: The site's country.
        province: The site's province, if it serves one.
        language: Language of the words.

    Returns:
        A crisis reply; an empty reply when this turn has already said it (a rule with two responses says it once);
        None when there is no crisis, or when the state is HELD and the visitor asked for something else.
    """
    turns = turns_from_events(events)
    state = state_of(turns)
    speaks = state.mode == "active" or state.moment in ("safe", "false_alarm")
    if not speaks:
        if wanted.startswith("utter_crisis") and turns:
            return _doubt(turns[-1].verdict, wanted, country, province, language)
        return None
    if _said_already(events):
        return Reply()
    return crisis_reply(state, verdict=turns[-1].verdict, country=country, province=province, language=language)


def _doubt(verdict: Verdict, wanted: str, country: str, province: str | None, language: str) -> Reply:
    """Answer an intent of crisis that the detector does not share: with the caring line, never with nothing."""
    kind = wanted.partition("/")[2] or "self_harm"
    return Reply((check_in_part(Verdict(kind=verdict.kind or kind), country=country, province=province, language=language),))


def crisis_state(events: Events) -> CrisisState:
    """Return the crisis state of the conversation, for actions that must hold back (forms, feedback, search)."""
    return state_of(turns_from_events(events))


def pinned(events: Events, *, country: str = "CA", province: str | None = None, language: str = "en") -> Notice | None:
    """Return the row to append to every answer while the state is HELD, else None."""
    state = crisis_state(events)
    if state.mode != "held":
        return None
    return pinned_notice(state, country=country, province=province, language=language)


def beside(events: Events, *, country: str = "CA", province: str | None = None, language: str = "en") -> Reply:
    """Return what is appended to a normal answer: a check-in line where the message is ambiguous, the pinned row."""
    turns = turns_from_events(events)
    row = pinned(events, country=country, province=province, language=language)
    parts: tuple[Any, ...] = (row,) if row else ()
    if turns and not row and not _said_already(events, "check_in"):
        verdict = turns[-1].verdict
        lately = any(one.verdict.denial for one in turns[-SPOKEN_AGAIN_AFTER:-1])
        if verdict.level == "check_in" or (verdict.denial and not lately):
            parts = (check_in_part(verdict, country=country, province=province, language=language), *parts)
    return Reply(parts)


def _said_already(events: Events, what: str = "crisis") -> bool:
    """Say whether a crisis reply was given since the visitor's last message."""
    for event in reversed(events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "bot":
            data = event.get("data") or {}
            parts = (data.get("custom") or {}).get("parts") or ()
            if any(part.get("type") == what for part in parts):
                return True
    return False
