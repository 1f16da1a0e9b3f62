"""What an HSDS service says, in the shape of a listing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from attune.directory.importers import dig
from attune.directory.values import known_code

#: Taxonomy under whose terms an export keeps what HSDS has no field for; the term's code is our field.
OWN = "attune"
HIGHEST = "Session, highest"  # the option under which an export names `fee_to`
_LISTS = {
    "licences",
    "credentials",
    "other_approaches",
    "other_concerns",
    "approaches",
    "concerns",
    "client_types",
    "assured_fields",
}
_LISTS |= {"online_provinces"}
_TEEN = 19
Notes = list[tuple[str, Any, str]]


def service_data(service: Mapping[str, Any], today: date, notes: Notes) -> dict[str, Any]:
    """Return what `service` says."""
    data: dict[str, Any] = {
        "id": dig.text(service, "id"),
        "name": dig.text(service, "name"),
        "about": dig.text(service, "description"),
        "profile_url": dig.text(service, "url") or dig.text(dig.child(service, "organization"), "website"),
        "languages": [dig.text(item, "code") or dig.text(item, "name") for item in dig.items(service, "languages")],
        "assured_on": dig.text(service, "assured_date"),
        "updated_on": dig.text(service, "last_modified"),
        "accepting": "no" if dig.text(service, "status").lower() == "temporarily closed" else "",
    }
    _places(data, service)
    _costs(data, service, today, notes)
    ages = dig.text(service, "maximum_age")
    if ages.isdigit() and int(ages) <= _TEEN:
        data["client_types"] = ["teen"]
    for attribute in dig.items(service, "attributes"):
        _attribute(data, attribute)
    return dig.without_empty(data)


def _places(data: dict[str, Any], service: Mapping[str, Any]) -> None:
    locations = [dig.child(item, "location") for item in dig.items(service, "service_at_locations")]
    places: list[dict[str, Any]] = []
    for location in locations:
        kind = dig.text(location, "location_type")
        if kind == "virtual":
            data["online"] = True
        if kind in ("physical", "postal", ""):
            address = dig.child(location, "addresses")
            place = {
                "city": dig.text(address, "city"),
                "province": dig.text(address, "state_province"),
                "postal_code": dig.text(address, "postal_code"),
                "latitude": location.get("latitude"),
                "longitude": location.get("longitude"),
            }
            if dig.without_empty(place) and place not in places:
                places.append(place)
        if kind == "physical":
            data["in_person"] = True
    data["places"] = places


def _costs(data: dict[str, Any], service: Mapping[str, Any], today: date, notes: Notes) -> None:
    usual: list[float] = []
    for cost in dig.items(service, "cost_options"):
        amount = dig.text(cost, "amount")
        if not amount:
            continue
        until = dig.text(cost, "valid_to")
        if until and until < today.isoformat():
            notes.append(("cost_options", amount, f"was the price until {until}"))
            continue
        data["currency"] = dig.text(cost, "currency").upper()
        if "sliding" in dig.text(cost, "option").lower():
            data["sliding_scale"], data["sliding_from"] = True, amount
            continue
        if dig.text(cost, "option") == HIGHEST:
            data["fee_to"] = amount
            continue
        try:
            usual.append(float(amount))
        except ValueError:
            notes.append(("cost_options", amount, "is not an amount"))
    if usual:
        data["fee_from"] = min(usual)
        if max(usual) > min(usual):
            data["fee_to"] = max(usual)


def _attribute(data: dict[str, Any], attribute: Mapping[str, Any]) -> None:
    term, value = dig.child(attribute, "taxonomy_term"), dig.text(attribute, "value")
    code = dig.text(term, "code")
    if dig.text(term, "taxonomy") == OWN:
        if code == "licences":
            data.setdefault(code, []).append(_json(value))
        elif code in _LISTS:
            data.setdefault(code, []).append(value)
        else:
            data[code] = value
        return
    for name in ("approaches", "concerns", "client_types"):
        for word in (code, dig.text(term, "name")):
            if word and (found := known_code(word, name)):
                data.setdefault(name, []).append(found)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text  # which the checks will report
