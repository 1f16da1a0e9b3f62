"""Which of the shown therapists a visitor means: "the second one", "the last", "her", a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attune.directory import Listing
from attune.model.places import fold

PRONOUNS = {"her": "woman", "she": "woman", "hers": "woman", "him": "man", "he": "man", "his": "man"}
#: Parts of a name that also stand before other names; they identify nobody.
TITLES = frozenset({"dr", "mr", "ms", "mrs"})


def by_position(ordinals: Sequence[int | str], shown: Sequence[str], page: Sequence[str]) -> list[str]:
    """Return the ids at `ordinals`: counted within the last page where they fit, else from the first result on.

    Args:
        ordinals: Integers from 1, or "last".
        shown: Ids of every result shown so far, in order.
        page: Ids of the page shown last.
    """
    found: list[str] = []
    for ordinal in ordinals:
        if ordinal == "last":
            found += page[-1:]
        elif 1 <= int(ordinal) <= len(page):
            found.append(page[int(ordinal) - 1])
        elif 1 <= int(ordinal) <= len(shown):
            found.append(shown[int(ordinal) - 1])
    return list(dict.fromkeys(found))


def by_name(text: str, listings: Sequence[Listing]) -> list[str]:
    """Return the ids of the listings that `text` names, by first or last name."""
    words = set(re.findall(r"[a-z']+", fold(text)))
    return [item.id for item in listings if words & {part for part in fold(item.name).split() if part not in TITLES}]


def by_pronoun(text: str, listings: Sequence[Listing], focus: str) -> list[str]:
    """Return the id that "her" or "him" means: the one talked about, else the only one of that gender."""
    wanted = {PRONOUNS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in PRONOUNS}
    if len(wanted) != 1:
        return []
    gender = wanted.pop()
    same = [item.id for item in listings if item.gender == gender]
    if focus in same:
        return [focus]
    return same if len(same) == 1 else []
