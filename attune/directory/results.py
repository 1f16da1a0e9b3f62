"""What the directory answers with: pages, matches, ways out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from attune.directory.explain import Kind, Reason
from attune.directory.listing import Listing
from attune.model.places import Place
from attune.model.wishes import Field, Query, Value


@dataclass(frozen=True, slots=True)
class Match:
    """A listing that fits, with a reason for each wish; `distance_km` when it practises near the city of the query."""

    listing: Listing
    reasons: tuple[Reason, ...] = ()
    distance_km: float | None = None

    @property
    def met(self) -> tuple[Reason, ...]:
        """Return the reasons of the wishes that are met."""
        return tuple(reason for reason in self.reasons if reason.met)

    @property
    def unknown(self) -> tuple[Reason, ...]:
        """Return the wishes that the listing says nothing about."""
        return tuple(reason for reason in self.reasons if reason.kind is Kind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Page:
    """Some results.

    Attributes:
        matches: The listings of this page, in the published order.
        total: How many listings fit in all.
        first: Which of them the page starts with, from 1.
        next: Where the next page starts, None at the end; valid for 36 hours whatever is imported meanwhile.
    """

    matches: tuple[Match, ...]
    total: int
    first: int
    next: str | None


class Way(StrEnum):
    """How a wish is loosened."""

    NEAREST_VALUE = "nearest_value"  # the next value that gives some
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One way out: what is loosened, and how many listings that gives.

    Attributes:
        field: The wish that is loosened; the province, with the city in `also`, when the whole province takes its place.
        kind: Dropped, or the nearest value that gives some.
        value: That value (dollars, "online", a place's name, a province's code), or the wished one for `drop`.
        count: How many listings `query` finds.
        query: The loosened query, ready to run.
        must: True when the wish is one that is never dropped silently; such ways come last.
        also: Further wishes that go with it: the city that a province replaces, or when no single one is enough.
        place: The place, for the nearest value of a city, and `km` how far it is.
    """

    field: Field
    kind: Way
    value: Value
    count: int
    query: Query
    must: bool = False
    also: tuple[Field, ...] = ()
    place: Place | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Relaxations:
    """The ways out, by how little the visitor gives up; `nearest` is the nearest place with somebody, with `km`."""

    count: int
    options: tuple[Relaxation, ...]
    nearest: Relaxation | None = None
    province: str = ""


Facets = Mapping[Field, Mapping[str, int]]
