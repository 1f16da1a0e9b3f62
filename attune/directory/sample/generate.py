"""Makes fictional listings, spread as a real directory is, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from attune.directory.listing import Accepting, Licence, Listing, Practice
from attune.directory.sample import names
from attune.directory.sample.story import told
from attune.model.places import find_place

SEED = 20260401
ANCHOR = date(2026, 11, 1)  # "today" of the sample: fixed, so that the committed file can be made again
_PEOPLE = {"woman": names.WOMEN, "man": names.MEN, "nonbinary": names.NONBINARY}
_PRONOUNS = {"woman": "she/her", "man": "he/him", "nonbinary": "they/them"}
_PROVINCES = ("ON", "QC", "BC", "AB", "MB", "SK", "NS", "NB", "PE", "NL", "YT", "NT", "NU")


@cache
def spread() -> Mapping[str, Any]:
    """Return the shares of spread.yml."""
    data: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("spread.yml").read_text(encoding="utf-8"))
    return data


def sample_listings() -> list[Listing]:
    """Return the sample of about 300 listings, the same on every machine."""
    rng = Random(SEED)  # noqa: S311  # to be repeated, not to be secret
    cities = [(city, province) for city, province, count in spread()["cities"] for _ in range(count)]
    made = [_listing(rng, f"sample-{number:03}", city, province) for number, (city, province) in enumerate(cities, 1)]
    return told(_distinct(made))


def many_listings(count: int, seed: int = SEED) -> Iterator[Listing]:
    """Yield `count` listings with the same spread, for benchmarks; not flagged as a sample."""
    rng = Random(seed)  # noqa: S311  # to be repeated, not to be secret
    cities = spread()["cities"]
    weights = [number for _, _, number in cities]
    for number in range(1, count + 1):
        city, province, _ = rng.choices(cities, weights)[0]
        yield replace(_listing(rng, f"t{number:07}", city, province), sample=False)


def _distinct(listings: list[Listing]) -> list[Listing]:
    """Give every listing a name of its own by turning to the next surname."""
    taken: set[str] = set()
    surnames = [a + b for a in names.SURNAMES_A for b in names.SURNAMES_B]
    result = []
    for listing in listings:
        first, last = listing.name.split(" ")
        while f"{first} {last}" in taken:
            last = surnames[(surnames.index(last) + 1) % len(surnames)]
        taken.add(f"{first} {last}")
        result.append(replace(listing, name=f"{first} {last}"))
    return result


def _listing(rng: Random, listing_id: str, city: str, province: str) -> Listing:
    shares = spread()
    silent = {field for field, share in shares["silent"].items() if rng.random() < share}
    gender = rng.choices(list(shares["genders"]), list(shares["genders"].values()))[0]
    approaches = _some(rng, shares["approaches"]) or ("relational",)
    in_person, online = rng.choices(((True, True), (True, False), (False, True), (None, True)), (55, 17, 24, 4))[0]
    updated = ANCHOR - timedelta(days=int(rng.expovariate(1 / 150)))
    return Listing(
        id=listing_id,
        name=f"{rng.choice(_PEOPLE[gender])} {rng.choice(names.SURNAMES_A)}{rng.choice(names.SURNAMES_B)}",
        pronouns=_PRONOUNS[gender] if rng.random() < 0.7 else "",
        gender="" if "gender" in silent else gender,
        **_licences(rng, province),
        about="" if "about" in silent else rng.choice(names.ABOUT),
        approaches=approaches,
        other_approaches=_others(rng, approaches),
        concerns=() if "concerns" in silent else _some(rng, shares["concerns"]),
        client_types=_some(rng, shares["client_types"]) or ("individual",),
        languages=_languages(rng, province),
        places=(_practice(rng, city, province),),
        in_person=in_person,
        online=online,
        **_terms(rng, silent),
        accepting=Accepting(rng.choices(list(shares["accepting"]), list(shares["accepting"].values()))[0]),
        profile_url=f"https://directory.example.org/{listing_id}",
        video_url=f"https://directory.example.org/{listing_id}/video" if rng.random() < 0.45 else "",
        booking_url=f"https://directory.example.org/{listing_id}/book" if rng.random() < 0.6 else "",
        updated_on=updated,
        **_trust(rng, updated),
        sample=True,
    )


def _some(rng: Random, shares: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(code for code, share in shares.items() if rng.random() < share)


def _others(rng: Random, approaches: tuple[str, ...]) -> tuple[str, ...]:
    trained = [rng.choice(names.TRAINING[code]) for code in approaches if code in names.TRAINING and rng.random() < 0.4]
    return tuple(trained + ([rng.choice(names.OTHERS)] if rng.random() < 0.6 else []))


def _languages(rng: Random, province: str) -> tuple[str, ...]:
    quebec = province == "QC"
    first = ("fr", "en") if quebec and rng.random() < 0.6 else ("fr",) if quebec else ("en",)
    french = ("fr",) if not quebec and rng.random() < (0.3 if province == "NB" else 0.08) else ()
    return first + french + _some(rng, spread()["languages"])


def _practice(rng: Random, city: str, province: str) -> Practice:
    place = find_place(city, province)
    if place is None:
        raise ValueError(f"spread.yml: {city}, {province} is not in data/vocabulary/places.tsv")
    latitude, longitude = place.latitude + rng.uniform(-0.03, 0.03), place.longitude + rng.uniform(-0.03, 0.03)
    return Practice(city, province, "", round(latitude, 4), round(longitude, 4))


def _licences(rng: Random, province: str) -> dict[str, Any]:
    college, letters = names.COLLEGES.get(province, names.EVERYWHERE)
    provinces = [province]
    if rng.random() < 0.25:
        provinces += rng.sample([other for other in _PROVINCES if other != province], rng.randint(1, 3))
    checked = ANCHOR - timedelta(days=rng.randint(5, 700)) if rng.random() < 0.6 else None
    licences = [
        Licence(home, names.COLLEGES.get(home, names.EVERYWHERE)[0], f"SAMPLE-{rng.randint(1000, 9999)}") for home in provinces
    ]
    licences[0] = replace(licences[0], college=college, checked_on=checked)
    return {"credentials": (letters,), "licences": tuple(licences)}


def _terms(rng: Random, silent: set[str]) -> dict[str, Any]:
    low = 5 * round(min(max(rng.gauss(150, 32), 80), 240) / 5)
    terms: dict[str, Any] = {"fee_from": float(low), "currency": "CAD"}
    if rng.random() < 0.4:
        terms["fee_to"] = float(min(low + rng.choice((10, 20, 30, 40)), 250))
    if "fee" in silent:
        terms = {}
    if "sliding_scale" not in silent:
        terms["sliding_scale"] = rng.random() < 0.35
        if terms["sliding_scale"] and terms.get("fee_from") and rng.random() < 0.7:
            terms["sliding_from"] = float(max(40, 5 * round(low * rng.uniform(0.4, 0.75) / 5)))
    if "direct_billing" not in silent:
        terms["direct_billing"] = rng.random() < 0.45
    if "consultation" not in silent:
        terms["free_consultation_minutes"] = rng.choices((0, 15, 20, 30), (20, 50, 20, 10))[0]
    return terms


def _trust(rng: Random, updated: date) -> dict[str, Any]:
    if rng.random() < 0.5:
        return {}
    assured = min(updated + timedelta(days=rng.randint(1, 60)), ANCHOR)
    return {
        "assured_on": assured,
        "assured_fields": tuple(rng.sample(("licences", "fees", "accepting", "languages"), rng.randint(1, 3))),
    }
