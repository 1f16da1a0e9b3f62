"""The visitor looks for therapists: take in the wishes, search, show what fits or what to relax."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import Events, GuideAction, Outcome, Turn, wish_slots
from attune.directory import Page
from attune.guidance.choose import is_search
from attune.guidance.echo import echo
from attune.guidance.history import last_topic
from attune.guidance.responding import eft_was_told_apart, misconduct_reply, province_of
from attune.guidance.results import RESULTS, end_reply, missing_place, none_found, opening_question, page_reply
from attune.guidance.wishes import merge
from attune.model.wishes import Query
from attune.reply import Reply
from attune.safety import crisis_state
from attune.text import Mention


class FindTherapist(GuideAction):
    """Answers `find_therapist` and `inform`."""

    action_name = "action_find_therapist"

    def answer(self, turn: Turn) -> Outcome:
        """Search with what is known; ask for a place once, when nothing is known or beside the results."""
        province = province_of(turn.events)
        if (
            last_topic(turn.events, ("",)) == "report_misconduct"
            and turn.intent == "inform"
            and province in turn.services.content.regulators
        ):
            return Outcome(misconduct_reply(province, turn.services.site, turn.services.content), "report_misconduct")
        query = merge(turn.query(), [Mention.from_entity(item) for item in turn.entities])
        if turn.choosing and not is_search(turn.intent, turn.entities):
            return Outcome(Reply((echo(query, turn.services.content, turn.language),)), events=wish_slots(query))
        kept = [*wish_slots(query), *([ActiveLoop(None), SlotSet("requested_slot", None)] if turn.choosing else [])]
        asked = bool(turn.said_before("ask_place"))
        if not query and not asked:
            return Outcome(opening_question(turn.services.content, turn.language), "ask_place", kept)
        page = turn.services.directory.search(query)
        if not page.matches:
            reply = none_found(
                turn.services.directory.relax(query), query, turn.services.site, turn.services.content, turn.language
            )
            return Outcome(reply, "no_results", [*kept, *result_slots(page)])
        ask = missing_place(query) and not asked
        reply = show_page(turn, query, page, ask_place=ask)
        return Outcome(reply, "ask_place" if ask else RESULTS, [*kept, *result_slots(page)])


class ShowMore(GuideAction):
    """Answers `show_more`: the next therapists, or more about what was just explained."""

    action_name = "action_show_more"

    def answer(self, turn: Turn) -> Outcome:
        """Go on from where the list stands."""
        topic = last_topic(turn.events)
        if topic.startswith("faq/"):
            return Outcome(turn.respond(f"utter_{topic}", depth="long"), topic)
        query, seen = turn.query(), list(turn.slot("result_ids") or [])
        if not seen or crisis_state(turn.events).moment in ("safe", "false_alarm"):
            # "I'm ok, show me the list again": from the start, as nobody remembers where it stood.
            return FindTherapist().answer(turn)
        if not turn.slot("result_cursor"):
            return Outcome(end_reply(len(seen), turn.services.content, turn.language), RESULTS)
        page = turn.services.directory.search(query, after=turn.slot("result_cursor"))
        return Outcome(show_page(turn, query, page), RESULTS, result_slots(page, seen))


def show_page(turn: Turn, query: Query, page: Page, *, ask_place: bool = False) -> Reply:
    """Return the echo, the cards and the next steps for one page."""
    link = turn.services.directory.link(query)
    eft_known = eft_was_told_apart(turn.events, turn.services.content, turn.language)
    return page_reply(query, page, link, turn.services.content, turn.language, ask_place=ask_place, eft_known=eft_known)


def result_slots(page: Page, before: list[str] | None = None) -> Events:
    """Return the events that remember which therapists were shown, on this page and before."""
    ids = [match.listing.id for match in page.matches]
    values: dict[str, Any] = {
        "result_ids": [*(before or []), *ids],
        "result_page": ids,
        "result_cursor": page.next,
        "result_focus": None,
    }
    return [SlotSet(name, value) for name, value in values.items()]
