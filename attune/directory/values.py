"""Reads single values of others' data. Each function returns the value or raises `BadValueError` with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from attune.model.places import fold
from attune.model.vocabulary import terms

_TAG = re.compile(r"<\s*[a-zA-Z!/?]")
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\xa0]+")
_MONEY = re.compile(r"^(?:CA|US|C)?\$?\s*(\d{1,6}(?:[.,]\d{1,2})?)\s*(?:\$|CAD|dollars?)?$", re.IGNORECASE)
_YES = frozenset({"true", "yes", "y", "1", "x", "oui"})
_NO = frozenset({"false", "no", "n", "0", "non"})
_USUAL_URL = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?:/[A-Za-z0-9._~/?&=%+-]*)?")
_HOST = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")


class BadValueError(ValueError):
    """A value cannot be taken; the message is the reason, to follow the value in a sentence."""


def plain_text(value: Any, longest: int, *, lines: bool = False) -> str:
    """Return `value` as text in NFC with single spaces; `lines` keeps line breaks. It is data, never markup."""
    if type(value) is str and len(value) <= longest and value.isprintable() and value.isascii() and _is_tidy(value):
        return value  # nine values in ten
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise BadValueError("is not a text")
    text = str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if _HIDDEN.search(text):
        raise BadValueError("holds control or invisible characters")
    if "<" in text and _TAG.search(text):
        raise BadValueError("holds markup; give plain text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()
    if not lines and "\n" in text:
        raise BadValueError("has more than one line")
    if len(text) > longest:
        raise BadValueError(f"has {len(text):,} characters; at most {longest:,} fit")
    return text


def _is_tidy(text: str) -> bool:
    return "<" not in text and "  " not in text and text[:1] != " " and text[-1:] != " "


def https_url(value: Any) -> str:
    """Return `value` when it is an https address without a user name in it."""
    if type(value) is str and len(value) <= 500 and _USUAL_URL.fullmatch(value):
        return value
    text = plain_text(value, 500)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018  # raises on a port that is none
    except ValueError:
        raise BadValueError("is not an address") from None
    if parts.scheme != "https":
        raise BadValueError("does not start with https://; other links are not shown")
    if not _HOST.match(host) or "." not in host or "@" in parts.netloc or re.search(r"[\s\"'<>\\`{}|^]", text):
        raise BadValueError("is not an address that could be shown")
    return text


def money(value: Any) -> float:
    """Return an amount between 0 and 10,000."""
    if isinstance(value, bool):
        raise BadValueError("is not an amount")
    if isinstance(value, str) and not (value.isdigit() and value.isascii()):
        found = _MONEY.match(value.strip())
        if found is None:
            raise BadValueError("is negative" if value.strip().startswith(("-", "−")) else "is not an amount such as 120 or 95.50")
        value = found[1].replace(",", ".")
    return _between(value, 0, 10_000, "an amount")


def _between(value: Any, low: float, high: float, what: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise BadValueError(f"is not {what}") from None
    if not low <= number <= high:  # false for NaN too
        raise BadValueError(f"is not between {low:,g} and {high:,g}")
    return number


def degrees(value: Any, limit: float) -> float:
    """Return a coordinate between -limit and limit."""
    if isinstance(value, bool):
        raise BadValueError("is not a coordinate")
    return _between(value, -limit, limit, "a coordinate in degrees")


def minutes(value: Any) -> int:
    """Return whole minutes between 0 and 240."""
    return int(_between(False if isinstance(value, bool) and value else value, 0, 240, "a number of minutes"))


def yes_no(value: Any) -> bool:
    """Return a truth value of `true`, `yes`, `1`, ..."""
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return bool(value == "yes")
    word = str(value).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadValueError("is neither yes nor no")


@lru_cache(maxsize=20_000)
def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day(value: Any, today: date) -> date:
    """Return a date of the form 2026-05-31 (a time after it is left off), not later than `today`."""
    found = _iso_day(str(value).strip()[:10])
    if found is None:
        raise BadValueError("is not a date of the form 2026-05-31")
    if found > today or found.year < 1990:
        raise BadValueError("lies in the future" if found > today else "is too long ago")
    return found


@cache
def _words(topic: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for code, term in terms(topic).items():
        synonyms = (word for group in term.synonyms.values() for word in group)
        for word in (code, code.replace("_", " "), *term.names.values(), *synonyms):
            words.setdefault(fold(word), code)
    return words


@lru_cache(maxsize=20_000)
def known_code(value: str, topic: str) -> str | None:
    """Return the code that `value` names (code, display name or synonym), None when it is not in the vocabulary."""
    return _words(topic).get(value) or _words(topic).get(fold(value))


def province(value: Any) -> str:
    """Return the two letters of a Canadian province or territory; other regions stay as they are."""
    if isinstance(value, str) and value in terms("provinces"):
        return value
    text = plain_text(value, 40)
    return text if text in terms("provinces") else _words("provinces").get(fold(text), text)


def language(value: Any) -> str:
    """Return the ISO 639 code of a language said by code, BCP 47 tag or English name."""
    if isinstance(value, str) and value in terms("languages"):
        return value
    text = plain_text(value, 60)
    code = known_code(text, "languages") or text.split("-")[0].lower()
    if not re.fullmatch("[a-z]{2,3}", code):
        raise BadValueError("is not a language code such as fr, and no language we know by name")
    return code
