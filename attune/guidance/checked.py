"""When somebody last looked at a listing, and at what, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attune.directory import Listing

Say = Callable[..., str]

#: The fields of a listing that content has words for; an operator's own labels are shown as they are.
NAMED = frozenset(
    {
        *("accepting", "approaches", "availability", "client_types", "concerns", "consultation", "credentials", "fees", "fee_from"),
        *("fee_to", "free_consultation_minutes", "languages", "licences", "in_person", "online", "places", "sliding_scale"),
    }
)


def checked_words(listing: Listing, say: Say) -> str:
    """Return what was checked and when, or that nobody checked it.

    Args:
        listing: The listing.
        say: Returns the text of a key, filled (`Content.text` in the visitor's language).
    """
    if listing.assured_on:
        names = tuple(dict.fromkeys(field_words(name, say) for name in listing.assured_fields))
        return say("card.checked_on", fields=_joined(names, say) or say("card.unknown"), date=day_words(listing.assured_on, say))
    if listing.updated_on:
        return say("card.updated", date=day_words(listing.updated_on, say))
    return say("card.checked_never")


def field_words(name: str, say: Say) -> str:
    """Return the name of a listing's field in plain words."""
    return say(f"field.{name}") if name in NAMED else name.replace("_", " ")


def day_words(day: date, say: Say) -> str:
    """Return a day as people write it: 1 November 2025."""
    return say(f"date.{day.month}", day=day.day, year=day.year)


def _joined(names: Sequence[str], say: Say) -> str:
    """Return "fees", "fees and openings", "fees, openings and licences"."""
    return say("card.and", first=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)
