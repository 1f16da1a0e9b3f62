"""One therapist of the directory, as the visitor needs to know them.

Every field may be unknown: None, an empty tuple or an empty text mean "not known" and are shown so, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any


class Accepting(StrEnum):
    """Whether a therapist takes new clients."""

    YES = "yes"
    WAITLIST = "waitlist"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Licence:
    """A right to practise in `province`, given by `college`; `checked_on` is the day somebody looked it up."""

    province: str
    college: str = ""
    number: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """A place where the therapist sees people. Coordinates in degrees (WGS 84), both or none."""

    city: str = ""
    province: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of the directory. Codes are those of data/vocabulary; money is in `currency` a session.

    Attributes:
        id: Stable id within the whole directory.
        approaches: Codes of the crosswalk; `other_approaches` are names outside it.
        online_provinces: Where they may serve online; empty means the provinces of their licences.
        fee_from: The usual fee, or the lowest usual one; `fee_to` the highest.
        sliding_from: The lowest fee of the sliding scale, where it is said.
        free_consultation_minutes: 0 says that there is none.
        source: The name of the import that the listing belongs to.
        updated_on: When the therapist or the source last changed it.
        assured_on: When somebody checked it, and `assured_fields` what was checked.
        sample: True for a fictional listing.
    """

    id: str
    name: str
    pronouns: str = ""
    gender: str = ""
    credentials: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    photo_url: str = ""
    about: str = ""
    approaches: tuple[str, ...] = ()
    other_approaches: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    other_concerns: tuple[str, ...] = ()
    client_types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[Practice, ...] = ()
    in_person: bool | None = None
    online: bool | None = None
    online_provinces: tuple[str, ...] = ()
    fee_from: float | None = None
    fee_to: float | None = None
    currency: str = ""
    sliding_scale: bool | None = None
    sliding_from: float | None = None
    direct_billing: bool | None = None
    free_consultation_minutes: int | None = None
    accepting: Accepting = Accepting.UNKNOWN
    profile_url: str = ""
    video_url: str = ""
    booking_url: str = ""
    source: str = ""
    updated_on: date | None = None
    assured_on: date | None = None
    assured_fields: tuple[str, ...] = ()
    sample: bool = field(default=False)

    @property
    def lowest_fee(self) -> float | None:
        """Return the lowest fee that a person could pay; a sliding scale counts when it says how low it reaches."""
        known = [fee for fee in (self.fee_from, self.fee_to) if fee is not None]
        if self.sliding_scale is not False and self.sliding_from is not None:
            known.append(self.sliding_from)
        return min(known, default=None)

    @property
    def licensed_in(self) -> tuple[str, ...]:
        """Return the provinces that the therapist may serve online, as far as known."""
        return self.online_provinces or tuple(dict.fromkeys(licence.province for licence in self.licences))

    def to_dict(self) -> dict[str, Any]:
        """Return what is known, JSON-ready, in the order of the fields; the published JSON form of a listing."""
        data: dict[str, Any] = {}
        for name, value in zip(_NAMES, _VALUES(self), strict=True):
            if value or value is False or value == 0:  # an empty text or tuple says nothing, as None does
                data[name] = value if type(value) in _PLAIN else _plain(value)
        if self.accepting is Accepting.UNKNOWN:
            del data["accepting"]
        if not self.sample:
            del data["sample"]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Listing:
        """Return the listing that `to_dict` wrote. For data of our own; `checks.read_listing` takes others'."""
        values = dict(data)
        for name in _TUPLES & values.keys():
            values[name] = tuple(values[name])
        for name in _DATES & values.keys():
            values[name] = date.fromisoformat(values[name])
        if "licences" in values:
            values["licences"] = tuple(_licence(item) for item in values["licences"])
        if "places" in values:
            values["places"] = tuple(Practice(**item) for item in values["places"])
        if "accepting" in values:
            values["accepting"] = Accepting(values["accepting"])
        return cls(**values)


_NAMES = tuple(item.name for item in fields(Listing))
_VALUES = attrgetter(*_NAMES)
_TUPLES = frozenset(item.name for item in fields(Listing) if str(item.type) == "tuple[str, ...]")
_PLAIN = frozenset({str, float, int, bool})
_DATES = frozenset({"updated_on", "assured_on"})


def _plain(value: Any) -> Any:
    if type(value) is tuple:
        return list(value) if type(value[0]) is str else [_known(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value.value


def _known(item: Licence | Practice) -> dict[str, Any]:
    data = {}
    for name in item.__slots__:
        value = getattr(item, name)
        if value is not None and value != "":
            data[name] = value.isoformat() if type(value) is date else value
    return data


def _licence(data: Mapping[str, Any]) -> Licence:
    checked = data.get("checked_on")
    return Licence(**{**data, "checked_on": date.fromisoformat(checked) if checked else None})
