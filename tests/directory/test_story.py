"""The two conversations of the README rest on these searches over the sample."""

from __future__ import annotations

from attune.directory import Kind, Way
from attune.model.wishes import Field, Force, Wish
from tests.directory.makers import wishing


def test_somatic_in_halifax_under_150_then_online_then_only_women(sample):
    first = sample.search(wishing(approach="somatic", city="Halifax", max_fee=150))
    assert len(first.matches) == 3
    assert first.matches[0].reasons[1].kind is Kind.NEARBY
    online = wishing(approach="somatic", city="Halifax", max_fee=150, format="online")
    assert sample.count(online) >= 3
    women = sample.search(online.adding(Wish(Field.GENDER, "woman", Force.MUST)))
    assert women.total >= 2
    assert {match.listing.gender for match in women.matches} == {"woman"}


def test_no_emotion_focused_therapist_in_whitehorse_but_ways_out(sample):
    query = wishing(approach="eft", city="Whitehorse", format="in_person")
    assert sample.search(query).total == 0
    ways = sample.relax(query)
    best = ways.options[0]
    assert (best.field, best.kind, best.value) == (Field.FORMAT, Way.NEAREST_VALUE, "online")
    assert best.count == sample.count(best.query) >= 5
    assert any(way.field is Field.APPROACH and way.count == 3 for way in ways.options)
    assert ways.nearest
    assert ways.nearest.km > 1000


def test_more_goes_on_to_the_end(sample):
    query = wishing(approach="eft", city="Whitehorse", format="online")
    page, seen = sample.search(query), []
    while True:
        seen += [match.listing.id for match in page.matches]
        if page.next is None:
            break
        page = sample.search(query, after=page.next)
    assert len(seen) == len(set(seen)) == page.total >= 5
