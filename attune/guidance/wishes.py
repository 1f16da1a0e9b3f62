"""Merge what a message says into the search so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attune.model.places import find_place
from attune.model.wishes import MANY_VALUED, Field, Force, Query, Wish
from attune.text.mention import Mention

FIELDS = frozenset(Field)
#: "anywhere in Ontario": the whole province, so an earlier city no longer holds.
WHOLE = re.compile(r"\b(any ?where|everywhere|all (of|over)|across|throughout|wherever)\b", re.I)


def merge(query: Query, mentions: Iterable[Mention]) -> Query:
    """Return the query after a message: wishes added, replaced, negated and taken back.

    Removals come first, so that "forget Toronto, try Ottawa" and "Ottawa, forget Toronto" are the same.
    Mentions that are no wishes (`ordinal`) change nothing.
    """
    said = [mention for mention in mentions if mention.entity in FIELDS or mention.entity == "drop"]
    for mention in said:
        if mention.entity == "drop":
            query = _without(query, mention)
    wishes = [mention for mention in said if mention.entity != "drop"]
    for field in {Field(mention.entity) for mention in wishes if mention.replaces}:
        query = query.without(field)
    for mention in wishes:
        query = _with(query, mention)
    return _consistent_place(query, wishes)


def _without(query: Query, mention: Mention) -> Query:
    """Take a wish back: the one value that is named, or all of that wish."""
    field = Field(str(mention.value))
    if mention.only is not None and field in MANY_VALUED:
        return query.without(field, mention.only)
    if mention.only is not None and field is Field.GENDER:
        # "forget the woman part": nothing to take back where a man was wished for.
        wish = query.first(field)
        return query.without(field) if wish is None or wish.value == mention.only or wish.negated else query
    return query.without(field)


def _with(query: Query, mention: Mention) -> Query:
    field = Field(mention.entity)
    negated = mention.role == "not"
    force = Force(mention.role) if mention.role in ("must", "nice") else None
    current = query.first(field)
    if negated and field not in MANY_VALUED and current is not None and current.value != mention.value and not current.negated:
        # "not a man" after "a woman" says nothing new.
        return query
    if negated and field is Field.CITY:
        # A search is around one place; not being in another is no wish of its own.
        return query.without(field)
    return query.adding(Wish(field, mention.value, force, negated))


def _consistent_place(query: Query, wishes: Sequence[Mention]) -> Query:
    """Keep city and province in agreement: the one said last wins over the other from before."""
    city, province = query.first(Field.CITY), query.first(Field.PROVINCE)
    said = {Field(mention.entity): mention for mention in wishes if mention.role != "not"}
    if city is None or province is None or (Field.CITY in said and Field.PROVINCE in said):
        return query
    fits = find_place(str(city.value), str(province.value)) is not None
    if Field.PROVINCE in said and (not fits or WHOLE.search(said[Field.PROVINCE].text)):
        return query.without(Field.CITY)
    if Field.CITY in said and not fits:
        return query.without(Field.PROVINCE)
    return query
