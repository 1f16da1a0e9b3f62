"""One turn's reply: a crisis comes before what was wanted, and stands beside it while it is held.

The nlg (in the Rasa process) and the actions (in theirs) both answer through here, so that the two never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attune.guidance.history import Event
from attune.reply import Reply
from attune.safety import beside, crisis_state, respond
from attune.site import Site


def answer(events: Sequence[Event], wanted: str, say_normally: Callable[[], Reply], *, site: Site) -> Reply:
    """Return what is said now.

    Args:
        events: The whole conversation in Rasa's JSON form, the message being answered included.
        wanted: The response or action that Rasa chose.
        say_normally: Makes the normal reply; not called while a crisis is active.
        site: Country and language.
    """
    options = {"country": site.country, "language": site.language}
    first = respond(events, wanted, **options)
    if first is not None and not _goes_on(events, wanted):
        return first
    reply = say_normally()
    # An empty reply hands the turn on to another action, which will say what stands beside it.
    return (first or Reply()) + reply + beside(events, **options) if reply.parts else reply


def _goes_on(events: Sequence[Event], wanted: str) -> bool:
    """Return whether a visitor who said "I'm ok" also asked for something ("show me the list again")."""
    asked = wanted.startswith(("action_", "utter_faq/")) and wanted != "action_take_offer"
    return asked and crisis_state(events).mode != "active"
