"""What a visitor wishes for: the value objects between understanding, guidance and the directory.

A wish says nothing about the visitor: no session, no sentence, no identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Field(StrEnum):
    """The wishes that a search can hold, in the order in which they are echoed."""

    APPROACH = "approach"
    CONCERN = "concern"
    CITY = "city"
    PROVINCE = "province"
    FORMAT = "format"
    MAX_FEE = "max_fee"
    LANGUAGE = "language"
    GENDER = "gender"
    CLIENT_TYPE = "client_type"
    SLIDING_SCALE = "sliding_scale"
    INSURANCE = "insurance"
    FREE_CONSULTATION = "free_consultation"
    ACCEPTING = "accepting"


class Force(StrEnum):
    """How much a wish weighs: a *must* is never dropped silently, a *nice* only ranks."""

    MUST = "must"
    NICE = "nice"


Value = str | float | bool

#: Fields in which several wished values stand side by side; in the others a new value replaces the old one.
MANY_VALUED = frozenset({Field.APPROACH, Field.CONCERN, Field.LANGUAGE})


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish.

    Attributes:
        field: Which property of a therapist it is about.
        value: The canonical value of entities.yml: a code, a place name, dollars a session, or True.
        force: Must or nice where the visitor said so, otherwise None; the directory then applies its default.
        negated: True for "anything but somatic".
    """

    field: Field
    value: Value
    force: Force | None = None
    negated: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the wish as JSON-ready data, without fields that say nothing."""
        data: dict[str, Any] = {"field": self.field.value, "value": self.value}
        if self.force:
            data["force"] = self.force.value
        if self.negated:
            data["negated"] = True
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Wish:
        """Return the wish that `to_dict` wrote.

        Raises:
            ValueError: When the field or the force is not a known one.
        """
        force = data.get("force")
        return cls(Field(data["field"]), data["value"], Force(force) if force else None, bool(data.get("negated")))


@dataclass(frozen=True, slots=True)
class Query:
    """All wishes of one search, in the order in which they are echoed."""

    wishes: tuple[Wish, ...] = ()

    @classmethod
    def of(cls, wishes: Iterable[Wish]) -> Query:
        """Return a query with the wishes sorted by field; the order within a field is kept."""
        order = {field: position for position, field in enumerate(Field)}
        return cls(tuple(sorted(wishes, key=lambda wish: order[wish.field])))

    def __iter__(self) -> Iterator[Wish]:
        return iter(self.wishes)

    def __bool__(self) -> bool:
        return bool(self.wishes)

    def all(self, field: Field) -> tuple[Wish, ...]:
        """Return every wish about `field`."""
        return tuple(wish for wish in self.wishes if wish.field is field)

    def first(self, field: Field) -> Wish | None:
        """Return the first wish about `field`, or None."""
        return next(iter(self.all(field)), None)

    def without(self, field: Field, value: Value | None = None) -> Query:
        """Return the query without the wishes about `field`, or without the one with `value`."""
        kept = (w for w in self.wishes if w.field is not field or (value is not None and w.value != value))
        return Query(tuple(kept))

    def adding(self, wish: Wish) -> Query:
        """Return the query with `wish`, which replaces what it contradicts.

        A field of `MANY_VALUED` collects values; elsewhere the new wish takes the old one's place. The same
        value said again takes the newer force and negation.
        """
        base = self.without(wish.field, wish.value if wish.field in MANY_VALUED else None)
        return Query.of((*base.wishes, wish))

    def with_force(self, field: Field, force: Force | None) -> Query:
        """Return the query with `force` set on every wish about `field`."""
        return Query(tuple(replace(w, force=force) if w.field is field else w for w in self.wishes))

    def to_list(self) -> list[dict[str, Any]]:
        """Return the query as JSON-ready data."""
        return [wish.to_dict() for wish in self.wishes]

    @classmethod
    def from_list(cls, data: Iterable[Mapping[str, Any]]) -> Query:
        """Return the query that `to_list` wrote."""
        return cls.of(Wish.from_dict(item) for item in data)
