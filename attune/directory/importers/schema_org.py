"""schema.org JSON-LD, as therapists' own pages carry it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attune.directory.importers import dig
from attune.directory.importers.json_file import objects
from attune.directory.importers.record import Record
from attune.directory.values import known_code

_PROVIDERS = re.compile(
    r"^(Person|\w*Physician\w*|Medical(Business|Clinic|Organization)|Psychiatric|\w*Service|LocalBusiness|Dentist|Optician"
    r"|Physiotherapy|Hospital|Organization|HealthAndBeautyBusiness)$"
)
_GENDERS = {"female": "woman", "male": "man"}
_ACCEPTING = {"true": "yes", "false": "no"}
_RANGE = re.compile(r"^\D{0,4}(\d{2,4})(?:\s*(?:-|–|to)\s*\D{0,4}(\d{2,4}))?\D{0,12}$")


def records(path: Path, encoding: str | None = None) -> Iterator[Record]:
    """Yield a record for each thing that provides a service; other things are reported."""
    for line, value in objects(path, encoding):
        for thing in _things(value):
            kind = _kind(thing)
            if _PROVIDERS.match(kind):
                yield Record(line, _data(thing))
            else:
                yield Record(line, {"id": dig.text(thing, "name")}, refused=f"is a {kind or 'thing without @type'}, no provider")


def _things(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "jsonld" in value:
            yield from _things(value["jsonld"])
        elif "@graph" in value:
            yield from dig.items(value, "@graph")
        else:
            yield value


def _kind(thing: Mapping[str, Any]) -> str:
    kinds = [kind.rsplit("/", 1)[-1].removeprefix("schema:") for kind in dig.texts(thing, "@type")]
    return next((kind for kind in kinds if _PROVIDERS.match(kind)), kinds[0] if kinds else "")


def _data(thing: Mapping[str, Any]) -> dict[str, Any]:
    channel = dig.child(thing, "availableChannel")
    address = dig.child(thing, "address") or dig.child(channel, "serviceLocation", "address")
    geo = dig.child(thing, "geo")
    place = {
        "city": dig.text(address, "addressLocality"),
        "province": dig.text(address, "addressRegion"),
        "postal_code": dig.text(address, "postalCode"),
        "latitude": geo.get("latitude"),
        "longitude": geo.get("longitude"),
    }
    place = dig.without_empty(place)
    languages = _names(thing, "knowsLanguage") + _names(thing, "availableLanguage") + _names(channel, "availableLanguage")
    price = _RANGE.match(dig.text(thing, "priceRange"))
    topics = _names(thing, "knowsAbout") + _names(thing, "medicalSpecialty")
    return dig.without_empty(
        {
            "id": _identity(thing, place),
            "name": dig.text(thing, "name") or " ".join((dig.text(thing, "givenName"), dig.text(thing, "familyName"))).strip(),
            "gender": _GENDERS.get(dig.text(thing, "gender").rsplit("/", 1)[-1].lower(), ""),
            "credentials": dig.texts(thing, "honorificSuffix"),
            "about": dig.text(thing, "description"),
            "approaches": [code for topic in topics if (code := known_code(topic, "approaches"))],
            "concerns": [code for topic in topics if (code := known_code(topic, "concerns"))],
            "languages": languages,
            "places": [place] if place else [],
            "fee_from": price[1] if price else "",
            "fee_to": price[2] if price else "",
            "accepting": _ACCEPTING.get(str(thing.get("isAcceptingNewPatients", "")).lower(), ""),
            "profile_url": dig.text(thing, "url"),
            "photo_url": dig.text(thing, "image") or dig.text(dig.child(thing, "image"), "url"),
        }
    )


def _identity(thing: Mapping[str, Any], place: Mapping[str, Any]) -> str:
    """Return the thing's own identifier, or one made of its name and place, so that the next import finds it again."""
    for name in ("@id", "identifier", "usNPI", "url"):
        if (own := dig.text(thing, name)) and len(own) <= 100:
            return own
    made = hashlib.blake2b(f"{dig.text(thing, 'name')}\n{sorted(place.items())}".encode(), digest_size=8)
    return f"schema-{made.hexdigest()}"


def _names(thing: Mapping[str, Any], name: str) -> list[str]:
    """Return texts under `name`, of plain texts and of things with a name alike."""
    objects_ = [dig.text(item, "alternateName") or dig.text(item, "name") for item in dig.items(thing, name)]
    return [text for text in (*dig.texts(thing, name), *objects_) if text]
