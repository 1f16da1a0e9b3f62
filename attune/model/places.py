"""Canadian places: names, provinces and coordinates, from data/vocabulary/places.tsv and places_added.tsv."""

from __future__ import annotations

import csv
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from attune.model.vocabulary import VOCABULARY

EARTH_RADIUS_KM = 6371.0
#: GeoNames' extract, and what it lacks.
FILES = ("places.tsv", "places_added.tsv")


@dataclass(frozen=True, slots=True)
class Place:
    """A city, town or village. Coordinates in degrees (WGS 84); `airport_codes` such as "YYC"."""

    name: str
    province: str
    latitude: float
    longitude: float
    population: int
    airport_codes: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return `text` in lower case without accents, with "saint" and "st" kept apart."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().replace("-", " ").replace(".", "").split())


def distance_km(a: Place, b: Place) -> float:
    """Return the great-circle distance between two places in kilometres (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


@cache
def places() -> tuple[Place, ...]:
    """Return every known place, the most populous first."""
    return tuple(sorted((place for name in FILES for place in _read(name)), key=lambda place: -place.population))


def _read(name: str) -> list[Place]:
    with (VOCABULARY / name).open(encoding="utf-8", newline="") as file:
        return [_place(row) for row in csv.DictReader(file, delimiter="\t")]


def _place(row: Mapping[str, str]) -> Place:
    coordinates = float(row["latitude"]), float(row["longitude"])
    return Place(row["name"], row["province"], *coordinates, int(row["population"]), tuple(row["airport_codes"].split()))


@cache
def _by_name() -> Mapping[str, tuple[Place, ...]]:
    index: dict[str, list[Place]] = {}
    for place in places():
        index.setdefault(fold(place.name), []).append(place)
    return {name: tuple(same) for name, same in index.items()}


def find_place(name: str, province: str | None = None) -> Place | None:
    """Return the most populous place called `name` (accents and case ignored), in `province` where that is given."""
    same = _by_name().get(fold(name), ())
    return next((place for place in same if province in (None, place.province)), None)
