"""Details of the sample that the conversations in README, demo and tests rely on, set by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from attune.directory.listing import Accepting, Licence, Listing, Practice

_FRESH = date(2026, 10, 12)
_READY: dict[str, Any] = {"accepting": Accepting.YES, "updated_on": _FRESH, "online": True}

#: Halifax: somatic, up to 150 dollars, three of them also in person, three of them women.
_HALIFAX: tuple[dict[str, Any], ...] = (
    {"name": "Maren Tidalbrook", "gender": "woman", "in_person": True, "fee_from": 130.0, "approaches": ("somatic", "attachment")},
    {"name": "Tobias Larkhollow", "gender": "man", "in_person": True, "fee_from": 120.0, "approaches": ("somatic", "relational")},
    {"name": "Odile Mossbridge", "gender": "woman", "in_person": True, "fee_from": 145.0, "approaches": ("relational", "somatic")},
    {"name": "Imani Harbourlea", "gender": "woman", "in_person": False, "fee_from": 110.0, "approaches": ("somatic",)},
    {"name": "Rowan Sorrelwell", "gender": "nonbinary", "in_person": False, "fee_from": 150.0, "approaches": ("somatic", "eft")},
)
_PRONOUNS = {"woman": "she/her", "man": "he/him", "nonbinary": "they/them"}

#: Yukon: three therapists, none of them with emotion-focused therapy.
_YUKON: tuple[dict[str, Any], ...] = (
    {"name": "Ingrid Emberstone", "gender": "woman", "approaches": ("relational", "humanistic"), "fee_from": 160.0},
    {"name": "Callum Otterfield", "gender": "man", "approaches": ("somatic", "attachment"), "fee_from": 140.0},
    {"name": "Tallulah Yarrowcrest", "gender": "woman", "approaches": ("humanistic",), "fee_from": 125.0},
)
_YUKON_ONLINE = 8  # emotion-focused therapists elsewhere who may work online with people in Yukon


def told(listings: list[Listing]) -> list[Listing]:
    """Return the sample with the hand-made details set."""
    result = _halifax(listings)
    result = _licensed_for_yukon(result)
    return result + [_yukon(number, details) for number, details in enumerate(_YUKON, len(result) + 1)]


def _halifax(listings: Iterable[Listing]) -> list[Listing]:
    details = iter(_HALIFAX)
    result = []
    for listing in listings:
        if listing.places[0].city == "Halifax" and (given := next(details, None)):
            listing = replace(listing, **_READY, **_terms(given["fee_from"]), pronouns=_PRONOUNS[given["gender"]])
            listing = replace(listing, **given, client_types=("individual", "couple"), languages=("en",))
        result.append(listing)
    return result


def _licensed_for_yukon(listings: list[Listing]) -> list[Listing]:
    left = _YUKON_ONLINE
    result = []
    for listing in listings:
        if left and listing.places[0].province in ("BC", "AB") and "eft" in listing.approaches and listing.online:
            licences = [licence for licence in listing.licences if licence.province != "YT"]
            licences.append(Licence("YT", "CCPA", f"SAMPLE-{9000 + left}"))
            listing = replace(listing, licences=tuple(licences), accepting=Accepting.YES)
            left -= 1
        elif any(licence.province == "YT" for licence in listing.licences):
            listing = replace(listing, licences=tuple(item for item in listing.licences if item.province != "YT"))
        result.append(listing)
    return result


def _yukon(number: int, details: dict[str, Any]) -> Listing:
    listing_id = f"sample-{number:03}"
    where = Practice("Whitehorse", "YT", "", 60.7197 + number / 10_000, -135.0523)
    return Listing(
        id=listing_id,
        pronouns=_PRONOUNS[details["gender"]],
        credentials=("CCC",),
        licences=(Licence("YT", "CCPA", f"SAMPLE-{number}", date(2026, 6, 3)),),
        about="I work slowly and I say plainly what I notice. You can always tell me when I have misunderstood you.",
        concerns=("anxiety", "grief", "loneliness", "life_transitions"),
        client_types=("individual", "couple"),
        languages=("en",),
        places=(where,),
        in_person=True,
        profile_url=f"https://directory.example.org/{listing_id}",
        sample=True,
        **_READY,
        **_terms(details["fee_from"]),
        **{key: value for key, value in details.items() if key != "fee_from"},
    )


def _terms(fee: float) -> dict[str, Any]:
    return {
        "fee_to": None,
        "fee_from": fee,
        "currency": "CAD",
        "sliding_scale": False,
        "sliding_from": None,
        "free_consultation_minutes": 15,
    }
