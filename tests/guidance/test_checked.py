"""What somebody checked on a listing, as a card says it."""

from datetime import date
from functools import partial

import pytest

from attune.directory import Listing
from attune.guidance.checked import NAMED, checked_words, day_words, field_words
from attune.knowledge import load_content

say = partial(load_content().text, language="en")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("fees", "accepting", "licences"), "fees, openings and licences, 1 November 2025"),
        (("languages", "fees"), "languages and fees, 1 November 2025"),
        (("fee_from", "fee_to"), "fees, 1 November 2025"),
        (("police_check",), "police check, 1 November 2025"),
        ((), "not known, 1 November 2025"),
    ],
)
def test_a_check_is_told_in_plain_words(fields, words):
    assert checked_words(Listing("a", "A", assured_on=date(2025, 11, 1), assured_fields=fields), say) == words


def test_without_a_check_it_says_so():
    assert checked_words(Listing("a", "A", updated_on=date(2026, 2, 28)), say) == "not checked; last changed on 28 February 2026"
    assert checked_words(Listing("a", "A"), say) == "nobody has checked this listing yet"


def test_every_month_and_every_named_field_has_words():
    assert len({day_words(date(2026, month, 1), say) for month in range(1, 13)}) == 12
    assert [name for name in NAMED if "_" in field_words(name, say)] == []
