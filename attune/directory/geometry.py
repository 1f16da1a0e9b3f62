"""Distances from one place to every listing."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attune.directory.index import city_key
from attune.directory.snapshot import Snapshot
from attune.model.places import EARTH_RADIUS_KM, Place

Kilometres: TypeAlias = NDArray[np.float32]


def _point(latitude: float, longitude: float) -> NDArray[np.float64]:
    lat, lon = math.radians(latitude), math.radians(longitude)
    return np.array((math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)))


def spot_km(snapshot: Snapshot, place: Place, within: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the spots at most `within` km from `place` and their distances (chord turned into arc)."""
    x, y, z = snapshot.spots.xyz
    px, py, pz = _point(place.latitude, place.longitude)
    limit = 2 * math.sin(min(within / (2 * EARTH_RADIUS_KM), math.pi / 2))
    band = slice(*np.searchsorted(z, (pz - limit, pz + limit)))  # a chord is at least as long as its rise to the north
    close = band.start + np.flatnonzero(np.abs(y[band] - py) <= limit)
    chord = np.sqrt((x[close] - px) ** 2 + (y[close] - py) ** 2 + (z[close] - pz) ** 2)
    inside = chord <= limit
    return close[inside], 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord[inside] / 2, 1))


def listing_km(snapshot: Snapshot, place: Place, within: float) -> Kilometres:
    """Return for each row the km to its nearest place of practice; infinity beyond `within`."""
    kilometres = np.full(len(snapshot), np.inf, np.float32)
    spots, distances = spot_km(snapshot, place, within)
    np.minimum.at(kilometres, snapshot.spots.row[spots], distances.astype(np.float32))
    return kilometres


def named_km(snapshot: Snapshot, city: str) -> Kilometres:
    """Return 0 for rows that practise in a city of this name, which the gazetteer does not know, else infinity."""
    kilometres = np.full(len(snapshot), np.inf, np.float32)
    kilometres[snapshot.spots.row[snapshot.spots.city_key == city_key(city)]] = 0
    return kilometres


def nearest_spot(snapshot: Snapshot, place: Place, rows: NDArray[np.bool_], beyond: float, within: float) -> int | None:
    """Return the row, among the marked `rows`, with the spot nearest to `place` between `beyond` and `within` km."""
    x, y, z = snapshot.spots.xyz
    spots = np.flatnonzero(rows[snapshot.spots.row])
    px, py, pz = _point(place.latitude, place.longitude)
    squared = (x[spots] - px) ** 2 + (y[spots] - py) ** 2 + (z[spots] - pz) ** 2
    inner, outer = (2 * math.sin(min(km / (2 * EARTH_RADIUS_KM), math.pi / 2)) for km in (beyond, within))
    squared[~((squared > inner**2) & (squared <= outer**2))] = np.inf
    if not len(spots) or not np.isfinite(best := squared.min()):
        return None
    tied = spots[squared == best]
    return int(snapshot.spots.row[tied].min())
