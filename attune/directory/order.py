"""The order of the listings that fit: one number for what ranking.yml says, then turns among equals."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attune.directory.fit import Fit, Part, Table, wish_test
from attune.directory.rules import Rules
from attune.model.wishes import Field, Wish

Rows: TypeAlias = NDArray[np.intp]
_SCORE_LIMIT = 4095


def order_keys(fit: Fit, rows: Rows, today: date) -> NDArray[np.int64]:
    """Return for each of `rows` a number; the smaller comes first, equal numbers take turns.

    The steps of ranking.yml stand in its bits from the highest down: accepting (2), fee known (1), score (12),
    freshness (3), completeness (2), distance (3).
    """
    part, rules = Part(fit.table, rows), fit.rules
    key = part["accepting"].astype(np.int64)
    key = key << 1
    if any(True for _ in fit.wanted.wishes(Field.MAX_FEE)):
        key |= part["fee"] < 0
    key = (key << 12) | (_SCORE_LIMIT - np.minimum(_score(fit, part), _SCORE_LIMIT))
    age = today.toordinal() - part["fresh_day"]
    key = (key << 3) | np.searchsorted(rules.freshness_days, age, side="left")
    full = np.searchsorted([step * 100 for step in rules.completeness_steps], part["completeness"], side="right")
    key = (key << 2) | (len(rules.completeness_steps) - full)
    return (key << 3) | _distance(fit, part)


def _distance(fit: Fit, part: Table) -> NDArray[np.int64] | int:
    if fit.wanted.format == "online" or not any(True for _ in fit.wanted.wishes(Field.CITY)):
        return 0
    bucket = np.searchsorted(fit.rules.distance_km, part["km"], side="left")
    return np.where(part["in_person"] == 0, len(fit.rules.distance_km), bucket)


def _score(fit: Fit, part: Table) -> NDArray[np.int64]:
    total = np.zeros(len(part["accepting"]), np.int64)
    for field in fit.wanted.fields:
        weight = fit.rules.wishes[field].weight
        met = np.zeros(len(total), np.int64)
        for wish in fit.wanted.wishes(field):
            met += _meets(wish, fit, part)
        total += np.where(met > 0, weight + (met - 1) * (weight // 4), 0)
        if field is Field.CITY:  # within the wider circle of "near", the inner one counts more
            total -= np.where((met > 0) & (part["km"] > fit.rules.radius_km) & np.isfinite(part["km"]), weight // 2, 0)
    return total


def _meets(wish: Wish, fit: Fit, part: Table) -> NDArray[np.bool_]:
    met, unknown = wish_test(wish, fit.wanted, fit.snapshot)(part)
    return ~(met | unknown) if wish.negated else met


def take(rows: Rows, keys: NDArray[np.int64], start: int, count: int, today: date, rules: Rules) -> list[int]:
    """Return `count` of `rows` from position `start` of the order; `rows` ascend, so ties stand in circle order."""
    stop = min(start + count, len(rows))
    if start >= stop:
        return []
    last = np.partition(keys, stop - 1)[stop - 1]
    near = np.flatnonzero(keys <= last)
    if start:
        first = np.partition(keys, start)[start]
        before = int((keys < first).sum())
        near = near[keys[near] >= first]
    else:
        before = 0
    chosen: list[int] = []
    for value in np.unique(keys[near]):
        group = rows[near[keys[near] == value]]
        offset = turn(len(group), today, rules)
        low, high = max(start - before, 0), min(stop - before, len(group))
        chosen += [int(group[(offset + position) % len(group)]) for position in range(low, high)]
        before += len(group)
    return chosen


def turn(equals: int, today: date, rules: Rules) -> int:
    """Return where the circle of `equals` equal listings starts today.

    Every day it moves on by a page, as cards are dealt; where a page divides the circle evenly, one more place a round,
    so that nobody always stands first on their page.
    """
    dealt = today.toordinal() * rules.page
    return (dealt + dealt // equals) % equals if equals % rules.page == 0 else dealt % equals
