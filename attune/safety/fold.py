"""Characters of a message as plain lower-case letters, each with its place in the raw text.

Full-width letters, accents, look-alikes from other alphabets, zero-width characters and emoji must not
hide a word. Nothing here knows any word: see `tokens` and `repair`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

INVISIBLE = {"Cf", "Mn", "Me", "Cc"}
CYRILLIC = ("абвгеіїкмнорстухцѕјԁһ", "abvgeiikmhopctyxusjdh")
GREEK = ("αβγεικνορτυχω", "abyeikvoptuxw")
LATIN = ("ℓøłđßþæœɡɩ", "loldspaogi")
LOOKALIKES = {ord(a): b for pair in (CYRILLIC, GREEK, LATIN) for a, b in zip(*pair, strict=True)}
QUOTES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"'}
QUOTES |= {"\u00bb": '"', "\u2013": "-", "\u2014": "\n", "\u2026": ".", "\u2212": "-", "\u00a0": " ", "\u3002": "."}


@dataclass(frozen=True, slots=True)
class Char:
    """One folded character and the index of the raw character that it came from."""

    char: str
    at: int


def fold(text: str, emoji: Mapping[str, str]) -> list[Char]:
    """Return the folded characters of `text`; emoji become ` name ` as `emoji` says, unknown symbols a space."""
    folded: list[Char] = []
    for at, raw in enumerate(text):
        if " " <= raw <= "~" or raw in "\n\t\r":
            folded.append(Char("'" if raw == "`" else raw.lower(), at))
        elif raw in emoji:
            folded.extend(Char(char, at) for char in f" {emoji[raw]} ")
        else:
            folded.extend(Char(char, at) for char in _fold_other(raw))
    return folded


def _fold_other(raw: str) -> str:
    """Fold one character outside printable ASCII to none, one or more ASCII characters."""
    if raw in QUOTES:
        return QUOTES[raw]
    if unicodedata.category(raw) in INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKD", raw).casefold().translate(LOOKALIKES)
    kept = "".join(char for char in plain if char.isascii())
    return kept or " "
