"""Files that are not what they should be: a sentence or a reported row, and the old directory intact."""

from __future__ import annotations

import json
import zipfile

import pytest

from attune.directory.importing import Options, import_file
from attune.directory.problems import BadFileError
from attune.model.wishes import Query
from tests.directory.conftest import TODAY
from tests.directory.makers import ids, therapist

GOOD = "id,name\na,Ann Alder\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("bom.csv", b"\xef\xbb\xbf\n", "the file is empty"),
        ("latin.csv", "id,name\na,Zoë\n".encode("latin-1"), "not UTF-8 (byte 0xeb); save the file as UTF-8, or say its encoding"),
        ("late.csv", GOOD.encode() + b"b,B\n" * 20000 + b"c,\xff\n", "not UTF-8"),
        ("noname.csv", b"id,nmae\na,Ann\n", "the column `name` is missing (there are: id, nmae); if 'nmae' is it"),
        ("twice.csv", b"id,name,name\na,Ann,Ann\n", "the column `name` stands there twice"),
        ("quote.csv", b'id,name\na,"Ann\nb,Ben\n' + b"c,Cy\n" * 300_000, "field larger than field limit"),
        ("binary.csv", b"id,name\0\0\0\0", "no text file"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Excel file"),
        ("doc.pdf", b"%PDF-1.7", "a PDF"),
        ("packed.gz", b"\x1f\x8b\x08", "packed with gzip"),
        ("cut.json", b'{"listings": [{"id": "a", "name": "Ann"', "not JSON (the file seems to be cut off)"),
        (
            "cut_bundle.json",
            b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Pract',
            "cut_bundle.json:1: not JSON",
        ),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("no_rows.csv", b"id,name\n", "no usable row among 0"),
        ("nothing.json", b'{"resourceType": "Bundle", "entry": []}', "no FHIR resource in it"),
        ("locations.json", b'{"resourceType": "Location", "id": "x"}', "no Practitioner in it (found: 1 Location)"),
        ("line.ndjson", b'{"id": "a", "name": "Ann"}\n{"id": "b", \n', "line.ndjson:2: not a JSON object a line"),
        (
            "taxonomy.json",
            b'{"id": "a", "name": "b", "uri": "c", "version": "d", "description": "e"}',
            "most of its fields are unknown",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-7:] else "",
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(opened_sqlite, tmp_path, name, content, message):
    directory = opened_sqlite(therapist("old"))
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadFileError) as raised:
        import_file(directory.engine, directory.rules, path, Options(), TODAY)
    assert message in str(raised.value)
    assert ids(directory, Query()) == ["old"]


def test_no_such_file_and_no_such_folder(opened_sqlite, tmp_path):
    directory = opened_sqlite(therapist("old"))
    for path, message in ((tmp_path / "gone.csv", "No such file"), (tmp_path, "a folder must hold FHIR")):
        with pytest.raises(BadFileError, match=message):
            import_file(directory.engine, directory.rules, path, Options(), TODAY)


def test_a_zip_is_named_as_such(opened_sqlite, tmp_path):
    path = tmp_path / "people.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("people.csv", GOOD)
    directory = opened_sqlite(therapist("old"))
    with pytest.raises(BadFileError, match="a zip archive"):
        import_file(directory.engine, directory.rules, path, Options(), TODAY)


def test_a_line_without_end_is_refused_without_filling_the_memory(opened_sqlite, tmp_path):
    import resource

    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.write(b"id,name\n")
        file.write(b"a")
        file.seek(2_000_000_000)  # a sparse file: two gigabytes in one line
        file.write(b"\n")
    path_json = tmp_path / "endless.json"
    with path_json.open("wb") as file:
        file.write(b'{"id": "' + b"x" * 70_000_000)
        file.seek(2_000_000_000)
        file.write(b"\n")
    directory = opened_sqlite(therapist("old"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadFileError, match=r"longer than 1,000,000 characters|zero bytes"):
        import_file(directory.engine, directory.rules, path, Options(), TODAY)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes
    with pytest.raises(BadFileError, match="larger than 400,000,000 characters"):
        import_file(directory.engine, directory.rules, path_json, Options(), TODAY)
    assert ids(directory, Query()) == ["old"]


VALUES = [
    ({"fee_from": "-5"}, "fee_from: '-5' is negative"),
    ({"fee_from": "1e9"}, "is not an amount"),
    ({"fee_from": "NaN"}, "is not an amount"),
    ({"fee_from": 99999}, "is not between 0 and 10,000"),
    ({"fee_from": 100, "fee_to": 90}, "fee_to: '90.0' is below fee_from (100)"),
    ({"fee_from": 100, "sliding_from": 120}, "is above fee_from (100)"),
    ({"places": [{"city": "X", "latitude": 91, "longitude": 0}]}, "places: '91, 0' is not between -90 and 90"),
    ({"places": [{"city": "X", "latitude": "nan", "longitude": 5}]}, "is not between"),
    ({"places": [{"city": "X", "latitude": 0, "longitude": 0}]}, "Gulf of Guinea"),
    ({"places": [{"city": "X", "latitude": 44.0}]}, "is not a coordinate"),
    ({"places": ["Halifax"]}, "is not a place with a city"),
    ({"profile_url": "http://example.org/"}, "does not start with https://"),
    ({"profile_url": "javascript:alert(1)"}, "does not start with https://"),
    ({"profile_url": "https://user:pw@example.org/"}, "is not an address that could be shown"),
    ({"profile_url": 'https://example.org/"onclick="x'}, "is not an address that could be shown"),
    ({"profile_url": "https://exa mple.org/"}, "is not an address that could be shown"),
    ({"video_url": "https://example.org:port/"}, "is not an address"),
    ({"booking_url": "https://localhost/"}, "is not an address that could be shown"),
    ({"photo_url": "data:image/png;base64,AAAA"}, "does not start with https://"),
    ({"about": "Hello <b>you</b>"}, "holds markup"),
    ({"about": "a\x00b"}, "control or invisible characters"),
    ({"about": "\u202egnihtemos"}, "control or invisible characters"),
    ({"about": "x" * 2001}, "has 2,001 characters; at most 2,000 fit"),
    ({"pronouns": "she\nher"}, "more than one line"),
    ({"gender": "robot"}, "is none of woman, man, nonbinary"),
    ({"languages": ["English", "Klingonian"]}, "is not a language code"),
    ({"client_types": ["pets"]}, "is none of individual"),
    ({"accepting": "maybe"}, "is none of yes, waitlist, no, unknown"),
    ({"online": "sometimes"}, "is neither yes nor no"),
    ({"updated_on": "2026-13-01"}, "is not a date of the form"),
    ({"updated_on": "2031-01-01"}, "lies in the future"),
    ({"free_consultation_minutes": 9999}, "is not between 0 and 240"),
    ({"shoe_size": 39}, "is in a field that listings do not have"),
    ({"credentials": [f"c{number}" for number in range(50)]}, "are more than 40"),
    ({"licences": [{"province": "NS", "checked_on": "soon"}]}, "is not a date"),
    ({"concerns": {"a": 1}}, "is not a text"),
]


@pytest.mark.parametrize(("values", "message"), VALUES, ids=[str(next(iter(values.items())))[:40] for values, _ in VALUES])
def test_a_value_that_cannot_be_right_is_left_out_and_reported(import_text, values, message):
    directory, report = import_text("people.json", json.dumps([{"id": "a", "name": "Ann", "pronouns": "she/her", **values}]))
    assert message in str(report.problems.kept[0])
    assert report.problems.rows == 0
    assert directory.get(["a"])[0].name == "Ann"


ROWS = [
    ({"name": "Ann"}, "id: '' is missing"),
    ({"id": "x"}, "name: '' is missing"),
    ({"id": "x", "name": "Ann <3"}, "holds < or >"),
    ({"id": "x", "name": "<script>alert(1)</script>"}, "holds markup"),
    ({"id": "x", "name": "A" * 121}, "has 121 characters"),
    ({"id": "x", "name": ["Ann"]}, "is not a text"),
    ({"id": "x" * 101, "name": "Ann"}, "has 101 characters"),
    ({"id": "x", "name": "\ud800"}, "control or invisible"),
    ({"id": "good", "name": "Again"}, "stands in line 1 already"),
    ("just a text", "is not an object"),
]


@pytest.mark.parametrize(("row", "message"), ROWS, ids=[str(row)[:30] for row, _ in ROWS])
def test_a_row_without_usable_id_or_name_is_left_out_and_the_others_stay(import_text, row, message):
    directory, report = import_text("people.json", json.dumps([{"id": "good", "name": "Ann"}, row]))
    assert message in str(report.problems.kept[0])
    assert (report.problems.rows, report.changes.added) == (1, 1)
    assert ids(directory, Query()) == ["good"]
    str(report.problems.kept[0]).encode()  # can be printed


def test_a_row_with_more_cells_than_columns_is_left_out(import_text):
    directory, report = import_text("people.csv", "id,name\na,Alder, Ann\nb,Ben Birch\n")
    assert "people.csv:2: record: 'a' has 3 cells under 2 columns" in str(report.problems.kept[0])
    assert ids(directory, Query()) == ["b"]


def test_cells_over_several_lines_keep_the_line_numbers_right(import_text):
    _, report = import_text("people.csv", 'id,name,about,fee_from\na,Ann,"one\ntwo\nthree",10\nb,Ben,,free\n')
    assert str(report.problems.kept[0]).startswith("people.csv:5: fee_from: 'free'")


def test_thousands_of_problems_are_counted_and_the_first_thousand_kept(import_text):
    rows = "".join(f"t{number},T {number},-1\n" for number in range(1500))
    _, report = import_text("people.csv", "id,name,fee_from\n" + rows)
    assert (report.problems.values, len(report.problems.kept)) == (1500, 1000)
