"""What a listing becomes in the searchable tables."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from attune.directory.codes import Codes
from attune.directory.listing import Accepting, Listing, Practice
from attune.directory.rules import Rules
from attune.model.places import find_place, fold

ACCEPTING = (Accepting.YES, Accepting.WAITLIST, Accepting.UNKNOWN, Accepting.NO)
_ACCEPTING_NUMBER = {value: number for number, value in enumerate(ACCEPTING)}
_MICRO = 1_000_000
_NO_WORD = re.compile(r"[^a-z0-9]+")


def spin(seed: str, listing_id: str) -> int:
    """Return the place of a listing on the circle of turns: 62 bits of a hash of the public seed and the id."""
    digest = hashlib.blake2b(f"{seed}\n{listing_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2


@lru_cache(maxsize=20_000)
def city_key(city: str) -> int:
    """Return a 62-bit number for a city's folded name, for places that the gazetteer does not know; 0 for none."""
    folded = fold(city)
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "big") >> 2 if folded else 0


@lru_cache(maxsize=20_000)
def _gazetteer(city: str, province: str) -> tuple[float, float] | None:
    place = find_place(city, province) if province else None  # a city without its province is not guessed
    return (place.latitude, place.longitude) if place else None


def coordinates(practice: Practice) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees: as given, else the city's, else None."""
    if practice.latitude is not None and practice.longitude is not None:
        return practice.latitude, practice.longitude
    return _gazetteer(practice.city, practice.province) if practice.city else None


def facet_row(listing: Listing, codes: Codes, rules: Rules) -> dict[str, Any]:
    """Return the searchable values of `listing`; the caller adds row, listing number and generations."""
    fee = listing.lowest_fee
    minutes = listing.free_consultation_minutes
    days = [day.toordinal() for day in (listing.updated_on, listing.assured_on) if day]
    return {
        "spin": spin(rules.seed, listing.id),
        "approach": codes.mask("approach", listing.approaches),
        "concern": codes.mask("concern", listing.concerns),
        "language": codes.mask("language", listing.languages),
        "client_type": codes.mask("client_type", listing.client_types),
        "gender": codes.mask("gender", (listing.gender,) if listing.gender else ()),
        "licensed": codes.mask("province", listing.licensed_in),
        "practice": codes.mask("province", {place.province for place in listing.places if place.province}),
        "in_person": _three(listing.in_person),
        "online": _three(listing.online),
        "sliding_scale": _three(listing.sliding_scale),
        "insurance": _three(listing.direct_billing),
        "free_consultation": _three(None if minutes is None else minutes > 0),
        "fee": -1 if fee is None else round(fee * 100),
        "accepting": _ACCEPTING_NUMBER[listing.accepting],
        "fresh_day": max(days, default=0),
        "completeness": completeness(listing, rules),
    }


def completeness(listing: Listing, rules: Rules) -> int:
    """Return the share, in percent, of the fields of ranking.yml that the listing says something about."""
    known = 0
    for value in _getter(rules.completeness)(listing):
        known += not (value is None or value == "" or value == () or value is Accepting.UNKNOWN)
    return round(100 * known / len(rules.completeness))


@cache
def _getter(names: tuple[str, ...]) -> Callable[[Listing], tuple[Any, ...]]:
    return attrgetter(*names)


def spot_rows(listing: Listing) -> list[dict[str, int]]:
    """Return a row for each place of practice that has coordinates or a city."""
    rows = []
    for practice in listing.places:
        found = coordinates(practice)
        if found or practice.city:
            latitude, longitude = found or (0.0, 0.0)
            key = city_key(practice.city)
            micro = {"latitude": round(latitude * _MICRO), "longitude": round(longitude * _MICRO)}
            rows.append({"city_key": key, **micro})
    return rows


def words(listing: Listing) -> str:
    """Return the folded words by which a listing can be found, each once: name, credentials, other approaches, city, text."""
    parts = [listing.name, *listing.other_approaches, *listing.other_concerns, *listing.credentials]
    parts += [place.city for place in listing.places] + [listing.about]
    found = _NO_WORD.split(fold(" ".join(parts)))
    return " ".join(dict.fromkeys(filter(None, found)))


def _three(value: bool | None) -> int:
    return -1 if value is None else int(value)
