"""The ladder when nothing or little fits."""

from __future__ import annotations

from attune.directory import Licence, Practice, Way
from attune.model.wishes import Field
from tests.directory.makers import therapist, wishing

TRURO = Practice("Truro", "NS", "", 45.3647, -63.2800)
TORONTO = Practice("Toronto", "ON")


def way(ways, field, kind):
    return next((option for option in ways.options if option.field is field and option.kind is kind), None)


def test_the_next_budget_that_gives_somebody_is_offered_before_dropping_it(opened):
    directory = opened(therapist("a", fee_from=141.0), therapist("b", fee_from=200.0))
    ways = directory.relax(wishing(max_fee=120))
    best = ways.options[0]
    assert (best.field, best.kind, best.value, best.count, best.must) == (Field.MAX_FEE, Way.NEAREST_VALUE, 150, 1, False)
    assert ways.options[-1].kind is Way.DROP
    assert ways.options[-1].must
    assert directory.search(best.query).total == 1


def test_online_instead_and_the_nearest_place_with_somebody(opened):
    directory = opened(
        therapist("truro", places=(TRURO,), online=False),
        therapist("toronto", places=(TORONTO,), in_person=False, licences=(Licence("NS"),)),
    )
    ways = directory.relax(wishing(city="Halifax", format="in_person"))
    assert way(ways, Field.FORMAT, Way.NEAREST_VALUE).value == "online"
    assert (ways.nearest.value, round(ways.nearest.km)) == ("Truro", 84)
    assert directory.search(ways.nearest.query).matches[0].listing.id == "truro"


def test_the_province_takes_the_place_of_the_city_before_the_whole_country(opened):
    directory = opened(therapist("truro", places=(TRURO,), online=False), therapist("toronto", places=(TORONTO,), online=False))
    ways = directory.relax(wishing(city="Halifax"))
    wider = way(ways, Field.PROVINCE, Way.NEAREST_VALUE)
    assert (wider.value, wider.also, wider.count) == ("NS", (Field.CITY,), 1)
    assert way(ways, Field.CITY, Way.DROP) is None


def test_musts_come_last_and_are_named(opened):
    directory = opened(therapist("a"), therapist("b", languages=("pa",), approaches=("eft",)))
    ways = directory.relax(wishing(approach="somatic", language="pa"))
    assert [(option.field, option.must) for option in ways.options] == [(Field.APPROACH, False), (Field.LANGUAGE, True)]


def test_a_wish_that_the_visitor_insists_on_is_a_must_too(opened):
    directory = opened(therapist("man", gender="man"), therapist("eft", approaches=("eft",)))
    ways = directory.relax(wishing(gender="woman", approach="somatic", forces={"gender": "must"}))
    assert [option.must for option in ways.options] == [False, True]


def test_when_no_single_wish_is_enough_several_go_together(opened):
    directory = opened(therapist("a", approaches=("eft",), gender="man"))
    ways = directory.relax(wishing(approach="somatic", gender="woman", max_fee=150))
    best = ways.options[0]
    assert {best.field, *best.also} == {Field.APPROACH, Field.GENDER}
    assert best.count == 1


def test_little_found_is_relaxed_too_and_every_way_gives_more(opened):
    directory = opened(therapist("a"), therapist("b", approaches=("eft",)), therapist("c", fee_from=160.0))
    ways = directory.relax(wishing(approach="somatic", max_fee=150))
    assert ways.count == 1
    assert all(option.count > 1 for option in ways.options)


def test_an_unknown_city_can_still_be_dropped(opened):
    directory = opened(therapist("a"))
    ways = directory.relax(wishing(city="Nowhereville"))
    assert [option.field for option in ways.options] == [Field.CITY]
    assert ways.nearest is None
