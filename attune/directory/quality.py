"""What an operator should look at: stale, contradictory, incomplete or unreachable-looking listings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from attune.directory.index import completeness, coordinates
from attune.directory.listing import Accepting, Listing
from attune.directory.rules import Rules
from attune.model.places import Place, distance_km, find_place

STALE_DAYS = 365
_THIN = 50  # percent of the fields of ranking.yml
_ASTRAY_KM = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: `kind` is stale, contradictory, incomplete or unreachable."""

    id: str
    name: str
    kind: str
    detail: str


def findings(listings: Iterable[Listing], rules: Rules, today: date) -> Iterator[Finding]:
    """Yield what is worth a look, listing by listing."""
    for listing in listings:
        for kind, detail in (*_stale(listing, today), *_contradictions(listing), *_gaps(listing, rules), *_unreachable(listing)):
            yield Finding(listing.id, listing.name, kind, detail)


def _stale(listing: Listing, today: date) -> Iterator[tuple[str, str]]:
    days = [day for day in (listing.updated_on, listing.assured_on) if day]
    if not days:
        yield "stale", "nobody knows when it was last changed or checked"
    elif (age := (today - max(days)).days) > STALE_DAYS:
        yield "stale", f"last changed or checked {age} days ago"


def _contradictions(listing: Listing) -> Iterator[tuple[str, str]]:
    if listing.in_person is False and listing.online is False:
        yield "contradictory", "neither online nor in person"
    if listing.in_person and not listing.places:
        yield "contradictory", "in person, but nowhere"
    if listing.sliding_scale is False and listing.sliding_from is not None:
        yield "contradictory", "no sliding scale, but a lowest sliding fee"
    if listing.online and not listing.licensed_in:
        yield "incomplete", "online, but no province of licence: a search for a place finds it only in person"
    homes = {place.province for place in listing.places if place.province}
    if listing.licences and homes and not homes & {licence.province for licence in listing.licences}:
        yield "contradictory", f"practises in {', '.join(sorted(homes))} without a licence there"
    for place in listing.places:
        known, spot = find_place(place.city, place.province), coordinates(place)
        if known and spot and (km := distance_km(known, Place("", "", *spot, 0))) > _ASTRAY_KM:
            yield "contradictory", f"the coordinates lie {km:,.0f} km from {place.city}"


def _gaps(listing: Listing, rules: Rules) -> Iterator[tuple[str, str]]:
    share = completeness(listing, rules)
    if share < _THIN:
        missing = [name for name in rules.completeness if getattr(listing, name) in (None, "", (), Accepting.UNKNOWN)]
        yield "incomplete", f"{share} % known; missing: {', '.join(missing)}"
    for place in listing.places:
        if place.city and coordinates(place) is None:
            yield "incomplete", f"{place.city}, {place.province or 'no province'}: not a place we know; give its coordinates"


def _unreachable(listing: Listing) -> Iterator[tuple[str, str]]:
    if not (listing.profile_url or listing.booking_url):
        yield "unreachable", "no profile and no booking link"
    for url in (listing.profile_url, listing.booking_url, listing.video_url):
        host = url.split("/")[2] if url else ""
        if host.endswith((".example", ".invalid", ".test", ".localhost")) or host.startswith(("10.", "192.168.", "127.")):
            yield "unreachable", f"{url} cannot be reached from outside"


def statistics(listings: Iterable[Listing]) -> dict[str, Counter[str]]:
    """Return counts of open listings by province, approach, language, format, acceptance and source."""
    names = ("province", "approach", "language", "format", "accepting", "source", "fee")
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for listing in listings:
        counts["province"].update({place.province or "not known" for place in listing.places} or {"not known"})
        counts["approach"].update(listing.approaches or ("not known",))
        counts["language"].update(listing.languages or ("not known",))
        formats = [name for name in ("online", "in_person") if getattr(listing, name)]
        counts["format"].update(formats or ["not known"])
        counts["accepting"][listing.accepting.value] += 1
        counts["source"][listing.source or "not known"] += 1
        counts["fee"][_band(listing.lowest_fee)] += 1
    return counts


def _band(fee: float | None) -> str:
    if fee is None:
        return "not known"
    low = int(fee // 40 * 40)
    return f"{low:>3} to {low + 39}"
