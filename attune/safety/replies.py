"""Fixed crisis replies: words from content/<language>/crisis.yml, numbers from the help lines through code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from attune.reply import Choice, HelpLine, Link, Notice, Panel, Reply, Text
from attune.safety.lines import DIRECTORY, UNKNOWN, Line, Lines
from attune.safety.state import CrisisState
from attune.safety.verdict import KINDS, Verdict

CONTENT = Path(__file__).parents[2] / "content"
# The tap that answers the question, as a payload: the intent alone would not say which question was answered.
MOST_WORDS = 80
INTENT = {"safe": "affirm", "more": "deny"}


def crisis_reply(
    state: CrisisState,
    *,
    verdict: Verdict | None = None,  # noqa: ARG001  (part of the contract; the state carries what it needs of it)
    country: str = "CA",
    province: str | None = None,
    language: str = "en",
) -> Reply:
    """Return what is said in this turn of a crisis.

    Args:
        state: The state after this turn; its `moment` chooses the words.
        verdict: The verdict on this turn's message, for the finer choice of words.
        country: The site's country; what the visitor said goes before it.
        province: The province that the site or the conversation knows.
        language: Language of the words.
    """
    words = _words(language)
    if state.moment in ("safe", "false_alarm"):
        return Reply((Text(str(words[state.moment])),))
    where = _where(state, country, province)
    kind = state.kind if state.kind in KINDS else "self_harm"
    wants_emergency = state.now or kind in ("medical", "abuse") or state.moment == "unsafe"
    lines = _lines(kind, where, state, first=wants_emergency)
    spoken = _block(words, kind, state)
    brief = state.turn > 1 and not state.now and state.moment not in ("unsafe", "hit")
    text, after = _spoken(spoken, _fill(words, kind, where, lines))
    if sum(len(paragraph.split()) for paragraph in text + after) > MOST_WORDS:
        text, after = _spoken(spoken, _fill(words, kind, where, lines, most=1))
    panel = Panel(
        kind=kind,
        text=text,
        lines=tuple(line.shown for line in (lines[:1] if brief else lines)),
        after=after,
        quick_exit=kind == "abuse",
        choices=_choices(words, kind) if spoken["after"] else (),
    )
    return Reply((panel,))


def _spoken(block: Mapping[str, Any], fill: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs before and after the lines, filled."""
    text, after = (tuple(_say(paragraph, fill) for paragraph in block[part]) for part in ("text", "after"))
    return text, after


def check_in_part(verdict: Verdict, *, country: str = "CA", province: str | None = None, language: str = "en") -> Text:
    """Return the one caring line and question that stands beside the normal answer."""
    words = _words(language)
    kind = verdict.kind or "self_harm"
    where = (verdict.country or country, verdict.province or province)
    state = CrisisState(minor=verdict.minor)
    lines = _lines(kind, where, state, first=False)
    template = words["check_in"]["denial" if verdict.denial and kind == "self_harm" else kind]
    return Text(_say(str(template), _fill(words, kind, where, lines)))


def pinned_notice(state: CrisisState, *, country: str = "CA", province: str | None = None, language: str = "en") -> Notice:
    """Return the row that stays below every answer while the state is HELD."""
    words = _words(language)
    where = _where(state, country, province)
    lines = _lines(state.kind, where, state, first=state.kind in ("abuse", "medical"))
    template = words["pinned_abuse" if state.kind in ("abuse", "medical") else "pinned"]
    links = tuple(link for line in lines[:2] for link in line.shown.links if link.kind in ("phone", "text"))
    return Notice("pinned", _say(str(template), _fill(words, state.kind, where, lines)), links=links)


def _where(state: CrisisState, country: str, province: str | None) -> tuple[str, str | None]:
    """Return country and province: the visitor's own words first, then the site's setting."""
    chosen = state.country or country
    own = state.province if state.country in (None, "CA") else None
    return chosen, (own or province) if chosen == "CA" else None


def _lines(kind: str, where: tuple[str, str | None], state: CrisisState, *, first: bool) -> list[Line]:
    """Return the lines to show; the emergency number leads when it is happening now."""
    library = Lines.load()
    lines = library.select(kind, *where, minor=state.minor)
    if kind == "medical":
        if state.variant not in ("poison", "attempt"):
            lines = [line for line in lines if line.shown.id.startswith("em_")]
        if state.variant == "attempt":
            lines += library.select("self_harm", *where)[:1]
    elif kind == "someone_else" and state.variant == "hurt":
        lines = library.select("abuse", *where)
    elif all(line.shown.id.startswith("em_") for line in lines):
        lines = [*lines, library.by_id[DIRECTORY]]
    if first:
        lines = sorted(lines, key=lambda line: not line.shown.id.startswith("em_"))
    return list({line.shown.id: line for line in lines}.values())[:3]


def _block(words: Mapping[str, Any], kind: str, state: CrisisState) -> Mapping[str, Any]:
    """Choose the words: the moment, then the variant, then the turn."""
    if state.moment not in ("", "hit", "more") and (kind != "medical" or state.moment == "unsafe"):
        special = words["moments"].get(f"{state.moment}_{kind}") or words["moments"].get(state.moment)
        if special:
            return dict(special)
    own = words[kind]
    if state.coming and "coming" in own:
        return dict(own["coming"])
    if state.minor and state.turn <= 1 and "minor" in own:
        return dict(own["minor"])
    if state.now and "now" in own and (state.turn <= 2 or state.moment == "hit"):
        return dict(own["now"])
    if state.turn <= 1:
        return dict(own.get(state.variant) or own["first"])
    return dict(own["second" if state.turn % 2 == 0 else "third"])


def _fill(words: Mapping[str, Any], kind: str, where: tuple[str, str | None], lines: list[Line], most: int = 2) -> dict[str, str]:
    """Return what the placeholders stand for; every number in it comes from the help lines."""
    helping = [line for line in lines if not line.shown.id.startswith("em_")]
    library = Lines.load()
    country = where[0]
    if country == UNKNOWN or country not in library.display:
        reach = " or ".join(f"{line.brief} {note}" for line, note in zip(helping[:most], words["note_int"], strict=False))
        emergency = str(words["local_emergency"])
    else:
        emergency = library.emergency(country).reach.removeprefix("call ")
        reach = helping[0].reach if helping else f"call {emergency}"
    hours = str(words["hours"]) if helping and helping[0].day_and_night else ""
    texting = next((line for line in lines for link in line.shown.links if link.kind == "text"), None)
    number = next((link.title for link in texting.shown.links if link.kind == "text"), "") if texting else ""
    text = number[:1].lower() + number[1:]
    no_call = str(words["no_call"]) if text else str(words["no_call_without_text"])
    topics = library.entries.get(helping[0].shown.id, {}).get("topics", ()) if helping else ()
    return {
        "reach": reach,
        "Reach": reach[:1].upper() + reach[1:],
        "hours": hours,
        "emergency": emergency,
        "No_call": no_call.format(text=text, reach=reach, hours=str(words["hours"]) if texting and texting.day_and_night else ""),
        "Poison": str(words["poison"]).format(reach=reach) if kind == "medical" and helping else "",
        "worried": str(words["worried"]) if "worried_about_someone" in topics else "",
    }


def _say(template: str, fill: Mapping[str, str]) -> str:
    """Fill the placeholders and make a sentence begin with a capital."""
    said = " ".join(template.format(**fill).split())
    return said[:1].upper() + said[1:]


def _choices(words: Mapping[str, Any], kind: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(title, f'/{INTENT.get(answer, "deny")}{{"crisis_answer": "{answer}"}}') for title, answer in words["choices"][kind]
    )


@cache
def _words(language: str) -> Mapping[str, Any]:
    path = CONTENT / language / "crisis.yml"
    data: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


STATIC_TEXT = "If you might be in danger, please get help from a person now. These lines answer calls and messages:"
STATIC_AFTER = "This chat is automated and has a fault at the moment. You can write again in a little while."


def static_reply(country: str = "CA") -> Reply:
    """Return the reply for when everything else fails: it needs nothing but the data file of help lines."""
    library = Lines.load()
    lines = library.select("self_harm", country)
    if country in library.display:
        lines = sorted(lines, key=lambda line: not line.shown.id.startswith("em_"))
    return Reply((Panel("self_harm", (STATIC_TEXT,), tuple(line.shown for line in lines), (STATIC_AFTER,)),))


def static_replies() -> dict[str, Any]:
    """Return the static reply for every country as JSON-ready data, for the widget."""
    return {country: static_reply(country).to_dict() for country in (*Lines.load().display, UNKNOWN)}


__all__ = ["HelpLine", "Link", "check_in_part", "crisis_reply", "pinned_notice", "static_replies", "static_reply"]
