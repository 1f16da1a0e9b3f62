"""Open Referral HSDS 3 as the JSON of a service list: one service, with its organization and locations, for each listing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attune.directory.importers.hsds_service import HIGHEST, OWN
from attune.directory.listing import Listing

#: Fields that HSDS holds itself; all others become attributes of our own taxonomy.
HELD = (
    "id",
    "name",
    "about",
    "languages",
    "places",
    "fee_from",
    "fee_to",
    "sliding_from",
    "assured_on",
    "updated_on",
    "profile_url",
)
_NAMESPACE = uuid.UUID("6f1f3c1e-6a5e-4f7e-9d0e-0a77aa0e4c11")


def write(listings: Iterable[Listing], path: Path) -> int:
    """Write one page with all services and return how many there are."""
    services = [service(listing) for listing in listings]
    count = len(services)
    head = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": True, "last_page": True}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump({**head, "empty": not count, "contents": services}, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return count


def own_id(*parts: object) -> str:
    """Return a UUID that is the same for the same parts."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(map(str, parts))))


def service(listing: Listing) -> dict[str, Any]:
    """Return `listing` as an HSDS service with everything nested in it."""
    organization = {"id": own_id("organization", listing.id), "name": listing.name, "description": "Private practice"}
    data: dict[str, Any] = {"id": listing.id, "name": listing.name, "status": "active", "organization": organization}
    texts = {"description": listing.about, "url": listing.profile_url}
    dates = {"assured_date": listing.assured_on, "last_modified": listing.updated_on}
    data |= {name: value for name, value in texts.items() if value}
    data |= {name: value.isoformat() for name, value in dates.items() if value}
    data["languages"] = [{"id": own_id("language", listing.id, code), "code": code} for code in listing.languages]
    data["service_at_locations"] = list(_locations(listing))
    data["cost_options"] = list(_costs(listing))
    data["attributes"] = list(_attributes(listing))
    return {name: value for name, value in data.items() if value}


def _locations(listing: Listing) -> Iterator[dict[str, Any]]:
    for number, place in enumerate(listing.places, 1):
        key = own_id("location", listing.id, number)
        address = {"id": own_id("address", listing.id, number), "city": place.city, "state_province": place.province}
        address |= {"postal_code": place.postal_code, "country": "CA", "address_type": "physical"}
        location: dict[str, Any] = {"id": key, "location_type": "postal", "addresses": [{k: v for k, v in address.items() if v}]}
        if place.latitude is not None:
            location |= {"latitude": place.latitude, "longitude": place.longitude}
        yield {"id": own_id("service_at_location", listing.id, number), "location": location}


def _costs(listing: Listing) -> Iterator[dict[str, Any]]:
    named = (("Session", listing.fee_from), (HIGHEST, listing.fee_to), ("Sliding scale from", listing.sliding_from))
    for option, amount in named:
        if amount is not None:
            cost = {
                "id": own_id("cost", listing.id, option),
                "option": option,
                "amount": amount,
                "amount_description": "per session",
            }
            yield cost | ({"currency": listing.currency} if listing.currency else {})


def _attributes(listing: Listing) -> Iterator[dict[str, Any]]:
    for name, value in listing.to_dict().items():
        if name in HELD or name == "source":
            continue
        for item in value if isinstance(value, list) else [value]:
            term = {"id": own_id("term", name), "code": name, "name": name.replace("_", " "), "taxonomy": OWN}
            yield {
                "id": own_id("attribute", listing.id, name, item),
                "link_entity": "service",
                "value": _text(item),
                "taxonomy_term": term,
            }


def _text(item: Any) -> str:
    if isinstance(item, dict):  # a licence
        return json.dumps(item, ensure_ascii=False)
    return str(item).lower() if isinstance(item, bool) else str(item)
