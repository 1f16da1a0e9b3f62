"""import(export(x)) = x in every format that is written."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attune.directory import Accepting, Licence, Listing, Practice
from attune.directory.exporters import export
from attune.directory.importers.detect import Format
from attune.directory.importing import Options, import_file
from attune.directory.problems import BadFileError
from attune.directory.sample import read_sample
from attune.directory.stored import all_listings
from tests.directory.conftest import TODAY
from tests.directory.makers import therapist

FORMS = [
    (Format.CSV, "x.csv"),
    (Format.JSON, "x.json"),
    (Format.JSON, "x.ndjson"),
    (Format.FHIR, "x.json"),
    (Format.FHIR, "x.ndjson"),
]
FORMS += [(Format.HSDS, "x.json"), (Format.HSDS, "tables")]
NAMED = [f"{form.value}-{name}" for form, name in FORMS]
SCHEMA = json.loads((Path(__file__).parents[2] / "attune/directory/listing.schema.json").read_text())

TRICKY = (
    therapist("plain"),
    Listing("bare", "Nothing Known"),
    therapist("formula", name="=HYPERLINK(1)", about="+1 @home\nsecond line; with | signs \\ and 'quotes', \"too\"", pronouns="-"),
    therapist("lists", other_approaches=("a;b", "c|d", "e\\f", "'=g"), credentials=("RP (Q)", "R. Psych.")),
    therapist(
        "places",
        places=(Practice("Montréal", "QC", "H2X 1Y4", 45.5, -73.6), Practice("Québec", "QC"), Practice("", "ON")),
        licences=(Licence("QC", "OPQ; Québec", "1|2", date(2026, 1, 2)), Licence("ON")),
    ),
    therapist(
        "unsaid", in_person=None, online=None, accepting=Accepting.UNKNOWN, sliding_scale=None, languages=(), gender="nonbinary"
    ),
    therapist("no", in_person=False, online=False, free_consultation_minutes=0, direct_billing=False, accepting=Accepting.NO),
    therapist("sliding", fee_from=95.5, fee_to=130.0, sliding_scale=True, sliding_from=40.0, sample=True),
    therapist("only_to", fee_from=None, fee_to=130.0, assured_on=date(2026, 2, 2), assured_fields=("fees", "licences")),
    therapist("waits", accepting=Accepting.WAITLIST, online_provinces=("ON", "YT"), client_types=("couple", "teen")),
)


@pytest.mark.parametrize(("form", "name"), FORMS, ids=NAMED)
def test_what_is_exported_comes_back_as_it_was(opened_sqlite, tmp_path, form, name):
    listings = [*TRICKY, *read_sample()[:40]]
    export(listings, tmp_path / name, form)
    directory = opened_sqlite()
    report = import_file(directory.engine, directory.rules, tmp_path / name, Options(form), TODAY)
    assert [str(problem) for problem in report.problems] == []
    back = {item.id: replace(item, source="") for item in directory.get([item.id for item in listings])}
    assert {item.id: back.get(item.id) for item in listings} == {item.id: item for item in listings}


@pytest.mark.parametrize(("form", "name"), FORMS, ids=NAMED)
def test_an_export_is_recognised_and_importing_it_again_changes_nothing(opened_sqlite, tmp_path, form, name):
    directory = opened_sqlite(*TRICKY)
    with directory.engine.connect() as connection:
        assert export(all_listings(connection), tmp_path / name, form) == len(TRICKY)
    first = import_file(directory.engine, directory.rules, tmp_path / name, Options(), TODAY)
    again = import_file(directory.engine, directory.rules, tmp_path / name, Options(), TODAY)
    assert first.format is form
    assert (again.changes.any, again.changes.unchanged) == (False, len(TRICKY))


WORDS = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"), blacklist_characters="<>"),
    min_size=1,
    max_size=30,
)
CLEAN = WORDS.map(lambda text: " ".join(__import__("unicodedata").normalize("NFC", text).split())).filter(bool)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(name=CLEAN, college=CLEAN, other=CLEAN, city=CLEAN, about=CLEAN)
@pytest.mark.parametrize(("form", "file"), [(Format.CSV, "x.csv"), (Format.HSDS, "tables"), (Format.FHIR, "x.ndjson")])
def test_any_words_survive_the_way_through_a_file(tmp_path_factory, form, file, name, college, other, city, about):
    from attune.directory.checks import Reader
    from attune.directory.importers.columns import Mapped
    from attune.directory.importers.detect import reader

    listing = therapist(
        "x", name=name, about=about, other_approaches=(other,), places=(Practice(city, "QC"),), licences=(Licence("QC", college),)
    )
    listing = Reader(TODAY, "").read(listing.to_dict(), lambda *_: None)  # as an import would have stored it
    path = tmp_path_factory.mktemp("way") / file
    export([listing], path, form)
    (record,) = reader(form, Mapped(), None, TODAY)(path)
    assert Reader(TODAY, "").read(record.data, lambda *_: None) == listing


def test_every_listing_satisfies_the_published_schema():
    validator = jsonschema.Draft7Validator(SCHEMA)
    for listing in (*TRICKY, *read_sample()):
        validator.validate(listing.to_dict())
    assert list(validator.iter_errors({"id": "a"}))
    assert list(validator.iter_errors({"id": "a", "name": "b", "profile_url": "http://x"}))


def test_the_published_schema_names_every_field_and_no_other():
    assert set(SCHEMA["properties"]) == {field.name for field in fields(Listing)}


def test_a_spreadsheet_sees_no_formula(tmp_path):
    export([TRICKY[2]], tmp_path / "x.csv", Format.CSV)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_broken_export_leaves_the_older_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("old")

    def broken():
        yield TRICKY[0]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        export(broken(), path, Format.CSV)
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["x.csv"]


def test_a_format_that_is_only_read_says_so(tmp_path):
    with pytest.raises(BadFileError, match="can be imported, not exported"):
        export([], tmp_path / "x", Format.SCHEMA_ORG)
