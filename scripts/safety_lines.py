"""The lines that the two learned parts of crisis detection learn from, and how a line is varied."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from attune.safety.devset import Example, dev_lines, nlu_lines, written_lines

FOLDS = 5


def written() -> list[Example]:
    """Return the lines that were written for safety, each text once; tier 4 means nothing alone and is left out."""
    return _once((*written_lines(), *dev_lines()))


def lines() -> list[Example]:
    """Return `written` and the lines of data/nlu, which are ordinary talk but for the crisis intents."""
    return _once((*written_lines(), *dev_lines(), *nlu_lines()))


def _once(every: Iterable[Example]) -> list[Example]:
    seen: dict[str, Example] = {}
    for line in every:
        if line.tier != 4:
            seen.setdefault(line.text.strip().lower(), line)
    return list(seen.values())


def fold(line: Example) -> int:
    """Return the fold of a line; lines that begin alike, minimal pairs above all, share one."""
    return zlib.crc32(line.text[:12].lower().encode()) % FOLDS


def varied(line: Example, around: Sequence[str], rng: random.Random) -> Example:
    """Return `line` as it stands, with a slip of the finger, or (a crisis) with a search before or after it."""
    chance = rng.random()
    if chance < 0.2:
        return replace(line, text=slip(line.text, rng))
    if chance < 0.4 and line.kind != "none":
        return replace(line, text=surrounded(line.text, around, rng))
    return line


def surrounded(text: str, around: Sequence[str], rng: random.Random) -> str:
    """Return `text` with a search before or after it."""
    request = rng.choice(around)
    return f"{request}. {text}" if rng.random() < 0.5 else f"{text}. {request}"


def slip(text: str, rng: random.Random) -> str:
    """Return `text` with one slip of the finger: a letter lost or two changed round."""
    at = rng.randrange(max(1, len(text) - 1))
    return rng.choice((text[:at] + text[at + 1 :], text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]))


def with_copies(examples: Iterable[Example], around: Sequence[str], rng: random.Random) -> list[Example]:
    """Return the lines and, of some, a copy in a search or with a slip: for a learner that sees each line once."""
    every = list(examples)
    copies = []
    for line in every:
        if line.kind != "none" and rng.random() < 0.35:
            copies.append(replace(line, text=surrounded(line.text, around, rng)))
        if rng.random() < 0.3:
            copies.append(replace(line, text=slip(line.text, rng)))
    return every + copies
