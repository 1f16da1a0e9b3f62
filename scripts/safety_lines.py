"""The lines that the two learned parts of crisis detection learn from, and how a line is varied."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from attune.safety.devset import Example, dev_lines, nlu_lines, written_lines
from attune.safety.generated import searches

TORN = 0.3
SHORT = 12  # words of an ordinary line that may stand around another


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


def surroundings(taught: Iterable[Example], seed: int) -> list[str]:
    """Return what may stand around a line: generated searches, and the short ordinary lines among `taught`."""
    plain = [line.text for line in taught if line.kind == "none" and not line.family.startswith(("hard ", "pair "))]
    return searches(600, seed) + [text for text in plain if len(text.split()) <= SHORT]


def varied(line: Example, around: Sequence[str], rng: random.Random) -> Example:
    """Return `line` as it stands, with a slip of the finger, or among other things that people say.

    Lines of every kind are dressed alike, lest the dress itself look like a crisis.
    """
    chance = rng.random()
    if chance < 0.2:
        return replace(line, text=slip(line.text, rng))
    if chance < 0.42:
        return replace(line, text=surrounded(line.text, around, rng))
    return line


def surrounded(text: str, around: Sequence[str], rng: random.Random) -> str:
    """Return `text` with one or two other sentences before it, after it or on both sides.

    The first or last may be torn, as in a stretch of a long message.
    """
    before, after = rng.choice(((1, 0), (0, 1), (1, 1), (2, 0), (0, 2)))
    parts = [*rng.sample(around, before), text, *rng.sample(around, after)]
    if before and rng.random() < TORN:
        words = parts[0].split()
        parts[0] = " ".join(words[rng.randrange(len(words)) :])
    if after and rng.random() < TORN:
        words = parts[-1].split()
        parts[-1] = " ".join(words[: rng.randint(1, len(words))])
    return " ".join(part if part[-1:] in ".!?" else part + rng.choice((".", ".", ",")) for part in parts[:-1]) + " " + parts[-1]


def slip(text: str, rng: random.Random) -> str:
    """Return `text` with one slip of the finger: a letter lost or two changed round."""
    at = rng.randrange(max(1, len(text) - 1))
    return rng.choice((text[:at] + text[at + 1 :], text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]))


def with_copies(examples: Iterable[Example], around: Sequence[str], rng: random.Random) -> list[Example]:
    """Return the lines and, of some, a copy among other sentences or with a slip: for a learner that sees each line once."""
    every = list(examples)
    copies = []
    for line in every:
        if rng.random() < 0.3:
            copies.append(replace(line, text=surrounded(line.text, around, rng)))
        if rng.random() < 0.3:
            copies.append(replace(line, text=slip(line.text, rng)))
    return every + copies
