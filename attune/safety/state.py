"""The crisis state as a pure function of the conversation so far. No slot holds it, so nothing can lose it.

ACTIVE: crisis replies only. HELD: normal help with one pinned row until the session ends. See docs/safety.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from attune.safety.verdict import KINDS, Verdict

Mode = Literal["none", "active", "held"]
# What the latest turn was, seen from the crisis: it chooses the words.
Moment = Literal["", "hit", "more", "wont_call", "afraid_of_police", "unsafe", "request", "goodbye", "safe", "false_alarm"]

MEMORY = 6  # an uncertain sign counts for this many turns
QUIET = 2  # a false alarm is forgotten after this many turns

# Intents that ask for something else. Everything that is not here stays part of the crisis talk.
REQUESTS = frozenset(
    [
        "ask_bot_identity",
        "ask_capabilities",
        "restart",
        "request_human",
        "ask_privacy",
        "request_data_deletion",
        "ask_explanation",
        "request_diagnosis",
        "request_medication_advice",
        "request_therapy_from_bot",
        "report_misconduct",
        "find_therapist",
        "help_me_choose",
        "inform",
        "show_more",
        "show_details",
        "compare_results",
        "book_consultation",
        "draft_message",
        "keep_summary",
        "explain_results",
    ]
)
GROUPS = ("faq",)
ANSWERS = frozenset({"safe", "unsafe", "false_alarm", "wont_call", "afraid_of_police", "request"})
# What "yes" and "no" answer, by the kind's one question.
YES = {"self_harm": "safe", "harm_to_others": "safe", "abuse": "more", "medical": "more", "someone_else": "unsafe"}
NO = {"self_harm": "unsafe", "harm_to_others": "unsafe", "abuse": "unsafe", "medical": "unsafe", "someone_else": "more"}


@dataclass(frozen=True, slots=True)
class VisitorTurn:
    """One message of the visitor: the full name of its intent, its verdict, and a tapped answer if it was a tap."""

    intent: str = ""
    verdict: Verdict = field(default_factory=Verdict)
    tapped: str = ""


@dataclass(frozen=True, slots=True)
class CrisisState:
    """Where the conversation stands.

    Attributes:
        mode: none, active or held.
        kind: The kind of crisis that is active or held.
        variant: A finer choice of words within the kind, such as `passive` or `injury`; often empty.
        turn: Which crisis reply of this kind is due (1, 2, 3 ...).
        moment: What the latest turn was; empty when it is no business of the crisis.
        explicit: An explicit statement was made in this session: the row stays.
        now: The latest hit speaks of now.
        coming: Someone who harms the visitor is close.
        minor: The visitor said that they are under age.
        country: The country that the visitor named last.
        province: The province that the visitor named last.
        requests: Other requests since the crisis became active.
        quiet: Turns since a false alarm was accepted; None when none was.
    """

    mode: Mode = "none"
    kind: str = ""
    variant: str = ""
    turn: int = 0
    moment: Moment = ""
    explicit: bool = False
    now: bool = False
    coming: bool = False
    minor: bool = False
    country: str | None = None
    province: str | None = None
    requests: int = 0
    quiet: int | None = None


def state_of(turns: Sequence[VisitorTurn]) -> CrisisState:
    """Return the state after the last of `turns`, the messages of this session in order."""
    state = CrisisState()
    for index, turn in enumerate(turns):
        hit = _hit_kind(turn, turns[max(0, index - MEMORY + 1) : index], state)
        state = replace(
            state,
            moment="",
            minor=state.minor or turn.verdict.minor,
            country=turn.verdict.country or state.country,
            province=turn.verdict.province or state.province,
        )
        state = _enter(state, turn, hit) if hit else _go_on(state, turn)
    return state


def _hit_kind(turn: VisitorTurn, before: Sequence[VisitorTurn], state: CrisisState) -> str:
    """Return the kind of a hit: an alarm, a second ambiguous sign, or a sign that an earlier one makes clear."""
    verdict = turn.verdict
    if verdict.level == "alarm":
        return verdict.kind or "self_harm"
    risk = state.mode == "active" or any(one.verdict.level != "none" for one in before)
    if verdict.after_risk and risk:
        return verdict.kind or "self_harm"
    another = state.mode == "active" or any(one.verdict.is_sign for one in before)
    if verdict.is_sign and another and not verdict.denial:
        return verdict.kind or "self_harm"
    return ""


def _enter(state: CrisisState, turn: VisitorTurn, kind: str) -> CrisisState:
    """Enter or stay in ACTIVE with a new hit."""
    verdict = turn.verdict
    if state.mode == "active" and _outranks(state.kind, kind, verdict):
        kind = state.kind
    same = state.kind == kind and state.mode != "none"
    asks = verdict.answer in ("wont_call", "afraid_of_police") and same and not (verdict.now or verdict.coming)
    moment: Moment = verdict.answer if asks else "hit"  # type: ignore[assignment]  # one of the two just compared
    return replace(
        state,
        mode="active",
        kind=kind,
        variant=_variant(kind, verdict) or (state.variant if same else ""),
        turn=state.turn + 1 if same else 1,
        moment=moment,
        explicit=state.explicit or verdict.explicit,
        now=verdict.now,
        coming=verdict.coming,
        requests=0,
        quiet=None,
    )


# Families whose message wants other words than its kind's usual ones; the first that is present decides.
VARIANTS = {
    "self_harm": {"injury": {"C060", "C061", "C062", "C063", "C064"}},
    "someone_else": {"hurt": {"C195"}},
    "harm_to_others": {"parent": {"C093", "C117"}},
    "medical": {"attempt": {"C086", "C067"}, "poison": {"C121", "C122", "C126"}},
}


def _variant(kind: str, verdict: Verdict) -> str:
    """Return the variant of words for a hit."""
    found = set(verdict.families)
    for variant, families in VARIANTS.get(kind, {}).items():
        if found & families and not (variant == "injury" and found - families and not found <= families):
            return variant
    return "passive" if kind == "self_harm" and (verdict.tier or 4) >= 3 else ""


def _outranks(current: str, new: str, verdict: Verdict) -> bool:
    """Say whether the current kind stays: it is higher, and the new hit is only an uncertain one."""
    if verdict.level == "alarm" and (verdict.tier or 4) <= 2:
        return False
    return KINDS.index(current) < KINDS.index(new)


def _go_on(state: CrisisState, turn: VisitorTurn) -> CrisisState:
    """Go on after a turn without a hit."""
    if state.mode == "none":
        return state
    if state.mode == "held":
        return _age(state)
    answer = _answer(state, turn)
    if answer == "false_alarm":
        return replace(state, mode="held", moment="false_alarm", quiet=None if state.explicit else 0)
    if answer == "safe":
        return replace(state, mode="held", moment="safe")
    if answer == "request":
        if state.requests:
            return replace(state, mode="held", moment="", requests=state.requests + 1)
        return replace(state, moment="request", requests=1, turn=state.turn + 1)
    moment: Moment = answer if answer in ("wont_call", "afraid_of_police", "unsafe", "goodbye") else "more"  # type: ignore[assignment]
    return replace(state, moment=moment, turn=state.turn + 1, now=False, coming=state.coming and moment == "unsafe")


def _age(state: CrisisState) -> CrisisState:
    """Count the quiet turns after a false alarm; after enough of them nothing of it is left."""
    if state.quiet is None:
        return state
    if state.quiet + 1 > QUIET:
        return CrisisState(minor=state.minor, country=state.country, province=state.province)
    return replace(state, quiet=state.quiet + 1)


def _answer(state: CrisisState, turn: VisitorTurn) -> str:
    """Return what the turn means as an answer to the crisis reply."""
    if turn.tapped in ANSWERS:
        return turn.tapped
    said = turn.verdict.answer
    if said in ("false_alarm", "wont_call", "afraid_of_police"):
        return said
    if said == "unsafe" or (said == "safe" and state.kind != "medical"):
        return said
    if turn.intent in ("affirm", "deny"):
        return (YES if turn.intent == "affirm" else NO)[state.kind]
    if turn.verdict.denial and state.kind == "self_harm":
        return "safe"
    if turn.intent == "goodbye":
        return "goodbye"
    if turn.intent in REQUESTS or turn.intent.partition("/")[0] in GROUPS:
        return "request"
    return "more"


def turns_from_events(events: Sequence[Mapping[str, Any]]) -> list[VisitorTurn]:
    """Return the visitor's turns of this session from Rasa's events (as dictionaries)."""
    turns: list[VisitorTurn] = []
    for event in events:
        if event.get("event") == "session_started":
            turns = []
        elif event.get("event") == "user":
            turns.append(_turn(event.get("parse_data") or {}))
        elif event.get("event") == "rewind" and turns:
            turns.pop()
    return turns


def _turn(parsed: Mapping[str, Any]) -> VisitorTurn:
    """Read one user event's parse data."""
    intent = parsed.get("intent") or {}
    name = str(intent.get("name") or "")
    selected = (parsed.get("response_selector") or {}).get(name) or {}
    full = intent.get("full_retrieval_intent_name") or (selected.get("response") or {}).get("intent_response_key")
    tapped = next((str(e.get("value")) for e in parsed.get("entities") or () if e.get("entity") == "crisis_answer"), "")
    verdict = Verdict.from_dict(parsed.get("crisis") or {})
    if not parsed.get("crisis") and str(full or name).startswith("crisis/"):
        verdict = Verdict(level="alarm", kind=str(full or name).partition("/")[2], explicit=True)
    return VisitorTurn(str(full or name), verdict, tapped)
