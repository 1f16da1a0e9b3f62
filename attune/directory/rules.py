"""The published order: reads and checks ranking.yml, and describes it as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from attune.directory.listing import Listing
from attune.model.wishes import Field, Force, Wish

RANKING = Path(__file__).with_name("ranking.yml")
STEPS = ("accepting", "fee_known", "score", "freshness", "completeness", "distance", "turn")


class RankingError(ValueError):
    """ranking.yml says something that cannot be used; the message names the entry and the fix."""


@dataclass(frozen=True, slots=True)
class WishRule:
    """How one kind of wish counts: its default force, its weight, and whether a listing that does not say may stay."""

    force: Force
    weight: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The content of ranking.yml; distances in kilometres, freshness in days, the budget step in dollars."""

    seed: str
    page: int
    radius_km: float
    near_km: float
    wishes: Mapping[Field, WishRule]
    order: tuple[str, ...]
    accepting: tuple[str, ...]
    freshness_days: tuple[int, ...]
    completeness: tuple[str, ...]
    completeness_steps: tuple[float, ...]
    distance_km: tuple[float, ...]
    budget_step: int
    nearest_within_km: float

    def force(self, wish: Wish) -> Force:
        """Return the force that the visitor gave, or the default of the field."""
        return wish.force or self.wishes[wish.field].force

    def filters(self, wish: Wish) -> bool:
        """Return whether a listing must fit `wish` to be shown: all but what the visitor called a preference."""
        return wish.force is not Force.NICE

    def takes_unknown(self, wish: Wish) -> bool:
        """Return whether a listing that does not say may be shown for `wish`."""
        insisted = wish.force is Force.MUST and wish.field is not Field.MAX_FEE
        return self.wishes[wish.field].unknown and not insisted

    def describe(self) -> dict[str, Any]:
        """Return the order as plain data, for "Why these?" and the documentation."""
        return {
            "order": list(self.order),
            "accepting": list(self.accepting),
            "weights": {field.value: rule.weight for field, rule in self.wishes.items()},
            "musts": [field.value for field, rule in self.wishes.items() if rule.force is Force.MUST],
            "radius_km": self.radius_km,
            "near_km": self.near_km,
            "freshness_days": list(self.freshness_days),
            "distance_km": list(self.distance_km),
            "seed": self.seed,
            "page": self.page,
            "payment": False,
        }


@cache
def load_rules(path: Path = RANKING) -> Rules:
    """Return the rules of `path`.

    Raises:
        RankingError: When an entry is missing, unknown or of the wrong kind.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = {item.name for item in fields(Rules)}
    if wrong := names ^ set(data):
        raise RankingError(f"{path.name}: entries missing or unknown: {', '.join(sorted(wrong))}")
    if tuple(data["order"]) != STEPS:
        raise RankingError(f"{path.name}: `order` must be {list(STEPS)}; steps can be given no weight, not left out")
    if unknown := set(data["completeness"]) - {item.name for item in fields(Listing)}:
        raise RankingError(f"{path.name}: `completeness` names no field of a listing: {', '.join(sorted(unknown))}")
    wishes = _wishes(path, data["wishes"])
    for name, most in (("freshness_days", 7), ("distance_km", 7), ("completeness_steps", 3), ("accepting", 3)):
        if len(data[name]) > most:
            raise RankingError(f"{path.name}: `{name}` has {len(data[name])} steps; at most {most} fit")
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Rules(**{**data, **lists, "wishes": wishes})


def _wishes(path: Path, entries: Mapping[str, Mapping[str, Any]]) -> Mapping[Field, WishRule]:
    if wrong := {field.value for field in Field} ^ set(entries):
        raise RankingError(f"{path.name}: `wishes` has missing or unknown fields: {', '.join(sorted(wrong))}")
    try:
        return {Field(n): WishRule(Force(e["force"]), int(e["weight"]), bool(e["unknown"])) for n, e in entries.items()}
    except (KeyError, ValueError) as error:
        raise RankingError(f"{path.name}: each wish needs force, weight and unknown; {error} is wrong or missing") from None
