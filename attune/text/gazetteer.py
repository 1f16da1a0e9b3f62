"""The names of places as visitors write them, and how much a name alone proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise, product
from typing import Any

import yaml

from attune.model.places import Place, find_place, places
from attune.model.vocabulary import VOCABULARY
from attune.text.tokens import words


class Proof(IntEnum):
    """What a name needs beside it to be taken as a place."""

    NONE = 0  #: "Winnipeg" is a place wherever it stands
    CUE = 1  #: "Cornwall" after "in" or "near", or alone, or before its province
    CAPITAL = 2  #: "Hope" the same, and with a capital letter
    PROVINCE = 3  #: "Paris" only before its province


@dataclass(frozen=True, slots=True)
class Name:
    """A way to write a place."""

    place: Place
    proof: Proof

    @property
    def population(self) -> int:
        """Return how many people live there."""
        return self.place.population


#: Smaller places than this share their names with farms, families and streets.
TOWN = 1_500
#: Everybody knows the airport codes of places of this size.
CITY = 60_000
#: So many times larger is a city than its south.
QUARTER = 20
#: Two words of so many letters are often written as one: "moosejaw", "reddeer".
JOINED = 7


@cache
def place_data() -> Mapping[str, Any]:
    """Return data/vocabulary/places.yml."""
    data: Mapping[str, Any] = yaml.safe_load((VOCABULARY / "places.yml").read_text(encoding="utf-8"))
    return data


@cache
def postal_codes() -> Mapping[str, str]:
    """Return the main city behind the first one to three letters of a postal code."""
    data: Mapping[str, list[str]] = yaml.safe_load((VOCABULARY / "postal.yml").read_text(encoding="utf-8"))
    return {beginning: city for city, beginnings in data.items() for beginning in beginnings}


@cache
def place_names() -> Mapping[tuple[str, ...], Name]:
    """Return every written form of a place, as words, with the largest place of that name."""
    data = place_data()
    proofs = {_key(name): proof for key, proof in _LISTS.items() for name in data[key]}
    ignored = {_key(name) for name in data["ignored"]}
    names: dict[tuple[str, ...], Name] = {}
    for place in places():
        if _is_quarter(place):
            continue
        for written in (place.name, *place.airport_codes):
            key = _key(written)
            # "YET" is Edson's airport, and a word.
            small = place.population < (TOWN if written == place.name else CITY)
            default = Proof.CUE if small and len(key) == 1 else Proof.NONE
            for form in _forms(key):
                if key not in ignored:
                    names.setdefault(form, Name(place, proofs.get(key, default)))
    for name, nicknames in data["nicknames"].items():
        found = find_place(name)
        if found is None:
            raise ValueError(f"places.yml: `{name}` is not in places.tsv or places_added.tsv")
        for nickname in nicknames:
            key = _key(nickname)
            names[key] = Name(found, proofs.get(key, Proof.NONE))
    return names


_SAINTS = {"st": ("st", "saint"), "saint": ("st", "saint"), "ste": ("ste", "sainte"), "sainte": ("ste", "sainte")}


@cache
def nicknames() -> frozenset[str]:
    """Return what visitors say for a place that is not its name, in small letters."""
    return frozenset(nickname for names in place_data()["nicknames"].values() for nickname in names)


_LISTS = {"shared": Proof.CUE, "words": Proof.CAPITAL, "abroad": Proof.PROVINCE}


def _is_quarter(place: Place) -> bool:
    """Return whether the name only says where in a city: "Downtown Halifax", "South Calgary", but not "North Vancouver"."""
    where, _, name = place.name.partition(" ")
    if where in ("Downtown", "Uptown"):
        return True
    city = find_place(name, place.province) if where in ("North", "South", "East", "West", "Central") else None
    return city is not None and city.population > QUARTER * place.population


def _key(name: str) -> tuple[str, ...]:
    return tuple(word.norm for word in words(name) if word.norm not in ",()/–-")


def _forms(key: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the spellings of a name: "st" and "saint" are one, but St. John's and Saint John are two cities."""
    forms = {key}
    if ("st", "john") not in pairwise(key) and ("saint", "john") not in pairwise(key):
        forms = {tuple(stems) for stems in product(*(_SAINTS.get(word, (word,)) for word in key))}
    if key[0] in ("fort", "mount"):
        forms.add(({"fort": "ft", "mount": "mt"}[key[0]], *key[1:]))
    if len(key) == 2 and len("".join(key)) >= JOINED and key[0] not in ("st", "saint", "the"):
        forms.add(("".join(key),))
    return forms
