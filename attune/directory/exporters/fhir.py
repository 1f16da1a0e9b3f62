"""FHIR R4 Plan-Net: a Practitioner, a PractitionerRole, a HealthcareService and its Locations for each listing.

What Plan-Net has no place for (fees, approaches, sliding scale ...) stands as JSON in one extension, so that nothing is lost
between two installations of Attune.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from attune.directory.importers.fhir import OWN
from attune.directory.importers.fhir_parts import PLAN_NET
from attune.directory.listing import Accepting, Licence, Listing, Practice

_GENDERS = {"woman": "female", "man": "male"}
_CODES = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/"
_ACCEPTING = {Accepting.YES: "newpt", Accepting.NO: "nopt"}
#: Held by Plan-Net itself, as the importer reads it back.
_HELD = {"name", "places", "id", "source"}


def write(listings: Iterable[Listing], path: Path) -> int:
    """Write a Bundle of type collection and return how many listings it holds."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"resourceType": "Bundle", "type": "collection", "entry": [')
        first = True
        for count, listing in enumerate(listings, 1):  # noqa: B007  # the last one is the result
            for resource in _resources(listing):
                file.write(("\n" if first else ",\n") + json.dumps({"resource": resource}, ensure_ascii=False))
                first = False
        file.write("\n]}\n")
    return count


def write_lines(listings: Iterable[Listing], path: Path) -> int:
    """Write one resource a line (NDJSON) and return how many listings there are."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for count, listing in enumerate(listings, 1):  # noqa: B007  # the last one is the result
            for resource in _resources(listing):
                file.write(json.dumps(resource, ensure_ascii=False) + "\n")
    return count


def _resources(listing: Listing) -> Iterator[dict[str, Any]]:
    own_id = re.sub(r"[^A-Za-z0-9.-]", "-", listing.id)[:50]
    yield _practitioner(listing)
    for number, practice in enumerate(listing.places, 1):
        yield _location(f"{own_id}-{number}", practice)
    yield _service(f"{own_id}-service", listing)
    references = [{"reference": f"Location/{own_id}-{number}"} for number in range(1, len(listing.places) + 1)]
    yield _clean(
        {
            "resourceType": "PractitionerRole",
            "id": f"{own_id}-role",
            "active": True,
            "practitioner": {"reference": f"Practitioner/{listing.id}", "display": listing.name},
            "location": references,
            "healthcareService": [{"reference": f"HealthcareService/{own_id}-service"}],
            "extension": _accepting(listing),
        }
    )


def _practitioner(listing: Listing) -> dict[str, Any]:
    known = listing.to_dict()
    # All fields, the unknown ones as null: what is not known must not be read out of a place or a licence.
    rest = {field.name: known.get(field.name) for field in fields(Listing) if field.name not in _HELD}
    return _clean(
        {
            "resourceType": "Practitioner",
            "id": listing.id,
            "meta": {"lastUpdated": f"{listing.updated_on}T00:00:00Z"} if listing.updated_on else None,
            "active": True,
            "name": [_clean({"use": "usual", "text": listing.name, "suffix": list(listing.credentials)})],
            "gender": _GENDERS.get(listing.gender),
            "telecom": [{"system": "url", "value": listing.profile_url}] if listing.profile_url else [],
            "photo": [{"url": listing.photo_url}] if listing.photo_url else [],
            "qualification": [_qualification(licence) for licence in listing.licences],
            "communication": [{"coding": [{"system": "urn:ietf:bcp:47", "code": code}]} for code in listing.languages],
            "extension": [{"url": OWN, "valueString": json.dumps(rest, ensure_ascii=False)}],
        }
    )


def _qualification(licence: Licence) -> dict[str, Any]:
    valid = {"url": "whereValid", "valueCodeableConcept": {"coding": [{"code": licence.province}]}}
    return _clean(
        {
            "extension": [
                {"url": PLAN_NET + "practitioner-qualification", "extension": [{"url": "status", "valueCode": "active"}, valid]}
            ],
            "identifier": [{"value": licence.number}] if licence.number else [],
            "code": {"text": licence.college or licence.province},
            "issuer": {"display": licence.college} if licence.college else None,
        }
    )


def _location(key: str, practice: Practice) -> dict[str, Any]:
    address = _clean({"city": practice.city, "state": practice.province, "postalCode": practice.postal_code})
    position = _clean({"longitude": practice.longitude, "latitude": practice.latitude})
    return _clean({"resourceType": "Location", "id": key, "status": "active", "address": address, "position": position})


def _service(key: str, listing: Listing) -> dict[str, Any]:
    ways = [way for way, there in (("physical", listing.in_person), ("virtual", listing.online)) if there]
    types = [
        {"url": "type", "valueCodeableConcept": {"coding": [{"system": _CODES + "DeliveryMethodCS", "code": way}]}} for way in ways
    ]
    delivery = [{"url": PLAN_NET + "delivery-method", "extension": [item]} for item in types]
    topics = [{"coding": [{"system": "urn:attune:approach", "code": code}]} for code in listing.approaches]
    return _clean({"resourceType": "HealthcareService", "id": key, "active": True, "specialty": topics, "extension": delivery})


def _accepting(listing: Listing) -> list[dict[str, Any]]:
    code = _ACCEPTING.get(listing.accepting)
    if code is None:
        return []
    said = {
        "url": "acceptingPatients",
        "valueCodeableConcept": {"coding": [{"system": _CODES + "AcceptingPatientsCS", "code": code}]},
    }
    return [{"url": PLAN_NET + "newpatients", "extension": [said]}]


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
