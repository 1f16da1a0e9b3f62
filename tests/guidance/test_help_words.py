"""Every plain response can be said on a site in any country: nothing is left unfilled, the numbers come from the data."""

import re

import pytest

from attune.guidance.help_words import said_values
from attune.knowledge import load_content
from attune.safety.lines import Lines
from attune.site import Site

#: Filled by the action that says them.
OF_ACTIONS = {
    "utter_search_end": {"total": 12},
    "utter_report_misconduct_province": {"province": "Ontario", "regulators": "a college"},
}


@pytest.mark.parametrize("country", ["CA", "US", "GB", "IE", "AU", "NZ", "CY", "FR"])
def test_every_response_finds_its_values(country: str) -> None:
    site, content = Site(country=country, person_contact="write to us"), load_content()
    for name in content.language("en").responses:
        assert content.reply(name, **said_values(site), **OF_ACTIONS.get(name, {})).parts


def test_lines_are_those_of_the_data() -> None:
    values, lines = said_values(Site()), Lines.load()
    assert lines.by_id["ca_988"].shown.name in values["help_line"]
    assert lines.by_id["ca_kids_help_phone"].shown.name in values["youth_line"]
    assert re.search(r"\d", values["help_line"])


def test_an_unknown_country_gets_the_way_to_find_a_line_and_no_foreign_number() -> None:
    assert not re.search(r"\d", said_values(Site(country="FR"))["help_line"])
