"""A query made ready: place looked up, wishes grouped by field, defaults applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from attune.directory.rules import Rules
from attune.model.places import Place, find_place
from attune.model.wishes import Field, Force, Query, Wish


class QueryError(ValueError):
    """A wish has a value that its field cannot hold; the message names both."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query with what the search needs to know about it.

    Attributes:
        query: The wishes that count, each value of the right kind.
        place: The place of the city wish, None without one or when the gazetteer does not know it.
        province: The province in which an online therapist must be licensed, or empty.
        format: online or in_person where the visitor wants only that, or empty.
        radius_km: How far a place of practice may lie from `place`.
    """

    query: Query
    place: Place | None
    province: str
    format: str
    radius_km: float

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields of the query, each once, in the order of the echo."""
        return tuple(dict.fromkeys(wish.field for wish in self.query))

    def wishes(self, field: Field) -> Iterator[Wish]:
        """Return the wishes about `field`."""
        return (wish for wish in self.query if wish.field is field)


@lru_cache(maxsize=4096)
def look_up(city: str, province: str | None) -> Place | None:
    """Return the place, remembering the answer."""
    return find_place(city, province)


def prepare(query: Query, rules: Rules) -> Wanted:
    """Return `query` ready to run.

    Raises:
        QueryError: When a value does not fit its field, such as a budget that is no number.
    """
    for wish in query:
        _check(wish)
    query = Query(tuple(replace(wish, value=True, negated=not wish.negated) if wish.value is False else wish for wish in query))
    city, province = _plain(query, Field.CITY), _plain(query, Field.PROVINCE)
    place = look_up(str(city.value), str(province.value) if province else None) if city else None
    if city and province:  # "London, Ontario": the province says which London
        query = query.without(Field.PROVINCE, province.value)
    where = place.province if place else str(province.value) if province else ""
    form = _plain(query, Field.FORMAT)
    near = city is not None and not rules.filters(city)
    only = str(form.value) if form and rules.filters(form) else ""
    return Wanted(query, place, where, only, rules.near_km if near else rules.radius_km)


def _plain(query: Query, field: Field) -> Wish | None:
    return next((wish for wish in query.all(field) if not wish.negated), None)


_YES_NO = {Field.SLIDING_SCALE, Field.INSURANCE, Field.FREE_CONSULTATION, Field.ACCEPTING}


def _check(wish: Wish) -> None:
    value = wish.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if wish.field is Field.MAX_FEE:
        if not number or not 0 <= float(value) < 1_000_000:
            raise QueryError(f"max_fee: {value!r} is not an amount in dollars")
    elif wish.field in _YES_NO:
        if not isinstance(value, bool):
            raise QueryError(f"{wish.field.value}: {value!r} is neither true nor false")
    elif not isinstance(value, str):
        raise QueryError(f"{wish.field.value}: {value!r} is not a text")


def is_preference(wish: Wish) -> bool:
    """Return whether the visitor called this a preference ("ideally"): it ranks and never leaves anybody out."""
    return wish.force is Force.NICE
