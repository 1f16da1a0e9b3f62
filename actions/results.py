"""The visitor looks closer at the therapists shown: details, comparison, and why these."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import SlotSet

from actions.base import GuideAction, Outcome, Turn
from actions.find import FindTherapist
from attune.guidance.reference import by_name, by_position, by_pronoun
from attune.guidance.results import RESULTS, compare_reply, details_reply, explain_reply, none_yet, which_one

COMPARED = 3


def referred(turn: Turn) -> list[str]:
    """Return the ids of the shown therapists that the message means, in the order of mention."""
    if tapped := turn.values("listing"):
        return [str(id_) for id_ in tapped]
    shown, page = list(turn.slot("result_ids") or []), list(turn.slot("result_page") or [])
    if positions := by_position(turn.values("ordinal"), shown, page):
        return positions
    listings = turn.listings(shown)
    on_page = [item for item in listings if item.id in page]
    return by_name(turn.text, listings) or by_pronoun(turn.text, on_page, turn.slot("result_focus") or "")


class ShowDetails(GuideAction):
    """Answers `show_details`."""

    action_name = "action_show_details"

    def answer(self, turn: Turn) -> Outcome:
        """Show all that one listing says; ask which one when that is open."""
        shown = list(turn.slot("result_ids") or [])
        listings = turn.listings(referred(turn) or [turn.slot("result_focus") or (shown[0] if len(shown) == 1 else "")])
        if not listings:
            if not shown and not turn.values("ordinal"):
                return FindTherapist().answer(turn)
            return Outcome(which_one(shown, turn.services.content, turn.language), RESULTS)
        reply = details_reply(listings[0], turn.services.content, turn.language)
        return Outcome(reply, RESULTS, [SlotSet("result_focus", listings[0].id)])


class CompareResults(GuideAction):
    """Answers `compare_results`."""

    action_name = "action_compare_results"

    def answer(self, turn: Turn) -> Outcome:
        """Put two or three side by side: those meant, else the first of the last page."""
        chosen: Sequence[str] = referred(turn)
        if len(chosen) < 2:
            page = list(turn.slot("result_page") or [])
            chosen = list(dict.fromkeys((*chosen, *page)))[:2]
        listings = turn.listings(list(chosen[:COMPARED]))
        if len(listings) < 2:
            return Outcome(none_yet("compare.two_needed", turn.services.content, turn.language), RESULTS)
        return Outcome(compare_reply(listings, turn.services.content, turn.language), RESULTS)


class ExplainResults(GuideAction):
    """Answers `explain_results`: the published order in words, and the reasons of the therapists shown."""

    action_name = "action_explain_results"

    def answer(self, turn: Turn) -> Outcome:
        """Say how the list is made and, for the page last shown, what each one meets."""
        listings = turn.listings(list(turn.slot("result_page") or []))
        query = turn.query()
        these = [turn.services.directory.explain(listing, query) for listing in listings]
        return Outcome(explain_reply(these, turn.services.content, turn.language), RESULTS)
