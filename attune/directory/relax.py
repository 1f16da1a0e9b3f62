"""The ladder: for each wish, how many listings there would be without it, or with the nearest value that gives some."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, islice

import numpy as np

from attune.directory.explain import nearest_km
from attune.directory.fit import Fit
from attune.directory.geometry import nearest_spot
from attune.directory.listing import Listing
from attune.directory.results import Relaxation, Relaxations, Way
from attune.directory.wanted import prepare
from attune.model.places import Place, find_place
from attune.model.wishes import Field, Force, Query, Wish

_FAR_KM = 300  # a place farther away than this is no small step
_COMBINATIONS = 40
_OTHER = {"online": "in_person", "in_person": "online"}
_PLACES = (Field.CITY, Field.PROVINCE)


class Ladder:
    """Builds the ways out of one query."""

    def __init__(self, fit: Fit, fetch: Callable[[int], Listing | None]) -> None:
        """Take the `fit` of the query, and what fetches the listing at a row (for the name of its place)."""
        self._fit, self._fetch = fit, fetch
        self._query = fit.wanted.query
        self._count = int(np.count_nonzero(fit.mask()))

    def relaxations(self) -> Relaxations:
        """Return all ways out that give more than the query itself does."""
        nearest = self._nearest_place()
        options = [option for option in (*self._single(), nearest) if option and option.count > self._count]
        options = [option for option in options if not _outdone(option, options)]
        if not options:
            options = list(self._several())
        options.sort(key=self._cost)
        return Relaxations(self._count, tuple(options), nearest, self._fit.wanted.province)

    def _single(self) -> Iterator[Relaxation | None]:
        for field in self._fit.filtering():
            if field is Field.MAX_FEE:
                yield self._next_budget()
            if field is Field.FORMAT:
                yield self._other_format()
            if field is Field.CITY:
                yield self._without_city()
            else:
                yield self._option(field, Way.DROP, self._value(field), self._query.without(field))

    def _option(self, field: Field, kind: Way, value: str | float | bool, query: Query, **more: object) -> Relaxation:
        fit = self._fit.changed(prepare(query, self._fit.rules))
        option = Relaxation(field, kind, value, int(np.count_nonzero(fit.mask())), query)
        option = replace(option, **more)  # type: ignore[arg-type]
        wishes = [wish for name in (field, *option.also) for wish in self._query.all(name)]
        insisted = any(wish.force is Force.MUST for wish in wishes)
        dropped = kind is Way.DROP and any(self._is_must(wish) for wish in wishes)
        return replace(option, must=option.must or insisted or dropped)

    def _is_must(self, wish: Wish) -> bool:
        return self._fit.rules.force(wish) is Force.MUST

    def _value(self, field: Field) -> str | float | bool:
        return self._query.all(field)[0].value

    def _swap(self, field: Field, value: str | float) -> Query:
        old = self._query.all(field)[0]
        return self._query.adding(Wish(field, value, old.force))

    def _next_budget(self) -> Relaxation | None:
        wish, step = self._query.all(Field.MAX_FEE)[0], self._fit.rules.budget_step
        fees = self._fit.table["fee"][self._fit.mask({Field.MAX_FEE})]
        above = fees[fees > round(float(wish.value) * 100)]
        if wish.negated or not len(above):
            return None
        budget = math.ceil(int(above.min()) / 100 / step) * step
        return self._option(Field.MAX_FEE, Way.NEAREST_VALUE, budget, self._swap(Field.MAX_FEE, budget))

    def _other_format(self) -> Relaxation | None:
        other = _OTHER.get(self._fit.wanted.format)
        return self._option(Field.FORMAT, Way.NEAREST_VALUE, other, self._swap(Field.FORMAT, other)) if other else None

    def _without_city(self) -> Relaxation:
        """The province of the licence stays a must: without the city, its province is searched, and only then all."""
        wished, province = self._value(Field.CITY), self._fit.wanted.province
        bare = self._query.without(Field.CITY)
        if province:
            query = bare.adding(Wish(Field.PROVINCE, province))
            wider = self._option(Field.PROVINCE, Way.NEAREST_VALUE, province, query, also=(Field.CITY,))
            if wider.count > self._count:
                return wider
        return self._option(Field.CITY, Way.DROP, wished, bare, must=self._fit.wanted.format != "in_person")

    def _nearest_place(self) -> Relaxation | None:
        place = self._fit.wanted.place
        if place is None or self._fit.wanted.format == "online" or self._query.all(Field.CITY)[0].negated:
            return None
        here = self._fit.mask({Field.CITY}) & (self._fit.table["in_person"] != 0)
        row = nearest_spot(self._fit.snapshot, place, here, self._fit.wanted.radius_km, self._fit.rules.nearest_within_km)
        if row is None:
            return None
        listing = self._fetch(row)
        found, km = _place_of(listing, place, self._fit.wanted.radius_km) if listing else (None, None)
        if found is None:
            return None
        query = self._swap(Field.CITY, found.name)
        if find_place(found.name, None) != found or query.all(Field.PROVINCE):
            query = query.adding(Wish(Field.PROVINCE, found.province))
        return self._option(Field.CITY, Way.NEAREST_VALUE, found.name, query, place=found, km=km)

    def _several(self) -> Iterator[Relaxation]:
        """When no single step helps: the cheapest pairs, then all preferences at once, then everything."""
        fields = sorted(self._fit.filtering(), key=self._price)
        found = 0
        for size in (2, 3):
            for group in islice(combinations(fields, size), _COMBINATIONS):
                count = int(np.count_nonzero(self._fit.mask(group)))
                if count > self._count and found < 3:
                    found += 1
                    yield self._dropping(group)
            if found:
                return
        nice = tuple(field for field in fields if self._price(field) < 1000)
        for group in (nice, tuple(fields)):
            if group and (option := self._dropping(group)).count > self._count:
                yield option
                return

    def _dropping(self, group: tuple[Field, ...]) -> Relaxation:
        query = self._query
        for field in group:
            query = query.without(field)
        return self._option(group[0], Way.DROP, self._value(group[0]), query, also=group[1:])

    def _price(self, field: Field) -> float:
        must = any(self._is_must(wish) for wish in self._query.all(field))
        return self._fit.rules.wishes[field].weight + 1000 * must

    def _cost(self, option: Relaxation) -> tuple[float, int]:
        weight = sum(self._fit.rules.wishes[field].weight for field in (option.field, *option.also))
        nowhere = option.field is Field.CITY and option.kind is Way.DROP
        far = nowhere or (option.km is not None and option.km > _FAR_KM)
        wider = option.kind is Way.NEAREST_VALUE and bool(option.also)  # the province instead of the city
        step = 2.0 if far else 0.25 if wider else 0.5 if option.kind is Way.NEAREST_VALUE else 1.0
        return option.must * 1000 + weight * step, -option.count


def _outdone(option: Relaxation, options: list[Relaxation]) -> bool:
    """Return whether the nearest value of the same wish gives as many, so that dropping it gains nothing."""
    if option.kind is not Way.DROP:
        return False
    same = (other for other in options if other.field is option.field and other.kind is Way.NEAREST_VALUE)
    return any(other.count >= option.count for other in same)


def _place_of(listing: Listing, origin: Place, beyond: float) -> tuple[Place | None, float | None]:
    """Return the nearest place of practice of `listing` that lies beyond the circle already searched, and its km."""
    best: tuple[Place | None, float | None] = (None, None)
    for practice in listing.places:
        km = nearest_km(replace(listing, places=(practice,)), origin)
        if km is not None and km > beyond and practice.city and (best[1] is None or km < best[1]):
            best = (find_place(practice.city, practice.province), km)
    return best
