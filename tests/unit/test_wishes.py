import pytest

from attune.model.wishes import Field, Force, Query, Wish

SOMATIC, EFT = Wish(Field.APPROACH, "somatic"), Wish(Field.APPROACH, "eft")
HALIFAX, ONLINE = Wish(Field.CITY, "Halifax"), Wish(Field.FORMAT, "online")


def test_wishes_are_echoed_in_one_order_whatever_was_said_first():
    assert Query.of([ONLINE, HALIFAX, SOMATIC]).wishes == (SOMATIC, HALIFAX, ONLINE)


def test_a_query_survives_a_slot():
    query = Query.of([Wish(Field.MAX_FEE, 140.0, Force.MUST), Wish(Field.APPROACH, "somatic", negated=True)])
    assert Query.from_list(query.to_list()) == query


def test_approaches_stand_side_by_side_but_a_new_city_replaces_the_old_one():
    query = Query.of([SOMATIC, HALIFAX]).adding(EFT).adding(Wish(Field.CITY, "Moncton"))
    assert [wish.value for wish in query] == ["somatic", "eft", "Moncton"]


def test_the_same_value_said_again_takes_the_newer_force():
    query = Query.of([SOMATIC]).adding(Wish(Field.APPROACH, "somatic", Force.MUST))
    assert query.all(Field.APPROACH) == (Wish(Field.APPROACH, "somatic", Force.MUST),)


def test_one_of_several_values_can_be_taken_back():
    assert Query.of([SOMATIC, EFT]).without(Field.APPROACH, "eft").wishes == (SOMATIC,)


def test_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="star_sign"):
        Wish.from_dict({"field": "star_sign", "value": "aries"})
