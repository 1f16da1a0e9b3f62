"""What `attune directory check` finds."""

from __future__ import annotations

from datetime import date

import pytest

from attune.directory import Licence, Practice
from attune.directory.quality import findings
from attune.directory.rules import load_rules
from tests.directory.conftest import TODAY
from tests.directory.makers import therapist

CASES = [
    ({"updated_on": date(2024, 1, 1)}, "stale", "last changed or checked 1054 days ago"),
    ({"updated_on": None}, "stale", "nobody knows"),
    ({"in_person": False, "online": False}, "contradictory", "neither online nor in person"),
    ({"places": ()}, "contradictory", "in person, but nowhere"),
    ({"licences": ()}, "incomplete", "no province of licence"),
    ({"licences": (Licence("ON"),)}, "contradictory", "practises in NS without a licence there"),
    ({"places": (Practice("Halifax", "NS", "", 45.5, -73.6),)}, "contradictory", "km from Halifax"),
    ({"places": (Practice("Nowhere", "NS"),)}, "incomplete", "not a place we know"),
    ({"profile_url": ""}, "unreachable", "no profile and no booking link"),
    ({"profile_url": "https://x.invalid/a"}, "unreachable", "cannot be reached"),
    ({"sliding_from": 50.0}, "contradictory", "no sliding scale, but"),
]


@pytest.mark.parametrize(("details", "kind", "text"), CASES)
def test_each_kind_of_trouble_is_found(details, kind, text):
    found = list(findings([therapist("a", **details)], load_rules(), TODAY))
    assert [(item.kind, text in item.detail) for item in found] == [(kind, True)], found


def test_a_good_listing_gives_no_finding():
    assert list(findings([therapist("a")], load_rules(), TODAY)) == []
