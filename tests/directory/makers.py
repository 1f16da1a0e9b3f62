"""Short ways to make listings and queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attune.directory import Accepting, Directory, Licence, Listing, Practice
from attune.model.wishes import Field, Force, Query, Wish

HALIFAX = Practice("Halifax", "NS", "", 44.6476, -63.5728)


def therapist(listing_id: str, **details: Any) -> Listing:
    """Return a listing that says everything, in person and online in Halifax, with `details` changed."""
    values: dict[str, Any] = {
        "name": f"Therapist {listing_id}",
        "gender": "woman",
        "credentials": ("RCT",),
        "licences": (Licence("NS", "NSCCT", "1"),),
        "about": "I listen first.",
        "approaches": ("somatic",),
        "concerns": ("anxiety",),
        "client_types": ("individual",),
        "languages": ("en",),
        "places": (HALIFAX,),
        "in_person": True,
        "online": True,
        "fee_from": 120.0,
        "currency": "CAD",
        "sliding_scale": False,
        "direct_billing": True,
        "free_consultation_minutes": 15,
        "accepting": Accepting.YES,
        "profile_url": f"https://example.org/{listing_id}",
        "updated_on": date(2026, 11, 1),
    }
    return Listing(id=listing_id, **{**values, **details})


def wishing(forces: Mapping[str, str] | None = None, **wishes: Any) -> Query:
    """Return a query, for example `wishing(city="Halifax", max_fee=150, forces={"city": "nice"})`."""
    made = []
    for name, value in wishes.items():
        force = (forces or {}).get(name)
        made += [
            Wish(Field(name), item, Force(force) if force else None) for item in (value if isinstance(value, list) else [value])
        ]
    return Query.of(made)


def ids(directory: Directory, query: Query, limit: int = 100) -> list[str]:
    """Return the ids found, in order."""
    return [match.listing.id for match in directory.search(query, limit=limit).matches]
