"""Imports: what changes, what is reported, and that a broken one leaves everything as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from attune.directory import Accepting, Practice, open_directory
from attune.directory.importers.columns import read_mapping
from attune.directory.importing import Options, import_file
from attune.directory.load import RefusedError
from attune.directory.problems import BadFileError
from attune.directory.sample import ensure_sample
from attune.model.wishes import Query
from tests.directory.conftest import TODAY
from tests.directory.makers import ids, therapist, wishing

HEAD = "id,name,city,province,fee_from,approaches,languages,in_person,accepting\n"
ROWS = "a,Ann Alder,Halifax,NS,120,somatic; EMDR,English; fr,yes,yes\nb,Ben Birch,Toronto,Ontario,$95.50,EFT,pa,,waitlist\n"


def test_csv_says_what_it_says(import_text):
    directory, report = import_text("people.csv", HEAD + ROWS)
    assert (report.read, report.changes.added, len(report.problems)) == (2, 2, 0)
    ann, ben = directory.get(["a", "b"])
    assert (ann.approaches, ann.other_approaches, ann.languages) == (("somatic",), ("EMDR",), ("en", "fr"))
    assert (ben.places, ben.fee_from, ben.accepting) == ((Practice("Toronto", "ON"),), 95.5, Accepting.WAITLIST)
    assert (ben.approaches, ben.in_person) == (("eft",), None)
    assert ids(directory, wishing(city="Toronto")) == ["b"]


@pytest.mark.parametrize("variant", ["semicolon", "tab", "bom", "utf16", "crlf", "upper"])
def test_csv_as_programs_write_it(import_text, variant):
    plain = HEAD + "a,Zoë Alder,Halifax,NS,120,somatic,fr,yes,yes\n"
    data: str | bytes = {
        "semicolon": plain.replace(",", ";"),
        "tab": plain.replace(",", "\t"),
        "bom": b"\xef\xbb\xbf" + plain.encode(),
        "utf16": plain.encode("utf-16"),
        "crlf": plain.replace("\n", "\r\n"),
        "upper": plain.replace("fee_from", "Fee from").replace("id,name", "ID,Name"),
    }[variant]
    directory, report = import_text("people.csv", data)
    assert not report.problems.kept
    assert directory.get(["a"])[0].name == "Zoë Alder"
    assert directory.get(["a"])[0].fee_from == 120


def test_a_mapping_file_names_the_operators_own_columns(import_text, tmp_path):
    (tmp_path / "map.yml").write_text(
        "columns: {Ref: id, Therapist: name, Town: city, Sex: gender}\n"
        "values: {gender: {F: woman}}\nconstants: {province: NS, currency: CAD}\n"
    )
    mapped = read_mapping(tmp_path / "map.yml")
    directory, report = import_text(
        "people.csv", "Ref,Therapist,Town,Sex,Shoe size\n1,Ann Alder,Truro,F,39\n", Options(mapped=mapped)
    )
    assert not report.problems.kept
    listing = directory.get(["1"])[0]
    assert (listing.gender, listing.places, listing.currency) == ("woman", (Practice("Truro", "NS"),), "CAD")


@pytest.mark.parametrize(
    ("yml", "message"),
    [
        ("columns: {A: nmae}", "no column `nmae`; did you mean `name`?"),
        ("rows: 3", "has the entries"),
        ("{", "map.yml"),
    ],
)
def test_a_wrong_mapping_file_is_refused_in_a_sentence(tmp_path, yml, message):
    path = tmp_path / "map.yml"
    path.write_text(yml)
    with pytest.raises(BadFileError) as raised:
        read_mapping(path)
    assert message in str(raised.value)


def test_the_second_import_changes_nothing_and_makes_no_generation(import_text):
    import_text("people.csv", HEAD + ROWS)
    directory, report = import_text("people.csv", HEAD + ROWS)
    assert (report.changes.unchanged, report.changes.any) == (2, False)
    with directory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM generation")).scalar() == 1


def test_what_the_file_no_longer_names_is_closed_and_can_come_back(import_text):
    import_text("people.csv", HEAD + ROWS)
    directory, report = import_text("people.csv", HEAD + ROWS.split("\n")[0] + "\n")
    assert report.changes.closed == 1
    assert ids(directory, Query()) == ["a"]
    assert directory.get(["b"]) == []
    with directory.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM listing")).scalar() == 2
    directory, report = import_text("people.csv", HEAD + ROWS)
    assert report.changes.reopened == 1
    assert set(ids(directory, Query())) == {"a", "b"}


def test_sources_stand_apart_and_do_not_take_each_others_ids(import_text):
    import_text("people.csv", HEAD + ROWS)
    directory, report = import_text("more.csv", HEAD + "b,Somebody Else\nc,Cy Cedar\n", Options(source="second"))
    assert set(ids(directory, Query())) == {"a", "b", "c"}
    assert directory.get(["b"])[0].name == "Ben Birch"
    assert "belongs to the source 'main' already" in str(report.problems.kept[0])
    assert directory.get(["c"])[0].source == "second"


def test_a_dry_run_tells_and_changes_nothing(import_text):
    directory, report = import_text("people.csv", HEAD + ROWS, Options(dry_run=True))
    assert report.changes.added == 2
    assert directory.is_empty()


def test_the_sample_gives_way_to_the_first_real_listings(import_text, url):
    ensure_sample(url, today=TODAY)
    directory, report = import_text("people.csv", HEAD + ROWS)
    assert report.sample_closed > 290
    assert set(ids(directory, Query())) == {"a", "b"}
    assert ensure_sample(url, today=TODAY) == 0


def test_a_file_that_would_close_most_of_a_source_is_refused_unless_meant(import_text):
    many = HEAD + "".join(f"t{number},Therapist {number}\n" for number in range(60))
    import_text("people.csv", many)
    with pytest.raises(RefusedError, match=r"no longer names 60 .* say --close-many"):
        import_text("other.csv", HEAD + ROWS)
    directory, report = import_text("other.csv", HEAD + ROWS, Options(close_many=True))
    assert report.changes.closed == 60
    assert set(ids(directory, Query())) == {"a", "b"}


def test_a_broken_row_is_left_out_and_does_not_close_the_listing_it_names(import_text):
    import_text("people.csv", HEAD + ROWS)
    directory, report = import_text("people.csv", HEAD + ROWS.replace("Ben Birch", "<script>alert(1)</script>"))
    assert str(report.problems.kept[0]).startswith("people.csv:3: name: '<script>alert(1)</script>' holds markup")
    assert report.problems.kept[0].refused
    assert directory.get(["b"])[0].name == "Ben Birch"


def test_strict_refuses_everything_when_anything_is_wrong(import_text):
    with pytest.raises(RefusedError, match="1 problems, and --strict"):
        import_text("people.csv", HEAD + "a,Ann,Halifax,NS,-5\n", Options(strict=True))


KILLED = """
import sys
from datetime import date
from pathlib import Path
from attune.directory import open_directory
from attune.directory.importing import Options, import_file
directory = open_directory(sys.argv[1])
def progress(count):
    print(count, flush=True)
    if count >= 2000:
        sys.stdin.read()  # nothing ever comes: here it is killed
import_file(directory.engine, directory.rules, Path(sys.argv[2]), Options(), date(2026, 11, 20), progress)
"""


def test_a_kill_in_mid_import_leaves_the_old_directory_working(import_text, url, tmp_path):
    directory, _ = import_text("people.csv", HEAD + ROWS)
    many = tmp_path / "many.csv"
    many.write_text(HEAD + "".join(f"n{number},New {number},Halifax,NS,100,somatic\n" for number in range(5000)))
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", KILLED, url, str(many)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert "2000\n" in iter(process.stdout.readline, "")
        assert set(ids(directory, Query())) == {"a", "b"}  # readers are not held up either
        os.kill(process.pid, signal.SIGKILL)
    fresh = open_directory(url, today=lambda: TODAY)
    assert set(ids(fresh, Query())) == {"a", "b"}
    report = import_file(fresh.engine, fresh.rules, many, Options(), TODAY)
    assert report.changes.added == 5000
    fresh.close()


def test_searches_go_on_while_an_import_is_written(opened, url, tmp_path):
    directory = opened(therapist("old"))
    path = tmp_path / "many.csv"
    path.write_text(HEAD + "".join(f"n{number},New {number},Halifax,NS,100,somatic\n" for number in range(3000)) + "old,Old One\n")
    half_written, searched = threading.Event(), threading.Event()

    def progress(count):
        if count == 2000:  # two batches stand in the open transaction
            half_written.set()
            assert searched.wait(60), "the search waited for the import"

    with ThreadPoolExecutor() as pool:
        written = pool.submit(import_file, directory.engine, directory.rules, path, Options(), TODAY, progress)
        assert half_written.wait(60)
        other = open_directory(url, today=lambda: TODAY)
        totals = [other.search(Query()).total]
        searched.set()
        assert written.result().changes.added == 3000
    totals.append(other.search(Query()).total)
    other.close()
    assert totals == [1, 3001], "the old directory until the new one is there whole"
