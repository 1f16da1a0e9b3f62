"""What each wish means."""

from __future__ import annotations

from datetime import date

import pytest

from attune.directory import Accepting, Kind, Licence, Practice, QueryError
from attune.model.wishes import Field, Force, Query, Wish
from tests.directory.makers import ids, therapist, wishing

TORONTO = Practice("Toronto", "ON")
TRURO = Practice("Truro", "NS", "", 45.3647, -63.2800)  # about 83 km from Halifax
DARTMOUTH = Practice("Dartmouth", "NS", "", 44.6713, -63.5772)
ONTARIO = (Licence("ON", "CRPO"),)


def test_a_city_means_forty_kilometres_or_online_with_a_licence_for_its_province(opened):
    directory = opened(
        therapist("near", places=(DARTMOUTH,)),
        therapist("far", places=(TRURO,), online=False),
        therapist("online", places=(TORONTO,), in_person=False, licences=(Licence("ON"), Licence("NS"))),
        therapist("not_licensed", places=(TORONTO,), in_person=False, licences=ONTARIO),
    )
    page = directory.search(wishing(city="Halifax"), limit=10)
    assert [match.listing.id for match in page.matches] == ["near", "online"]
    assert [match.reasons[0].kind for match in page.matches] == [Kind.NEARBY, Kind.LICENSED_ONLINE]
    assert page.matches[0].distance_km == pytest.approx(3.2, abs=0.5)
    assert page.matches[1].distance_km is None


def test_near_a_city_lets_the_circle_grow_and_puts_the_inner_one_first(opened):
    directory = opened(therapist("far", places=(TRURO,), online=False), therapist("near", online=False))
    assert ids(directory, wishing(city="Halifax", forces={"city": "nice"})) == ["near", "far"]


def test_a_city_online_needs_the_licence_and_in_person_needs_the_place(opened):
    directory = opened(
        therapist("both"),
        therapist("online", places=(TORONTO,), in_person=False),
        therapist("in_person", online=False),
    )
    assert set(ids(directory, wishing(city="Halifax", format="online"))) == {"both", "online"}
    assert set(ids(directory, wishing(city="Halifax", format="in_person"))) == {"both", "in_person"}


def test_provinces_they_may_serve_online_outweigh_the_licences(opened):
    directory = opened(therapist("here", places=(TORONTO,), licences=ONTARIO, in_person=False, online_provinces=("NS",)))
    assert ids(directory, wishing(province="NS")) == ["here"]
    assert ids(directory, wishing(province="ON")) == []


def test_a_province_takes_whoever_practises_there_or_is_licensed_online(opened):
    directory = opened(therapist("there"), therapist("elsewhere", places=(TORONTO,), licences=ONTARIO))
    assert ids(directory, wishing(province="ON")) == ["elsewhere"]


def test_the_province_says_which_london_is_meant(opened):
    directory = opened(therapist("london", places=(Practice("London", "ON"),), licences=ONTARIO))
    assert ids(directory, wishing(city="London", province="ON")) == ["london"]


def test_a_city_that_the_gazetteer_does_not_know_is_found_by_its_name(opened):
    directory = opened(therapist("there", places=(Practice("Anytown", "CT"),), online=False), therapist("elsewhere"))
    assert ids(directory, wishing(city="anytown")) == ["there"]


def test_several_practices_count_each(opened):
    directory = opened(therapist("two", places=(TORONTO, DARTMOUTH), online=False))
    assert ids(directory, wishing(city="Halifax")) == ids(directory, wishing(city="Toronto")) == ["two"]


def test_the_budget_counts_the_lowest_fee_and_unknown_fees_come_last_and_say_so(opened):
    directory = opened(
        therapist("unknown", fee_from=None, currency=""),
        therapist("fits", fee_from=140.0),
        therapist("sliding", fee_from=200.0, sliding_scale=True, sliding_from=90.0),
        therapist("sliding_unsaid", fee_from=200.0, sliding_scale=True),
        therapist("dear", fee_from=150.01),
    )
    page = directory.search(wishing(max_fee=150), limit=10)
    kinds = {match.listing.id: match.reasons[0].kind for match in page.matches}
    assert kinds == {"fits": Kind.WITHIN_BUDGET, "sliding": Kind.SLIDING_FEE, "unknown": Kind.UNKNOWN}
    assert page.matches[-1].listing.id == "unknown"


def test_any_of_several_approaches_counts_and_more_rank_higher(opened):
    directory = opened(
        therapist("one"),
        therapist("two", approaches=("somatic", "eft")),
        therapist("none", approaches=("relational",)),
        therapist("unsaid", approaches=()),
    )
    assert ids(directory, wishing(approach=["somatic", "eft"])) == ["two", "one"]


def test_anything_but_leaves_out_those_who_have_it(opened):
    directory = opened(therapist("has"), therapist("has_not", approaches=("relational",)))
    assert ids(directory, Query.of([Wish(Field.APPROACH, "somatic", negated=True)])) == ["has_not"]


def test_a_preference_ranks_and_never_leaves_anybody_out(opened):
    directory = opened(therapist("man", gender="man"), therapist("woman"), therapist("unsaid", gender=""))
    assert ids(directory, wishing(gender="woman", forces={"gender": "nice"}))[0] == "woman"
    assert len(ids(directory, wishing(gender="woman", forces={"gender": "nice"}))) == 3


def test_who_does_not_say_comes_after_and_not_at_all_where_the_visitor_insists(opened):
    directory = opened(therapist("unsaid", gender=""), therapist("woman"), therapist("man", gender="man"))
    assert ids(directory, wishing(gender="woman")) == ["woman", "unsaid"]
    assert ids(directory, wishing(gender="woman", forces={"gender": "must"})) == ["woman"]
    unknown = directory.search(wishing(gender="woman"), limit=10).matches[1].unknown
    assert [reason.field for reason in unknown] == [Field.GENDER]


def test_language_and_client_type_are_musts(opened):
    directory = opened(
        therapist("fr", languages=("fr",)),
        therapist("en"),
        therapist("unsaid", languages=()),
        therapist("couple", client_types=("couple",)),
    )
    assert ids(directory, wishing(language="fr")) == ["fr"]
    assert ids(directory, wishing(client_type="couple")) == ["couple"]


def test_yes_comes_before_waitlist_before_unknown_and_no_never(opened):
    accepting = dict(zip("abcd", (Accepting.UNKNOWN, Accepting.NO, Accepting.WAITLIST, Accepting.YES), strict=True))
    directory = opened(*(therapist(key, accepting=value) for key, value in accepting.items()))
    assert ids(directory, Query()) == ["d", "c", "a"]
    assert ids(directory, wishing(accepting=True)) == ["d", "a"]


def test_yes_and_no_questions(opened):
    directory = opened(therapist("yes", sliding_scale=True), therapist("no", direct_billing=False, free_consultation_minutes=0))
    assert ids(directory, wishing(sliding_scale=True)) == ["yes"]
    assert ids(directory, wishing(insurance=True)) == ["yes"]
    assert ids(directory, wishing(free_consultation=True)) == ["yes"]


def test_a_wish_of_the_wrong_kind_is_refused_in_a_sentence(opened_sqlite):
    directory = opened_sqlite(therapist("a"))
    with pytest.raises(QueryError, match="max_fee: 'cheap' is not an amount"):
        directory.search(wishing(max_fee="cheap"))
    with pytest.raises(QueryError, match="gender: True is not a text"):
        directory.search(wishing(gender=True))


def test_an_empty_directory_finds_nobody_and_does_not_fall_over(opened):
    directory = opened()
    assert directory.search(wishing(city="Halifax")).total == 0
    assert directory.relax(wishing(city="Halifax")).options == ()
    assert directory.is_empty()


def test_get_keeps_the_order_and_leaves_out_what_is_not_there(opened):
    directory = opened(therapist("a"), therapist("b"))
    assert [listing.id for listing in directory.get(["b", "nobody", "a"])] == ["b", "a"]
    assert directory.get([]) == []


def test_words_find_by_name_first_then_by_their_own_text(opened):
    directory = opened(
        therapist("a", name="Zoë Tidalbrook"), therapist("b", about="I trained with Zoe."), therapist("c", name="Someone Else")
    )
    assert [listing.id for listing in directory.find("zoe")] == ["a", "b"]
    assert [listing.id for listing in directory.find("tidal zo")] == ["a"]
    assert directory.find("' OR 1=1 --") == []
    assert [listing.id for listing in opened(therapist("d", name="Orla O'Brennan-Hay")).find("o'brennan")] == ["d"]
    assert directory.find('"*') == []


def test_words_that_a_listing_no_longer_says_do_not_find_it(opened):
    opened(therapist("a", name="Ann Alder"), therapist("b", name="Ben Birch"))
    directory = opened(therapist("a", name="Ann Willow"), therapist("b", name="Ben Birch"))
    found = {word: [listing.id for listing in directory.find(word)] for word in ("alder", "willow", "birch")}
    assert found == {"alder": [], "willow": ["a"], "birch": ["b"]}


def test_facets_count_each_choice_under_the_other_wishes(opened):
    directory = opened(therapist("a"), therapist("b", approaches=("eft",), gender="man"), therapist("c", fee_from=200.0))
    facets = directory.facets(wishing(approach="somatic", max_fee=150))
    assert facets[Field.APPROACH] == {"somatic": 1, "eft": 1}
    assert facets[Field.GENDER] == {"woman": 1}
    for field, values in facets.items():
        for value, count in values.items():
            wished = value if value != "true" else True
            narrowed = wishing(approach="somatic", max_fee=150).without(field).adding(Wish(field, wished, Force.MUST))
            assert directory.count(narrowed) == count, (field, value)


def test_what_was_updated_in_the_future_of_another_clock_is_merely_fresh(opened):
    directory = opened(therapist("a", updated_on=date(2027, 5, 1)), therapist("b"))
    assert len(ids(directory, Query())) == 2
