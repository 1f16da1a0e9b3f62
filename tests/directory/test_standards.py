"""FHIR Plan-Net, Open Referral HSDS and schema.org, with fixtures of our own in their shapes."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from attune.directory import Accepting, Licence, Practice
from attune.directory.importers.detect import Format
from attune.directory.importing import Options
from attune.directory.problems import BadFileError
from attune.model.wishes import Query
from tests.directory.makers import ids

PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/"


def coded(code, **more):
    return {"coding": [{"code": code, **more}]}


def plan_net(name, *parts):
    return {"url": PLAN_NET + name, "extension": list(parts)}


PRACTITIONER = {
    "resourceType": "Practitioner",
    "id": "p1",
    "meta": {"lastUpdated": "2026-05-01T10:00:00Z"},
    "active": True,
    "name": [{"text": "Maren Tidal, RCT", "family": "Tidal", "given": ["Maren"]}],
    "gender": "female",
    "qualification": [
        {
            "extension": [
                plan_net(
                    "practitioner-qualification",
                    {"url": "status", "valueCode": "active"},
                    {"url": "whereValid", "valueCodeableConcept": coded("NS")},
                )
            ],
            "identifier": [{"value": "4711"}],
            "code": {"text": "Counselling therapist"},
            "issuer": {"display": "NSCCT"},
        }
    ],
    "communication": [coded("fr-CA"), coded("en")],
}
ROLE = {
    "resourceType": "PractitionerRole",
    "id": "r1",
    "active": True,
    "practitioner": {"reference": "Practitioner/p1"},
    "specialty": [coded("x", display="Somatic Experiencing"), coded("y", display="Grief")],
    "location": [{"reference": "Location/l1"}, {"reference": "Location/nowhere"}],
    "healthcareService": [{"reference": "HealthcareService/s1"}],
    "telecom": [{"system": "phone", "value": "1"}, {"system": "url", "value": "https://example.org/maren"}],
}
LOCATION = {
    "resourceType": "Location",
    "id": "l1",
    "status": "active",
    "address": {"city": "Halifax", "state": "NS", "postalCode": "B3H 1A1"},
    "position": {"latitude": 44.64, "longitude": -63.57},
    "extension": [plan_net("newpatients", {"url": "acceptingPatients", "valueCodeableConcept": coded("newpt")})],
}
SERVICE = {
    "resourceType": "HealthcareService",
    "id": "s1",
    "extension": [
        plan_net("delivery-method", {"url": "type", "valueCodeableConcept": coded("virtual")}),
        plan_net("delivery-method", {"url": "type", "valueCodeableConcept": coded("physical")}),
    ],
}
ORPHAN = {"resourceType": "PractitionerRole", "id": "r2", "practitioner": {"reference": "Practitioner/gone"}}
RESOURCES = (PRACTITIONER, ROLE, LOCATION, SERVICE, ORPHAN)


def bundle(*resources):
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": item} for item in resources]})


@pytest.mark.parametrize(
    ("name", "text"),
    [("bundle.json", bundle(*RESOURCES)), ("all.ndjson", "\n".join(map(json.dumps, RESOURCES)))],
    ids=["bundle", "ndjson"],
)
def test_a_practitioner_with_roles_places_and_services_becomes_one_listing(import_text, name, text):
    directory, report = import_text(name, text)
    assert report.format is Format.FHIR
    (listing,) = directory.get(["p1"])
    assert (listing.name, listing.gender, listing.credentials) == ("Maren Tidal", "woman", ("RCT", "Counselling therapist"))
    assert listing.licences == (Licence("NS", "NSCCT", "4711"),)
    assert listing.languages == ("fr", "en")
    assert listing.places == (Practice("Halifax", "NS", "B3H 1A1", 44.64, -63.57),)
    assert (listing.in_person, listing.online, listing.accepting) == (True, True, Accepting.YES)
    assert (listing.approaches, listing.concerns) == (("somatic",), ("grief",))
    assert listing.profile_url == "https://example.org/maren"
    assert str(listing.updated_on) == "2026-05-01"
    said = [str(problem) for problem in report.problems]
    assert any("'Location/nowhere' is not in the file" in text for text in said)
    assert any("names Practitioner/gone, which is not there" in text for text in said)


def test_a_folder_with_one_resource_a_file_is_read_as_one(opened, tmp_path):
    from attune.directory.importing import import_file
    from tests.directory.conftest import TODAY

    for resource in RESOURCES:
        (tmp_path / f"{resource['resourceType']}-{resource['id']}.json").write_text(json.dumps(resource))
    directory = opened()
    import_file(directory.engine, directory.rules, tmp_path, Options(), TODAY)
    assert ids(directory, Query()) == ["p1"]


def test_who_is_not_active_is_not_listed_and_who_takes_nobody_is_not_found(import_text):
    gone = {**PRACTITIONER, "id": "p2", "active": False}
    full = {
        **LOCATION,
        "id": "l3",
        "extension": [plan_net("newpatients", {"url": "acceptingPatients", "valueCodeableConcept": coded("nopt")})],
    }
    role = {
        **ROLE,
        "id": "r3",
        "practitioner": {"reference": "https://host/fhir/Practitioner/p3/_history/2"},
        "location": [{"reference": "Location/l3"}],
    }
    directory, _ = import_text(
        "b.json", bundle(PRACTITIONER, ROLE, LOCATION, SERVICE, gone, {**PRACTITIONER, "id": "p3"}, role, full)
    )
    assert directory.get(["p2"]) == []
    assert directory.get(["p3"])[0].accepting is Accepting.NO
    assert ids(directory, Query()) == ["p1"]


@pytest.mark.parametrize("broken", [None, 7, "x", [], {}, {"resource": 5}, {"resource": {"resourceType": "Practitioner"}}])
def test_broken_entries_of_a_bundle_do_no_harm(import_text, broken):
    text = json.dumps({"resourceType": "Bundle", "entry": [broken, {"resource": PRACTITIONER}]})
    directory, _ = import_text("b.json", text)
    assert ids(directory, Query()) == ["p1"]


@pytest.mark.parametrize("field", ["name", "qualification", "communication", "extension", "telecom", "meta", "gender", "photo"])
@pytest.mark.parametrize("value", [None, 7, "x", [None], [[]], {"a": {"b": "c"}}, [{"coding": 5}]])
def test_a_practitioner_with_a_field_of_another_shape_never_raises(import_text, field, value):
    text = bundle({**PRACTITIONER, field: value}, ROLE)
    nameless = field == "name"
    with pytest.raises(BadFileError, match="no usable row among 1") if nameless else nullcontext():
        import_text("b.json", text)


HSDS = {
    "id": "11111111-1111-4111-8111-111111111111",
    "name": "Counselling with Maren",
    "description": "Unhurried sessions.",
    "url": "https://example.org/maren",
    "status": "active",
    "assured_date": "2026-02-03",
    "last_modified": "2026-03-15T10:30:45.123Z",
    "minimum_age": 12,
    "maximum_age": 18,
    "languages": [{"id": "x", "name": "French", "code": "fr"}, {"name": "Punjabi"}],
    "cost_options": [
        {"option": "Session", "currency": "cad", "amount": 140},
        {"option": "Evening session", "currency": "cad", "amount": 160},
        {"option": "Sliding scale", "currency": "cad", "amount": 70},
        {"option": "Old", "amount": 20, "valid_to": "2020-12-31"},
    ],
    "service_at_locations": [
        {
            "location": {
                "location_type": "physical",
                "latitude": 44.64,
                "longitude": -63.57,
                "addresses": [{"city": "Halifax", "state_province": "Nova Scotia", "postal_code": "B3H 1A1", "country": "CA"}],
            }
        },
        {"location": {"location_type": "virtual"}},
    ],
    "attributes": [
        {"taxonomy_term": {"taxonomy": "Topics", "code": "T1", "name": "Grief"}},
        {"taxonomy_term": {"name": "Somatic"}},
        {"value": "x"},
    ],
}


def check_hsds(listing):
    assert (listing.name, listing.about) == ("Counselling with Maren", "Unhurried sessions.")
    assert listing.languages == ("fr", "pa")
    assert (listing.fee_from, listing.fee_to, listing.sliding_from, listing.sliding_scale, listing.currency) == (
        140,
        160,
        70,
        True,
        "CAD",
    )
    assert listing.places == (Practice("Halifax", "NS", "B3H 1A1", 44.64, -63.57),)
    assert (listing.in_person, listing.online) == (True, True)
    assert (listing.approaches, listing.concerns, listing.client_types) == (("somatic",), ("grief",), ("teen",))
    assert (str(listing.assured_on), str(listing.updated_on)) == ("2026-02-03", "2026-03-15")


@pytest.mark.parametrize(
    "document",
    [
        HSDS,
        {"total_items": 1, "contents": [HSDS]},
        {"id": "o", "name": "Org", "legal_status": "Limited", "services": [HSDS]},
        [HSDS],
    ],
    ids=["service", "list", "organization", "array"],
)
def test_an_hsds_service_in_each_form_of_the_api(import_text, document):
    directory, report = import_text("hsds.json", json.dumps(document))
    assert report.format is Format.HSDS
    check_hsds(directory.get([HSDS["id"]])[0])
    assert [str(problem).split(": ", 1)[1] for problem in report.problems] == [
        "cost_options: '20' was the price until 2020-12-31; the value is left out"
    ]


def test_a_service_at_a_location_and_one_that_is_closed(import_text):
    place = {
        "id": "s",
        "service": {"id": "a", "name": "A", "status": "active"},
        "location": HSDS["service_at_locations"][0]["location"],
    }
    directory, _ = import_text("hsds.json", json.dumps({"contents": [place, {**HSDS, "id": "b", "status": "defunct"}]}))
    assert directory.get(["a"])[0].places[0].city == "Halifax"
    assert directory.get(["b"]) == []


def test_hsds_tables_in_a_folder_with_references_to_nothing(opened, tmp_path):
    from attune.directory.importing import import_file
    from tests.directory.conftest import TODAY

    tables = {
        "services": "id,organization_id,name,description,url,status,assured_date,maximum_age\ns1,o9,Counselling,Text,https://example.org,active,2026-02-03,18\n",
        "languages": "id,service_id,name,code\n1,s1,French,fr\n2,s9,Urdu,ur\n",
        "service_at_location": "id,service_id,location_id\n1,s1,l1\n2,s1,l9\n",
        "locations": "id,location_type,latitude,longitude\nl1,physical,44.64,-63.57\n",
        "addresses": "id,location_id,city,state_province\n1,l1,Halifax,NS\n",
        "cost_options": "id,service_id,option,currency,amount\n1,s1,Session,cad,140\n",
        "attributes": "id,link_id,taxonomy_term_id,value\n1,s1,t1,\n2,s1,t9,\n",
        "taxonomy_terms": "id,code,name,taxonomy\nt1,G,Grief,topics\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    directory = opened()
    import_file(directory.engine, directory.rules, tmp_path, Options(), TODAY)
    (listing,) = directory.get(["s1"])
    assert (listing.languages, listing.fee_from, listing.concerns) == (("fr",), 140, ("grief",))
    assert listing.places == (Practice("Halifax", "NS", "", 44.64, -63.57),)


def test_json_ld_of_therapists_pages(import_text):
    person = {
        "@context": "https://schema.org",
        "@type": ["Person", "IndividualPhysician"],
        "@id": "https://example.org/#maren",
        "name": "Maren Tidal",
        "gender": "https://schema.org/Female",
        "honorificSuffix": "RCT",
        "knowsLanguage": ["fr", {"@type": "Language", "name": "English"}],
        "knowsAbout": ["Grief", "Somatic Experiencing", "cooking"],
        "address": {"addressLocality": "Halifax", "addressRegion": "NS"},
        "geo": {"latitude": 44.64, "longitude": -63.57},
        "priceRange": "$120 - $150",
        "isAcceptingNewPatients": True,
        "url": "https://example.org/maren",
    }
    plan = {"@type": "HealthInsurancePlan", "name": "Gold"}
    directory, report = import_text("page.jsonld", json.dumps({"@context": "https://schema.org", "@graph": [person, plan]}))
    assert report.format is Format.SCHEMA_ORG
    (listing,) = directory.get(["https://example.org/#maren"])
    assert (listing.gender, listing.languages, listing.fee_from, listing.fee_to) == ("woman", ("fr", "en"), 120, 150)
    assert (listing.approaches, listing.concerns, listing.accepting) == (("somatic",), ("grief",), Accepting.YES)
    assert "'Gold' is a HealthInsurancePlan, no provider" in str(report.problems.kept[0])
