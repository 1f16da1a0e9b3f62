"""Which listings fit which wish, as arithmetic over columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from attune.directory.geometry import listing_km, named_km
from attune.directory.rules import Rules
from attune.directory.snapshot import Flags, Snapshot
from attune.directory.wanted import Wanted
from attune.model.wishes import Field, Wish

Table: TypeAlias = Mapping[str, NDArray[Any]]
Test: TypeAlias = Callable[[Table], tuple[Flags, Flags]]  # (meets the wish, does not say)

_SETS = {Field.APPROACH, Field.CONCERN, Field.LANGUAGE, Field.CLIENT_TYPE, Field.GENDER}
_THREE = {Field.SLIDING_SCALE, Field.INSURANCE, Field.FREE_CONSULTATION}


class Part(Mapping[str, NDArray[Any]]):
    """Some rows of a table, each column cut out when it is first asked for."""

    def __init__(self, table: Table, rows: NDArray[np.intp]) -> None:
        """Take the `rows` of `table`."""
        self._table, self._rows = table, rows
        self._cut: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._cut:
            self._cut[name] = self._table[name][self._rows]
        return self._cut[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def wish_test(wish: Wish, wanted: Wanted, snapshot: Snapshot) -> Test:
    """Return the test of one wish."""
    name, codes = wish.field.value, snapshot.codes
    if wish.field in _SETS:
        bit = codes.bit(name, str(wish.value))
        return lambda table: ((table[name] & bit) != 0, table[name] == 0)
    if wish.field in _THREE:
        return lambda table: (table[name] == 1, table[name] == -1)
    if wish.field is Field.FORMAT:
        return lambda table: (table[str(wish.value)] == 1, table[str(wish.value)] == -1)
    if wish.field is Field.MAX_FEE:
        cents = round(float(wish.value) * 100)
        return lambda table: ((table["fee"] >= 0) & (table["fee"] <= cents), table["fee"] < 0)
    if wish.field is Field.ACCEPTING:
        return lambda table: (table["accepting"] == 0, table["accepting"] == 2)
    if wish.field is Field.PROVINCE:
        bit = codes.bit("province", str(wish.value))
        return lambda table: _somewhere((table["practice"] & bit) != 0, table, bit, wanted.format)
    bit = codes.bit("province", wanted.province)
    return lambda table: _somewhere(table["km"] <= wanted.radius_km, table, bit, wanted.format)


def _somewhere(there: Flags, table: Table, province: int, form: str) -> tuple[Flags, Flags]:
    """A therapist counts for a place who practises there, or who works online and is licensed for its province."""
    nobody = np.zeros(len(there), np.bool_)
    met = nobody
    if form != "online":
        met = there & (table["in_person"] != 0)
    if form != "in_person":
        met = met | ((table["online"] == 1) & ((table["licensed"] & province) != 0))
    return met, nobody


class Fit:
    """How the directory at one generation fits a query; what has been computed once is kept."""

    def __init__(self, wanted: Wanted, rules: Rules, snapshot: Snapshot, alive: Flags) -> None:
        """Take the rows that are `alive`; nothing is computed before it is asked for, the distances apart."""
        self.wanted, self.rules, self.snapshot, self.alive = wanted, rules, snapshot, alive
        self.table: Table = {**snapshot.columns, "km": self._kilometres()}
        self._allowed: dict[Field, Flags] = {}

    def _kilometres(self) -> NDArray[np.float32]:
        city = next((wish for wish in self.wanted.wishes(Field.CITY)), None)
        if city is None:
            return np.empty(0, np.float32)
        if self.wanted.place is None:
            return named_km(self.snapshot, str(city.value))
        return listing_km(self.snapshot, self.wanted.place, max(self.rules.distance_km[-1], self.wanted.radius_km))

    def filtering(self) -> tuple[Field, ...]:
        """Return the fields that leave listings out."""
        fields = self.wanted.fields
        return tuple(field for field in fields if any(map(self._filters, self.wanted.wishes(field))))

    def _filters(self, wish: Wish) -> bool:
        return wish.field is Field.CITY or self.rules.filters(wish)  # "near" widens the circle, it does not open it

    def allowed(self, field: Field) -> Flags:
        """Return which rows may be shown as far as `field` goes."""
        if field not in self._allowed:
            self._allowed[field] = self._allow(field)
        return self._allowed[field]

    def _allow(self, field: Field) -> Flags:
        wishes = [wish for wish in self.wanted.wishes(field) if self._filters(wish)]
        result: Flags | None = None
        for wish in wishes:
            met, unknown = wish_test(wish, self.wanted, self.snapshot)(self.table)
            if not wish.negated:
                fits = met | unknown if self.rules.takes_unknown(wish) else met
                result = fits if result is None else result | fits
        for wish in (wish for wish in wishes if wish.negated):
            met, unknown = wish_test(wish, self.wanted, self.snapshot)(self.table)
            fits = ~met if self.rules.takes_unknown(wish) else ~(met | unknown)
            result = fits if result is None else result & fits
        return self.alive if result is None else result

    def changed(self, wanted: Wanted) -> Fit:
        """Return the fit of a similar query, keeping what its changed fields cannot have touched."""
        other = Fit(wanted, self.rules, self.snapshot, alive=self.alive)
        touched = {Field.CITY, Field.PROVINCE, Field.FORMAT}
        for field, allowed in self._allowed.items():
            if field not in touched and tuple(wanted.wishes(field)) == tuple(self.wanted.wishes(field)):
                other._allowed[field] = allowed
        return other

    def mask(self, without: Collection[Field] = ()) -> Flags:
        """Return which rows fit the whole query, or the query without some fields."""
        result = self.alive
        for field in self.filtering():
            if field not in without:
                result = result & self.allowed(field)
        return result
