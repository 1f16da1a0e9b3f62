"""Why a listing is shown: each wish with what the listing says about it. Kinds and figures only; content/ has the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attune.directory.index import city_key, coordinates
from attune.directory.listing import Accepting, Listing
from attune.directory.wanted import Wanted
from attune.model.places import Place, distance_km
from attune.model.wishes import Field, Value, Wish


class Kind(StrEnum):
    """What a listing says about a wish; content/ has a phrase for each."""

    MET = "met"
    NEARBY = "nearby"  # practises within reach; `km`
    LICENSED_ONLINE = "licensed_online"  # works online and may serve the province
    WITHIN_BUDGET = "within_budget"  # the usual fee fits; `fee`
    SLIDING_FEE = "sliding_fee"  # the sliding scale reaches that low; `fee`
    WAITLIST = "waitlist"
    UNKNOWN = "unknown"
    UNMET = "unmet"


MEETS = frozenset({Kind.MET, Kind.NEARBY, Kind.LICENSED_ONLINE, Kind.WITHIN_BUDGET, Kind.SLIDING_FEE})


@dataclass(frozen=True, slots=True)
class Reason:
    """One wish and the answer to it.

    Attributes:
        field: What the wish is about.
        value: What was wished: a code, a place, dollars a session, or True.
        kind: What the listing says about it.
        km: Kilometres to the nearest place of practice, for `nearby`.
        fee: Dollars a session, for the kinds about money.
        negated: The wish was "anything but".
    """

    field: Field
    value: Value
    kind: Kind
    km: float | None = None
    fee: float | None = None
    negated: bool = False

    @property
    def met(self) -> bool:
        """Return whether the listing meets the wish."""
        return self.kind in MEETS


def explain(listing: Listing, wanted: Wanted) -> tuple[Reason, ...]:
    """Return a reason for each wish of the query, in the order of the echo."""
    return tuple(_reason(wish, listing, wanted) for wish in wanted.query)


def nearest_km(listing: Listing, place: Place | None) -> float | None:
    """Return the km from `place` to the nearest place of practice, to a tenth; None when either is not known."""
    found = [coordinates(practice) for practice in listing.places]
    here = [Place("", "", *pair, 0) for pair in found if pair]
    return round(min(distance_km(place, spot) for spot in here), 1) if place and here else None


def _reason(wish: Wish, listing: Listing, wanted: Wanted) -> Reason:
    km = fee = None
    if wish.field is Field.MAX_FEE:
        kind, fee = _money(wish, listing)
    elif wish.field in (Field.CITY, Field.PROVINCE):
        kind, km = _place(wish, listing, wanted)
    else:
        kind = _plain(wish, listing)
    if wish.negated and kind is not Kind.UNKNOWN:
        kind = Kind.UNMET if kind in MEETS else Kind.MET
    return Reason(wish.field, wish.value, kind, km, fee, wish.negated)


def _money(wish: Wish, listing: Listing) -> tuple[Kind, float | None]:
    lowest, limit = listing.lowest_fee, round(float(wish.value) * 100)
    if lowest is None:
        return Kind.UNKNOWN, None
    if round(lowest * 100) > limit:
        return Kind.UNMET, lowest
    usual = [fee for fee in (listing.fee_from, listing.fee_to) if fee is not None]
    fits = usual and round(min(usual) * 100) <= limit
    return (Kind.WITHIN_BUDGET, min(usual)) if fits else (Kind.SLIDING_FEE, lowest)


def _place(wish: Wish, listing: Listing, wanted: Wanted) -> tuple[Kind, float | None]:
    km = nearest_km(listing, wanted.place) if wish.field is Field.CITY else None
    if wish.field is Field.PROVINCE:
        province, there = str(wish.value), any(place.province == wish.value for place in listing.places)
    else:
        province, there = wanted.province, _within(km, listing, wanted, str(wish.value))
    if wanted.format != "online" and there and listing.in_person is not False:
        return Kind.NEARBY, km
    if wanted.format != "in_person" and listing.online and province in listing.licensed_in:
        return Kind.LICENSED_ONLINE, None
    return Kind.UNMET, km


def _within(km: float | None, listing: Listing, wanted: Wanted, city: str) -> bool:
    if wanted.place is None:
        return any(place.city and city_key(place.city) == city_key(city) for place in listing.places)
    return km is not None and km <= wanted.radius_km


def _plain(wish: Wish, listing: Listing) -> Kind:
    says = _says(wish, listing)
    if wish.field is Field.ACCEPTING and listing.accepting is Accepting.WAITLIST:
        return Kind.WAITLIST
    return Kind.UNKNOWN if says is None else Kind.MET if says else Kind.UNMET


def _says(wish: Wish, listing: Listing) -> bool | None:
    """Return whether the listing has what is wished, None when it does not say."""
    sets = {
        Field.APPROACH: listing.approaches,
        Field.CONCERN: listing.concerns,
        Field.LANGUAGE: listing.languages,
        Field.CLIENT_TYPE: listing.client_types,
        Field.GENDER: (listing.gender,) if listing.gender else (),
    }
    if wish.field in sets:
        return wish.value in sets[wish.field] if sets[wish.field] else None
    if wish.field is Field.FORMAT:
        return listing.online if wish.value == "online" else listing.in_person
    minutes = listing.free_consultation_minutes
    answers = {
        Field.SLIDING_SCALE: listing.sliding_scale,
        Field.INSURANCE: listing.direct_billing,
        Field.FREE_CONSULTATION: None if minutes is None else minutes > 0,
        Field.ACCEPTING: None if listing.accepting is Accepting.UNKNOWN else listing.accepting is Accepting.YES,
    }
    return answers[wish.field]
