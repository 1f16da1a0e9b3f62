"""Turns one record of others' data into a listing. Nothing in it is trusted; what cannot be right is left out and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from attune.directory import values as v
from attune.directory.listing import Accepting, Licence, Listing, Practice
from attune.model.vocabulary import terms

Report = Callable[[str, Any, str], None]  # field, value, reason
Complain = Callable[[Any, str], None]  # value, reason
MOST = 40  # values in one list
_REMEMBERED = 50_000
_TAKEN = frozenset({"id", "name", "source"})

_LENGTHS = {"pronouns": 40, "currency": 3}
_URLS = ("photo_url", "profile_url", "video_url", "booking_url")
_UNIQUE = frozenset({"about", *_URLS})
_REPEATING = frozenset({str, tuple})  # as CSV gives them; 1 and True are equal keys, "1" and "true" are not
_BOOLEANS = ("in_person", "online", "sliding_scale", "direct_billing")
_LABELS = ("approaches", "concerns", "other_approaches", "other_concerns", "credentials", "assured_fields")
_MONEY = ("fee_from", "fee_to", "sliding_from")
_ACCEPTING = {"true": "yes", "false": "no", "waiting list": "waitlist", "wait list": "waitlist", "y": "yes", "n": "no"}


class UnusableError(ValueError):
    """A record without a usable id or name; `field` and `value` say which."""

    def __init__(self, field: str, value: Any, reason: str) -> None:
        """Take what is wrong."""
        super().__init__(reason)
        self.field, self.value = field, value


class Reader:
    """Reads records one by one, and each value that comes again and again ("yes", "English; fr", "2026-05-31") once."""

    def __init__(self, today: date, source: str) -> None:
        """Take the day of the import, after which no date can lie, and the name of its source."""
        self._values, self._lists = _values(today), _lists(today)
        self._source = source
        self._remembered: dict[tuple[str, Any], Any] = {}

    def read(self, data: Mapping[str, Any], report: Report) -> Listing:
        """Return the listing of `data`, in the shape of `Listing.to_dict` (numbers and truth values may be texts).

        Raises:
            UnusableError: When there is no usable id or name.
        """
        known: dict[str, Any] = {"id": _identity(data, "id", 100), "name": _identity(data, "name", 120)}
        known["source"] = self._source  # what the file itself says about its source does not count
        remembered = self._remembered
        for name, value in data.items():
            if name in _TAKEN or not (value or value is False or value == 0):
                continue  # an empty text or list says nothing, as null does
            key = (name, value) if type(value) in _REPEATING else None
            found = remembered.get(key) if key else None
            if found is None:
                found = self._value(name, value, key, report)
            if found is not None:
                known[name] = found
        _sort_out(known, report)
        return Listing(**known)

    def _value(self, name: str, value: Any, key: tuple[str, Any] | None, report: Report) -> Any:
        """Return what `value` says, None when it cannot be taken; under `key` it is remembered if all of it is good."""
        complaints: list[tuple[Any, str]] = []
        found: Any = None
        try:
            if name in self._values:
                found = self._values[name](value)
            elif name in self._lists:
                found = _each(value, self._lists[name], lambda item, reason: complaints.append((item, reason)))
            else:
                complaints.append((value, "is in a field that listings do not have"))
        except v.BadValueError as error:
            complaints.append((value, str(error)))
        for complaint in complaints:
            report(name, *complaint)
        if key and not complaints and name not in _UNIQUE and len(self._remembered) < _REMEMBERED:
            self._remembered[key] = found
        return found


def _identity(data: Mapping[str, Any], name: str, longest: int) -> str:
    value = data.get(name)
    if value is None or value == "":
        raise UnusableError(name, "", "is missing")
    try:
        text = v.plain_text(value, longest)
    except v.BadValueError as error:
        raise UnusableError(name, value, str(error)) from None
    if not text or "<" in text or ">" in text:
        raise UnusableError(name, value, "is empty" if not text else "holds < or >")
    return text


def _values(today: date) -> dict[str, Callable[[Any], Any]]:
    """Return the reader of each field that holds one value."""
    readers: dict[str, Callable[[Any], Any]] = {name: partial(v.plain_text, longest=n) for name, n in _LENGTHS.items()}
    readers |= dict.fromkeys(_URLS, v.https_url)
    readers |= dict.fromkeys((*_BOOLEANS, "sample"), v.yes_no)
    readers |= dict.fromkeys(_MONEY, v.money)
    readers |= dict.fromkeys(("updated_on", "assured_on"), partial(v.day, today=today))
    readers["about"] = partial(v.plain_text, longest=2000, lines=True)
    readers["free_consultation_minutes"] = v.minutes
    readers["accepting"] = _accepting
    readers["gender"] = partial(_code, topic="genders")
    return readers


def _lists(today: date) -> dict[str, Callable[[Any, Complain], Any]]:
    """Return the reader of one item of each field that holds several; what it cannot take is left out by itself."""
    readers: dict[str, Callable[[Any, Complain], Any]] = {name: lambda item, _: _label(item) for name in _LABELS}
    readers["credentials"] = lambda item, _: v.known_code(label := _label(item), "credentials") or label
    readers["client_types"] = lambda item, _: _code(item, "client_types")
    readers["languages"] = lambda item, _: v.language(item)
    readers["online_provinces"] = lambda item, _: v.province(item)
    readers["licences"] = lambda item, _: _licence(item, today)
    readers["places"] = _practice
    return readers


def _label(item: Any) -> str:
    return _known_label(item) if isinstance(item, str) else v.plain_text(item, 80)


@lru_cache(maxsize=20_000)
def _known_label(item: str) -> str:
    return v.plain_text(item, 80)


def _each(value: Any, read: Callable[[Any, Complain], Any], bad: Complain) -> tuple[Any, ...]:
    items = value if isinstance(value, list | tuple) else [value]
    if len(items) > MOST:
        bad(f"{len(items)} values", f"are more than {MOST}")
    found: dict[Any, None] = {}
    for item in items[:MOST]:
        try:
            if result := read(item, bad):
                found[result] = None
        except v.BadValueError as error:
            bad(item, str(error))
    return tuple(found)


def _code(value: Any, topic: str) -> str:
    code = v.known_code(v.plain_text(value, 80), topic)
    if code is None:
        raise v.BadValueError(f"is none of {', '.join(terms(topic))}")
    return code


def _accepting(value: Any) -> Accepting:
    word = str(value).strip().lower()
    try:
        return Accepting(_ACCEPTING.get(word, word))
    except ValueError:
        raise v.BadValueError("is none of yes, waitlist, no, unknown") from None


def _licence(item: Any, today: date) -> Licence:
    if not isinstance(item, Mapping):
        raise v.BadValueError("is not a licence with a province")
    province, checked = v.province(item.get("province") or ""), item.get("checked_on")
    college, number = v.plain_text(item.get("college") or "", 100), v.plain_text(item.get("number") or "", 100)
    return Licence(province, college, number, v.day(checked, today) if checked else None)


def _practice(item: Any, bad: Complain) -> Practice | None:
    if not isinstance(item, Mapping):
        raise v.BadValueError("is not a place with a city")
    city, province = v.plain_text(item.get("city") or "", 80), v.province(item.get("province") or "")
    postal = v.plain_text(item.get("postal_code") or "", 12)
    latitude = longitude = None
    raw = item.get("latitude"), item.get("longitude")
    if raw != (None, None) and raw != ("", ""):
        try:
            latitude, longitude = v.degrees(raw[0], 90), v.degrees(raw[1], 180)
            if latitude == longitude == 0:
                raise v.BadValueError("lies in the Gulf of Guinea")
        except v.BadValueError as error:
            latitude = longitude = None
            bad(f"{raw[0]}, {raw[1]}", str(error))
    if not (city or province or postal or latitude is not None):
        return None
    return Practice(city, province, postal, latitude, longitude)


def _sort_out(known: dict[str, Any], report: Report) -> None:
    """Move names outside the vocabulary to `other_...`, and leave out what contradicts itself."""
    for name, topic in (("approaches", "approaches"), ("concerns", "concerns")):
        if name in known:
            known[name], others = _split(known[name], topic)
            if others:
                known[f"other_{name}"] = tuple(dict.fromkeys((*known.get(f"other_{name}", ()), *others)))
    low, high, slide = known.get("fee_from"), known.get("fee_to"), known.get("sliding_from")
    if low is not None and high is not None and high < low:
        report("fee_to", known.pop("fee_to"), f"is below fee_from ({low:g})")
    if slide is not None:
        known.setdefault("sliding_scale", True)
    if slide is not None and low is not None and slide > low:
        report("sliding_from", known.pop("sliding_from"), f"is above fee_from ({low:g})")


def _split(items: Iterable[str], topic: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    codes: dict[str, None] = {}
    others: dict[str, None] = {}
    for item in items:
        code = v.known_code(item, topic)
        (codes if code else others)[code or item] = None
    return tuple(codes), tuple(others)
