"""Reads a search from plain words, with the same parser as the bot."""

from __future__ import annotations

from attune.model.wishes import Field, Force, Query, Wish
from attune.text import parse

_FIELDS = frozenset(field.value for field in Field)
_FORCES = {"must": Force.MUST, "nice": Force.NICE}


def read_query(text: str) -> Query:
    """Return the wishes in `text`; what is no wish is passed over."""
    query = Query()
    for mention in parse(text):
        if mention.entity in _FIELDS:
            wish = Wish(Field(mention.entity), mention.value, _FORCES.get(mention.role or ""), mention.role == "not")
            query = query.adding(wish)
    return query
