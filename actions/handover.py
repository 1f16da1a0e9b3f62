"""The visitor gets in touch: how to reach a therapist, a first message, a summary to keep."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.base import GuideAction, Outcome, Turn
from actions.results import referred
from attune.directory import Listing
from attune.guidance.handover import contact_reply, message_reply, plan_reply, summary_reply
from attune.guidance.results import RESULTS, which_one


def chosen(turn: Turn) -> Listing | None:
    """Return the therapist that the message means, else the one talked about, else the only one shown."""
    shown = list(turn.slot("result_ids") or [])
    ids = referred(turn) or [turn.slot("result_focus") or (shown[0] if len(shown) == 1 else "")]
    return next(iter(turn.listings(ids)), None)


class BookConsultation(GuideAction):
    """Answers `book_consultation`."""

    action_name = "action_book_consultation"

    def answer(self, turn: Turn) -> Outcome:
        """Show the ways to one therapist; with a list, ask which one; without, give the plan."""
        content, language = turn.services.content, turn.language
        if listing := chosen(turn):
            return Outcome(contact_reply(listing, content, language), RESULTS, [SlotSet("result_focus", listing.id)])
        if shown := turn.slot("result_ids"):
            return Outcome(which_one(shown, content, language), RESULTS)
        return Outcome(plan_reply(content, language))


class DraftMessage(GuideAction):
    """Answers `draft_message`."""

    action_name = "action_draft_message"

    def answer(self, turn: Turn) -> Outcome:
        """Write a first message from the wishes."""
        content = turn.services.content
        return Outcome(message_reply(chosen(turn), turn.query(), turn.services.site, content, turn.language))


class KeepSummary(GuideAction):
    """Answers `keep_summary`."""

    action_name = "action_keep_summary"

    def answer(self, turn: Turn) -> Outcome:
        """Put the shown therapists on one page that the visitor can copy or print."""
        listings = turn.listings(list(turn.slot("result_ids") or []))
        return Outcome(summary_reply(listings, turn.query(), turn.services.content, turn.language))
