"""The published order, and that equals take turns."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from attune.directory import Practice, open_directory
from attune.directory.load import load
from attune.directory.rules import RANKING, RankingError, load_rules
from attune.directory.sample.generate import many_listings
from attune.model.wishes import Query
from tests.directory.conftest import TODAY, make_url
from tests.directory.makers import ids, therapist, wishing


def test_more_wishes_met_come_first_then_freshness_then_completeness_then_distance(opened):
    dartmouth = Practice("Dartmouth", "NS", "", 44.6713, -63.7)
    directory = opened(
        therapist("d_far", places=(dartmouth,)),
        therapist("c_thin", about="", profile_url="", credentials=(), licences=()),
        therapist("b_old", updated_on=date(2025, 1, 1)),
        therapist("a_two", concerns=("anxiety", "grief"), updated_on=date(2024, 1, 1)),
        therapist("near"),
    )
    query = wishing(city="Halifax", concern=["anxiety", "grief"])
    assert ids(directory, query) == ["a_two", "near", "d_far", "c_thin", "b_old"]


@pytest.mark.parametrize("equals", [4, 6, 7, 10, 30, 60])
def test_equal_listings_share_the_first_page_within_ten_percent_over_a_year(opened_sqlite, equals):
    day = [TODAY]
    directory = opened_sqlite(*(therapist(f"t{number}", updated_on=None) for number in range(equals)))
    directory._today = lambda: day[0]
    shown, first = Counter(), Counter()
    for number in range(365):
        day[0] = TODAY + timedelta(days=number)
        page = ids(directory, wishing(city="Halifax"), limit=3)
        shown.update(page)
        first[page[0]] += 1
    fair = 365 * 3 / equals
    assert len(shown) == equals
    assert max(abs(count - fair) for count in shown.values()) <= 0.1 * fair
    assert max(first.values()) - min(first.values()) <= max(2, 0.1 * 365 / equals)


def test_the_same_query_on_the_same_day_is_the_same_bytes_in_another_process_and_database(request, tmp_path):
    listings = list(many_listings(400))
    urls = [make_url(request, kind, tmp_path) for kind in ("sqlite", "postgresql")]
    for order, url in zip((listings, listings[::-1]), urls, strict=True):  # the order of arrival must not matter
        directory = open_directory(url)
        load(directory.engine, directory.rules, order, "main", "test", TODAY)
        directory.close()
    program = Path(__file__).with_name("print_order.py")
    answers = [
        subprocess.run([sys.executable, str(program), url], capture_output=True, check=True).stdout for url in (*urls, urls[0])
    ]
    assert answers[0] == answers[1] == answers[2]
    assert len(json.loads(answers[0])) > 100


def test_tomorrow_equals_stand_in_another_order_and_better_ones_still_come_first(opened_sqlite, sqlite_url):
    directory = opened_sqlite(*(therapist(f"t{number}") for number in range(9)), therapist("best", concerns=("anxiety", "grief")))
    query = wishing(concern=["anxiety", "grief"])
    today = ids(directory, query)
    tomorrow = ids(open_directory(sqlite_url, today=lambda: TODAY + timedelta(days=1)), query)
    assert today[0] == tomorrow[0] == "best"
    assert today != tomorrow
    assert sorted(today) == sorted(tomorrow)


def test_the_order_does_not_depend_on_the_size_of_the_page(opened_sqlite):
    directory = opened_sqlite(*many_listings(120))
    query = wishing(format="online")
    assert ids(directory, query, limit=5) == ids(directory, query, limit=50)[:5]


def test_the_rules_describe_themselves_without_payment():
    described = load_rules().describe()
    assert described["order"][-1] == "turn"
    assert described["payment"] is False
    assert "language" in described["musts"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("page: 3", "paid: 3"), "missing or unknown: page, paid"),
        (("approach: {force: nice", "approach: {force: maybe"), "each wish needs force"),
        (("  insurance:", "  assurance:"), "missing or unknown fields"),
        (("completeness: [name,", "completeness: [nome,"), "names no field of a listing: nome"),
        (("[accepting, fee_known,", "[fee_known, accepting,"), "`order` must be"),
        (("[90, 180, 365, 730]", "[1, 2, 3, 4, 5, 6, 7, 8]"), "8 steps; at most 7"),
    ],
)
def test_a_wrong_ranking_file_is_refused_in_a_sentence(tmp_path, change, message):
    path = tmp_path / "ranking.yml"
    path.write_text(RANKING.read_text().replace(*change))
    with pytest.raises(RankingError, match=message):
        load_rules(path)


def test_another_seed_makes_the_circle_anew_when_the_directory_is_opened(opened_sqlite, sqlite_url):
    from attune.directory.directory import Directory
    from attune.directory.links import LinkTemplates

    directory = opened_sqlite(*(therapist(f"t{number}") for number in range(12)))
    before = ids(directory, Query())
    other = Directory(sqlite_url, today=lambda: TODAY, links=LinkTemplates(), rules=replace(load_rules(), seed="another"))
    assert ids(other, Query()) != before
    assert sorted(ids(other, Query())) == sorted(before)
