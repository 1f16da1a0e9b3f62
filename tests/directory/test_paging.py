"""Paging to the end: no repeat, no gap, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import event

from attune.directory import Accepting, CursorError, open_directory
from attune.directory.load import load
from attune.directory.sample.generate import many_listings
from attune.model.wishes import Query
from tests.directory.conftest import TODAY
from tests.directory.makers import therapist, wishing


def walk(directory, query, limit=3, between=lambda _: None):
    """Return all ids found by going from page to page, calling `between` after each page."""
    page, found, number = directory.search(query, limit=limit), [], 1
    while True:
        assert page.first == len(found) + 1
        found += [match.listing.id for match in page.matches]
        if page.next is None:
            return found
        between(number)
        number += 1
        page = directory.search(query, limit=limit, after=page.next)


def test_every_result_comes_exactly_once(opened):
    directory = opened(*many_listings(200))
    for query in (Query(), wishing(city="Toronto"), wishing(concern=["anxiety", "grief"], max_fee=140)):
        found = walk(directory, query)
        assert len(found) == len(set(found)) == directory.count(query)
        assert walk(directory, query, limit=17) == found


def test_an_import_in_between_neither_repeats_nor_skips_anybody(opened):
    listings = [therapist(f"t{number:02}", fee_from=100.0 + number) for number in range(30)]
    directory = opened(*listings)
    before = walk(directory, wishing(city="Halifax"))

    def import_again(number):
        if number == 3:  # everybody's rank changes, some come, none goes
            changed = [
                replace(item, concerns=("grief",), updated_on=TODAY - timedelta(days=i * 40)) for i, item in enumerate(listings)
            ]
            changed += [therapist(f"new{i}") for i in range(10)]
            load(directory.engine, directory.rules, changed, "main", "test", TODAY)

    assert walk(directory, wishing(city="Halifax"), between=import_again) == before
    assert len(walk(directory, wishing(city="Halifax"))) == 40


def test_another_process_goes_on_from_the_same_cursor_after_an_import(opened, url):
    listings = [therapist(f"t{number:02}") for number in range(12)]
    directory = opened(*listings)
    whole = walk(directory, Query())
    page = directory.search(Query())
    load(directory.engine, directory.rules, [replace(item, fee_from=99.0) for item in listings[:7]], "main", "test", TODAY)
    other = open_directory(url, today=lambda: TODAY)
    rest = [match.listing.id for match in other.search(Query(), limit=50, after=page.next).matches]
    other.close()
    gone = {item.id for item in listings[7:]}  # closed: never shown any more, not even from an old page
    assert rest == [key for key in whole[3:] if key not in gone]


def test_midnight_does_not_turn_the_circle_under_somebody_who_is_paging(opened_sqlite):
    day = [TODAY]
    directory = opened_sqlite(*(therapist(f"t{number}") for number in range(20)))
    directory._today = lambda: day[0]
    whole = walk(directory, Query())

    def next_day(_):
        day[0] += timedelta(days=1)

    assert walk(directory, Query(), between=next_day) != []
    day[0] = TODAY
    assert walk(directory, Query(), between=next_day) == whole


def test_a_closed_listing_is_not_shown_from_an_old_page(opened):
    listings = [therapist(f"t{number}") for number in range(8)]
    directory = opened(*listings)
    page = directory.search(Query())
    seen = {match.listing.id for match in page.matches}
    load(directory.engine, directory.rules, [item for item in listings if item.id in seen], "main", "test", TODAY)
    assert directory.search(Query(), after=page.next).matches == ()


@pytest.mark.parametrize(
    "broken", ["", "x", "1.2.3", "zz.zz.zz.zz", "1.b4a66.3.00000000", "-1.b4a66.-3.00000000", "1.ffffffff.3.0", "💥.1.1.1"]
)
def test_a_damaged_cursor_is_refused_in_a_sentence(opened_sqlite, broken):
    directory = opened_sqlite(therapist("a"))
    if broken == "":
        assert directory.search(Query(), after=broken).total == 1
        return
    with pytest.raises(CursorError, match="search again from the start"):
        directory.search(Query(), after=broken)


def test_a_cursor_belongs_to_its_query(opened_sqlite):
    directory = opened_sqlite(*many_listings(50))
    cursor = directory.search(Query()).next
    with pytest.raises(CursorError, match="another query"):
        directory.search(wishing(format="online"), after=cursor)


def test_a_page_costs_the_same_few_statements_at_any_size(opened):
    directory = opened(*many_listings(30))
    directory.search(Query())  # reads the columns
    small = _statements(directory, lambda: directory.search(wishing(format="online"), limit=3))
    load(directory.engine, directory.rules, many_listings(600), "main", "test", TODAY)
    directory.search(Query())  # reads the new generation
    for limit in (1, 3, 100):
        assert _statements(directory, lambda limit=limit: directory.search(wishing(format="online"), limit=limit)) == small
    assert small == 2
    assert _statements(directory, lambda: directory.relax(wishing(city="Iqaluit", max_fee=10))) <= 3


def _statements(directory, run):
    seen = []
    event.listen(directory.engine, "after_cursor_execute", lambda *args: seen.append(args[2]))
    run()
    return len([statement for statement in seen if statement.startswith("SELECT")])


def test_old_versions_are_forgotten_after_a_day_and_a_half(opened, monkeypatch):
    from datetime import datetime

    from sqlalchemy import text

    from attune.directory import writer
    from attune.directory.codes import read_codes
    from attune.directory.engine import writing

    directory = opened(therapist("a"))

    def change(fee, hours):
        with writing(directory.engine) as connection:
            made = writer.Writer(connection, read_codes(connection), directory.rules, "main", TODAY)
            made.write([therapist("a", fee_from=fee)])
            made.finish("test", lambda: datetime.now(UTC) + timedelta(hours=hours))

    change(1.0, 1)
    with directory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM facet")).scalar() == 2
    change(2.0, 40)
    change(3.0, 80)
    with directory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM facet")).scalar() == 2
        assert connection.execute(text("SELECT count(*) FROM spot")).scalar() == 2
    assert directory.search(Query()).matches[0].listing.fee_from == 3.0


def test_a_waitlist_is_said(opened_sqlite):
    directory = opened_sqlite(therapist("a", accepting=Accepting.WAITLIST))
    match = directory.explain(directory.get(["a"])[0], wishing(accepting=True))
    assert [reason.kind.value for reason in match.reasons] == ["waitlist"]
