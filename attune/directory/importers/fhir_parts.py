"""What a Practitioner and a PractitionerRole say, in the shape of a listing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attune.directory.importers import dig
from attune.directory.values import known_code

PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/"
GENDERS = {"female": "woman", "male": "man"}  # "other" says too little to be turned into one of our words
ACCEPTING = {"newpt": "yes", "nopt": "no", "existptonly": "no", "existptfam": "no"}
_BETTER = ("yes", "waitlist", "no")
Resource = Mapping[str, Any]


def practitioner_part(person: Resource) -> dict[str, Any]:
    """Return what a Practitioner says of themselves."""
    name = _name(person)
    full = " ".join((*dig.texts(name, "given"), dig.text(name, "family"))).strip() or dig.text(name, "text")
    credentials = dig.texts(name, "suffix") + _after_comma(dig.text(name, "text"), full)
    licences = []
    for qualification in dig.items(person, "qualification"):
        if _plan_net(qualification, "practitioner-qualification", "status") in ("", "active"):
            credentials += [display or code for code, display in dig.codings(qualification, "code")][:1]
            licences += _licences(qualification)
    return {
        "id": dig.text(person, "id"),
        "name": full,
        "gender": GENDERS.get(dig.text(person, "gender"), ""),
        "credentials": list(dict.fromkeys(filter(None, credentials))),
        "licences": licences,
        "languages": [code or display for code, display in dig.codings(person, "communication")],
        "photo_url": next((dig.text(photo, "url") for photo in dig.items(person, "photo")), ""),
        "profile_url": _web(person),
        "updated_on": _changed(person),
    }


def role_part(data: dict[str, Any], role: Resource, locations: list[Resource], services: list[Resource]) -> None:
    """Add to `data` what one role says, with the locations and services it leads to."""
    places = data.setdefault("places", [])
    for location in locations:
        if dig.text(location, "status") in ("", "active") and (place := _place(location)) and place not in places:
            places.append(place)
    ways = {way for service in services for way in _ways(service)}
    data["online"] = data.get("online") or ("virtual" in ways) or None
    data["in_person"] = data.get("in_person") or ("physical" in ways) or (bool(locations) and "virtual" not in ways) or None
    data["profile_url"] = data.get("profile_url") or _web(role)
    for code, display in (pair for thing in (role, *services) for pair in dig.codings(thing, "specialty")):
        for topic, name in (("approaches", "approaches"), ("concerns", "concerns")):
            if found := known_code(code, topic) or known_code(display, topic):
                data.setdefault(name, []).append(found)
    said = {ACCEPTING.get(_plan_net(thing, "newpatients", "acceptingPatients"), "") for thing in (role, *locations, *services)}
    said.add(data.get("accepting", ""))
    data["accepting"] = next((answer for answer in _BETTER if answer in said), "")
    dates = [_changed(thing) for thing in (role, *locations, *services)]
    data["updated_on"] = max([data.get("updated_on") or "", *dates])


def _name(person: Resource) -> Resource:
    names = dig.items(person, "name")
    usual = (name for name in names if dig.text(name, "use") in ("usual", "official"))
    return next(usual, names[0] if names else {})


def _after_comma(text: str, full: str) -> list[str]:
    """Return the letters after a name: "Susie Smith, LPC" gives LPC."""
    head, comma, tail = text.partition(",")
    return [part.strip() for part in tail.split(",")] if comma and head.strip() == full else []


def _licences(qualification: Resource) -> list[dict[str, str]]:
    number = next((dig.text(item, "value") for item in dig.items(qualification, "identifier")), "")
    college = dig.text(dig.child(qualification, "issuer"), "display")
    provinces = [p for p in _all_plan_net(qualification, "practitioner-qualification", "whereValid") if p]
    licences = [{"province": province, "college": college, "number": number} for province in dict.fromkeys(provinces)]
    return [dig.without_empty(licence) for licence in licences]


def _web(thing: Resource) -> str:
    return next((dig.text(item, "value") for item in dig.items(thing, "telecom") if item.get("system") == "url"), "")


def _changed(thing: Resource) -> str:
    return dig.text(dig.child(thing, "meta"), "lastUpdated")[:10]


def _place(location: Resource) -> dict[str, Any]:
    address, position = dig.child(location, "address"), dig.child(location, "position")
    place = {
        "city": dig.text(address, "city"),
        "province": dig.text(address, "state"),
        "postal_code": dig.text(address, "postalCode"),
    }
    return dig.without_empty({**place, "latitude": position.get("latitude"), "longitude": position.get("longitude")})


def _ways(service: Resource) -> list[str]:
    return _all_plan_net(service, "delivery-method", "type")


def _plan_net(thing: Resource, extension: str, part: str) -> str:
    return next(iter(_all_plan_net(thing, extension, part)), "")


def _all_plan_net(thing: Resource, extension: str, part: str) -> list[str]:
    """Return the codes of `part` in the Plan-Net extensions of this name, however they are typed."""
    found = []
    for outer in dig.items(thing, "extension"):
        if outer.get("url") == PLAN_NET + extension:
            for inner in dig.items(outer, "extension"):
                if inner.get("url") == part:
                    codes = [code or display for code, display in dig.codings(inner, "valueCodeableConcept")]
                    found += codes or [dig.text(inner, "valueCode")]
    return found
