"""The arithmetic over columns says the same as a plain reading of each listing."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache, reduce

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attune.directory import Accepting, Directory, Kind, open_directory
from attune.directory.load import load
from attune.directory.sample.generate import many_listings
from attune.directory.wanted import prepare
from attune.model.vocabulary import terms
from attune.model.wishes import Field, Force, Query, Wish

TODAY = date(2026, 11, 20)
CITIES = ("Toronto", "Halifax", "Whitehorse", "Moncton", "London", "Hamilton", "Anytown", "St. John's", "Saint John")
VALUES = {
    Field.APPROACH: st.sampled_from(sorted(terms("approaches"))),
    Field.CONCERN: st.sampled_from(sorted(terms("concerns"))),
    Field.CITY: st.sampled_from(CITIES),
    Field.PROVINCE: st.sampled_from(sorted(terms("provinces"))),
    Field.FORMAT: st.sampled_from(["online", "in_person"]),
    Field.MAX_FEE: st.integers(40, 260) | st.floats(40, 260),
    Field.LANGUAGE: st.sampled_from(["en", "fr", "pa", "zh", "xx"]),
    Field.GENDER: st.sampled_from(sorted(terms("genders"))),
    Field.CLIENT_TYPE: st.sampled_from(sorted(terms("client_types"))),
}
FORCES = st.sampled_from([None, None, Force.MUST, Force.NICE])


@st.composite
def wishes(draw):
    field = draw(st.sampled_from(list(Field)))
    value = draw(VALUES.get(field, st.booleans()))
    return Wish(field, value, draw(FORCES), draw(st.booleans()) and draw(st.booleans()))


QUERIES = st.lists(wishes(), max_size=6).map(lambda found: reduce(Query.adding, found, Query()))


@cache
def directory() -> Directory:
    made = open_directory(f"sqlite:///{tempfile.mkdtemp()}/oracle.sqlite", today=lambda: TODAY)
    load(made.engine, made.rules, many_listings(400, seed=7), "main", "test", TODAY)
    return made


@cache
def listings():
    return tuple(many_listings(400, seed=7))


def fits(listing, query, rules):
    """A plain reading of docs/directory.md, one listing at a time."""
    if listing.accepting is Accepting.NO:
        return False
    reasons = directory().explain(listing, query).reasons
    wanted = prepare(query, rules).query
    for field in dict.fromkeys(wish.field for wish in wanted):
        pairs = [
            (w, r)
            for w, r in zip(wanted, reasons, strict=True)
            if w.field is field and (field is Field.CITY or w.force is not Force.NICE)
        ]
        asked = [r.met or (r.kind is Kind.UNKNOWN and rules.takes_unknown(w)) for w, r in pairs if not w.negated]
        refused = [r.met or (r.kind is Kind.UNKNOWN and rules.takes_unknown(w)) for w, r in pairs if w.negated]
        if (asked and not any(asked)) or not all(refused):
            return False
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(QUERIES)
def test_the_columns_agree_with_a_plain_reading(query):
    found = directory().search(query, limit=1000)
    expected = {listing.id for listing in listings() if fits(listing, query, directory().rules)}
    assert {match.listing.id for match in found.matches} == expected
    assert found.total == len(expected)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(QUERIES)
def test_every_way_out_gives_what_it_promises_and_more_than_before(query):
    ways = directory().relax(query)
    for way in ways.options:
        assert way.count == directory().count(way.query) > ways.count
        rules = directory().rules
        wishes = [wish for field in (way.field, *way.also) for wish in query.all(field)]
        if not way.must:
            assert all(wish.force is not Force.MUST for wish in wishes)
            assert way.kind.value != "drop" or all(rules.force(wish) is not Force.MUST for wish in wishes)
    assert [way.must for way in ways.options] == sorted(way.must for way in ways.options)
    if query and not ways.count:
        assert ways.options, "never a dead end"
