"""What a listing becomes in the searchable tables."""

from __future__ import annotations

import hashlib
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


def facet_row(listing: Listing, codes: Codes, rules: Rules) -> tuple[int, ...]:
    """Return the searchable values of `listing`, in the order of `schema.FACET_COLUMNS` from `spin` on."""
    fee = listing.lowest_fee
    minutes = listing.free_consultation_minutes
    days = [day.toordinal() for day in (listing.updated_on, listing.assured_on) if day]
    return (
        spin(rules.seed, listing.id),
        codes.mask("approach", listing.approaches),
        codes.mask("concern", listing.concerns),
        codes.mask("language", listing.languages),
        codes.mask("client_type", listing.client_types),
        codes.mask("gender", (listing.gender,) if listing.gender else ()),
        codes.mask("province", listing.licensed_in),
        codes.mask("province", [place.province for place in listing.places if place.province]),
        _three(listing.in_person),
        _three(listing.online),
        _three(listing.sliding_scale),
        _three(listing.direct_billing),
        _three(None if minutes is None else minutes > 0),
        -1 if fee is None else round(fee * 100),
        _ACCEPTING_NUMBER[listing.accepting],
        max(days, default=0),
        completeness(listing, rules),
    )


def completeness(listing: Listing, rules: Rules) -> int:
    """Return the share, in percent, of the fields of ranking.yml that the listing says something about."""
    known = 0
    for value in _getter(rules.completeness)(listing):
        if (value or value is False or value == 0) and value is not Accepting.UNKNOWN:
            known += 1
    return round(100 * known / len(rules.completeness))


@cache
def _getter(names: tuple[str, ...]) -> Callable[[Listing], tuple[Any, ...]]:
    return attrgetter(*names)


def spot_rows(listing: Listing) -> list[tuple[int, int, int]]:
    """Return city key, latitude and longitude of each place of practice that has coordinates or a city."""
    rows = []
    for practice in listing.places:
        found = coordinates(practice)
        if found or practice.city:
            latitude, longitude = found or (0.0, 0.0)
            rows.append((city_key(practice.city), round(latitude * _MICRO), round(longitude * _MICRO)))
    return rows


def _three(value: bool | None) -> int:
    return -1 if value is None else int(value)
