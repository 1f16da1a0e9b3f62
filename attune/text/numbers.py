"""Numbers in figures and words: "120", "1xx", "150ish", "a hundred and twenty", "one fifty"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attune.text.listed import listed

UNITS = {word: n for n, word in enumerate(
    listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""))}  # fmt: skip
TENS = {word: 10 * n for n, word in enumerate(
    listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}  # fmt: skip
TENS |= {"fourty": 40, "ninty": 90, "fivty": 50}
HUNDRED = ("hundred", "hundo", "hundy", "hunnid", "hundreds")
FIGURES = re.compile(r"^\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(ish|s|k|bucks|dollars|cad|ph|hr|h|max|usd)?$")
ROUND = re.compile(r"^\$?([1-9])xx$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands, in words. `unit` is what is glued to it ("ish"); `digits` tells figures from words."""

    value: float
    start: int
    end: int
    unit: str = ""
    digits: bool = True


def numbers(norms: Sequence[str]) -> list[Number]:
    """Return every number in the words."""
    found: list[Number] = []
    at = 0
    while at < len(norms):
        number = _figures(norms, at) or _spoken(norms, at)
        if number:
            found.append(number)
        at = number.end if number else at + 1
    return found


def _figures(norms: Sequence[str], at: int) -> Number | None:
    word = norms[at]
    if match := ROUND.match(word):
        # "1xx" is the hundreds: all of them, so up to 199.
        return Number(int(match[1]) * 100 + 99, at, at + 1, "xx")
    match = FIGURES.match(word)
    if not match or len(match[1]) > 7:
        return None
    value = float(match[1].replace(",", "")) * (1000 if match[2] == "k" else 1)
    if value < 10 and _is(norms, at + 1, HUNDRED):
        return Number(value * 100, at, at + 2)
    return Number(value, at, at + 1, match[2] or "")


def _spoken(norms: Sequence[str], at: int) -> Number | None:
    """Read the longest number in words that begins here."""
    total, end = _below_hundred(norms, at)
    if end == at and norms[at] in ("a", "an", *HUNDRED) and (norms[at] in HUNDRED or _is(norms, at + 1, HUNDRED)):
        total, end = 1, at + (norms[at] not in HUNDRED)
    if end == at and not _is(norms, end, HUNDRED):
        return None
    if _is(norms, end, HUNDRED):
        end += 1
        skip = 1 if _is(norms, end, ("and",)) else 0
        rest, after = _below_hundred(norms, end + skip)
        if rest < 10 and after < len(norms) and norms[after] in TENS:
            # "one hundred and one thirty" are two numbers.
            rest, after = 0, end
        total, end = total * 100 + rest, after if after > end + skip else end
    elif end - at == 1 and 1 <= total <= 9:
        # "one fifty", "one twenty five", "one ten"
        rest, after = _below_hundred(norms, end)
        if rest >= 10:
            total, end = total * 100 + rest, after
    return Number(float(total), at, end, "", digits=False)


def _below_hundred(norms: Sequence[str], at: int) -> tuple[int, int]:
    if at < len(norms) and norms[at] in TENS:
        more = norms[at + 1] if at + 1 < len(norms) else ""
        if 1 <= UNITS.get(more, 0) <= 9:
            return TENS[norms[at]] + UNITS[more], at + 2
        return TENS[norms[at]], at + 1
    if at < len(norms) and norms[at] in UNITS:
        return UNITS[norms[at]], at + 1
    return 0, at


def _is(norms: Sequence[str], at: int, options: Sequence[str]) -> bool:
    return at < len(norms) and norms[at] in options
