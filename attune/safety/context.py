"""What stands around a hit: who it speaks of, negation, past, quotation, policy questions, professions.

Each rule moves a hit by one step or turns its kind; nothing here knows an expression. The table is in
docs/safety.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from attune.safety.patterns import Hit
from attune.safety.tokens import END
from attune.safety.views import View

SELF = frozenset({"i", "me", "my", "myself"})
THIRD = frozenset({"he", "she", "they"})
ONE = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
WINDOW = 40
CLAUSE = 10
TAKES_BACK = 14  # words after a denial in which it is taken back
GOES_ON = "goes on"  # "I have not stopped": the note on what two negations affirm
TAKEN_BACK = "taken back"  # on a denial that the visitor takes back
TOLD = frozenset({"says", "said", "sings", "lyrics", "song", "poem"})
# After these a new "i" goes on with the same clause: "I don't think I ..."
OPINION = frozenset({"think", "believe", "feel", "say", "saying", "mean", "that", "said"})
BREAKS = frozenset({"but", "though", "although", "except", "yet", "until", "however", "and", "or", "after", "when", "while"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A hit as context leaves it.

    Attributes:
        hit: The hit.
        place: Where it begins and ends in the raw text.
        kind: Its kind after context.
        tier: Its tier after context; 0 when nothing of it is left.
        notes: Which rules applied.
    """

    hit: Hit
    place: tuple[int, int]
    kind: str
    tier: int
    notes: tuple[str, ...] = ()


class Context:
    """The context rules of one language, over the word lists of context.yml."""

    def __init__(self, lists: Mapping[str, str], persons: frozenset[str], wish: frozenset[str]) -> None:
        self.phrases = {name: tuple(tuple(item.split()) for item in text.split(", ")) for name, text in lists.items()}
        self.single = {name: frozenset(item[0] for item in items if len(item) == 1) for name, items in self.phrases.items()}
        self.persons = persons
        self.wish = wish

    def read(self, hit: Hit, view: View) -> Reading:
        """Return `hit` as its surroundings leave it."""
        reading = Reading(hit, view.place(hit.start, hit.end), hit.family.kind, hit.family.tier)
        words = view.words
        first, last = sentence(words, hit.start)
        near = words[first:last]
        if not hit.family.own_subject:
            reading = self._subject(reading, words, first)
        if hit.family.negatable:
            reading = self._negated(reading, view, near, first)
        reading = self._past(reading, near, view)
        if not hit.family.frames:
            return reading
        reading = self._quoted(reading, near, view)
        return self._spoken_about(reading, near, view)

    def _subject(self, reading: Reading, words: Sequence[str], first: int) -> Reading:
        who = self.subject(words, reading.hit, first)
        if who == "other":
            return replace(reading, kind="someone_else", tier=_step(reading.tier), notes=(*reading.notes, "third person"))
        if who in ("you", "generic"):
            return replace(reading, tier=4 if reading.tier <= 3 else 0, notes=(*reading.notes, who))
        return reading

    def subject(self, words: Sequence[str], hit: Hit, first: int) -> str:
        """Return who the nearest subject before or in the hit is: self, other, you or generic."""
        inside = words[hit.start : hit.end]
        if any(word in SELF for word in inside):
            return "self"
        for at in range(hit.start - 1, first - 1, -1):
            word = words[at]
            if word in SELF and not (word == "my" and at + 1 < len(words) and words[at + 1] in self.persons):
                return "self"
            if word in THIRD or (word in self.persons and word not in ("family", "people", "everyone")):
                return "other"
            if word == "you":
                return "you" if at >= hit.start - 3 else "self"
            if word in self.single["generic"]:
                return "generic"
        return "self"

    def _negated(self, reading: Reading, view: View, near: Sequence[str], first: int) -> Reading:
        if self.goes_on(view, reading.hit, first) or self._affirmed(view, reading.hit, first):
            return replace(reading, notes=(*reading.notes, GOES_ON))
        if not self.negated(view, reading.hit, first):
            # "has never hit me": no pattern asked for "never", and it may speak of something else in its gap.
            within = reading.hit.family.denied_within and reading.tier <= 3 and reading.hit.loose & self.single["negation"]
            return replace(reading, tier=4, notes=(*reading.notes, "denied within")) if within else reading
        around = view.words[max(0, reading.hit.start - CLAUSE) : reading.hit.end + TAKES_BACK]
        if _any(around, self.phrases["disputed"]):
            return replace(reading, tier=4, notes=(*reading.notes, TAKEN_BACK))
        if _any(around, self.phrases["taken_back"]):
            return replace(reading, notes=(*reading.notes, TAKEN_BACK))
        timed = _any(near, self.phrases["time_now"]) and any(word in self.single["will"] for word in near)
        if timed and reading.hit.family.id != "C003":
            return replace(reading, notes=(*reading.notes, "not yet"))
        return replace(reading, tier=0, notes=(*reading.notes, "negated"))

    def goes_on(self, view: View, hit: Hit, first: int) -> bool:
        """Say whether two negations before or in the hit, in the sentence that begins at word `first`, say that it goes on."""
        return _any(view.words[max(first, hit.start - 6) : hit.end], self.phrases["goes_on"])

    def _affirmed(self, view: View, hit: Hit, first: int) -> bool:
        """Say whether what is negated before the hit affirms it.

        So do two negations ("I never didn't want to") and one that only says how much ("never been more suicidal"). Not so
        "I don't have no plans": "no" after "not" is a denial in the English of many.
        """
        before = [view.words[at] for at in _clause(view, hit.start, first)]
        if not self.single["negation"] & set(before):
            return False
        if _any(view.words[max(first, hit.start - 6) : hit.end + 4], self.phrases["heightened"]):
            return True
        nearer = before.index("not") if "not" in before else len(before)
        return bool({"not", "never"} & set(before[nearer + 1 :])) and not {"no", "nothing", "nobody"} & set(before[:nearer])

    def negated(self, view: View, hit: Hit, first: int) -> bool:
        """Say whether a negation governs the hit: close before it, in its clause, and not a pseudo-negation."""
        words = view.words
        if hit.family.kind == "harm_to_others":
            return self._denies_harm(words, hit)
        for at in _clause(view, hit.start, first)[:6]:
            if words[at] in self.single["negation"]:
                pseudo = _starts(words[at + 1 : at + 5], self.phrases["pseudo"])
                return not (pseudo or _any(words[max(0, at - 8) : at + 4], self.phrases["double"]))
        return False

    def _denies_harm(self, words: Sequence[str], hit: Hit) -> bool:
        """Say whether the visitor says of themselves that they will not: "I don't want to hurt anyone"."""
        for at in range(max(0, hit.start - 3), hit.end):
            said_of_self = words[at] != "never" or words[at - 1] in ("i", "would", "will", "could", "have")
            if words[at] in self.single["negation"] and words[at] not in ("no", "without") and said_of_self:
                return not _starts(words[at + 1 : at + 5], self.phrases["pseudo"]) and words[at - 1] != "can"
        return False

    def _past(self, reading: Reading, near: Sequence[str], view: View) -> Reading:
        told = _without(near, self.phrases["familiar"])
        if not _any(told, self.phrases["past"]) and (self._in_present(reading, view) or not _any(told, self.phrases["once"])):
            return reading
        settled = self._says(view, "settled")
        close = view.words[max(0, reading.hit.start - 5) : reading.hit.start]
        if not settled and (self._says(view, "present") or "now" in close or "still" in close):
            return reading
        own = reading.kind in ("self_harm", "someone_else")
        tier = 4 if own and reading.hit.family.tier <= 2 and not settled else 0
        return replace(reading, tier=min(reading.tier, 1) and tier, notes=(*reading.notes, "past"))

    def _in_present(self, reading: Reading, view: View) -> bool:
        """Say whether a hit, or one of the three words before it, stands in the present tense."""
        return not self.single["in_present"].isdisjoint(view.words[max(0, reading.hit.start - 3) : reading.hit.end])

    def _quoted(self, reading: Reading, near: Sequence[str], view: View) -> Reading:
        quoted = view.core[reading.hit.start].quoted
        asks = near[:1] and near[0] in ("what", "whats", "define", "does", "is") and _any(near, self.phrases["meaning"])
        if not (quoted or asks or _any(near, self.phrases["quote"])):
            return reading
        if self._says(view, "quote_own") or (quoted and _said_by_visitor(near)):
            return reading
        told = any(word in TOLD for word in near)
        if (
            not quoted
            and not asks
            and not told
            and any(word in SELF for word in view.words[reading.hit.start : reading.hit.end])
            and "i" in near
        ):
            return reading
        return replace(reading, tier=4 if reading.tier in (1, 2) else 0, notes=(*reading.notes, "quoted"))

    def _spoken_about(self, reading: Reading, near: Sequence[str], view: View) -> Reading:
        """Lower what is asked in general or told by a professional."""
        if _any(near, self.phrases["policy"]):
            return replace(reading, tier=4 if reading.tier in (1, 2) else 0, notes=(*reading.notes, "policy"))
        following = view.words[reading.hit.end : reading.hit.end + 1]
        of_others = bool(following) and following[0] in self.single["generic"]
        own = (
            not of_others
            and any(word in SELF for word in view.words[max(0, reading.hit.start - 4) : reading.hit.end])
            and reading.kind == "self_harm"
        )
        of_nobody = not own and not _speaks_of_one(reading, view)
        if self._says(view, "profession") and not self._says(view, "professions_now") and of_nobody:
            return replace(reading, tier=0, notes=(*reading.notes, "profession"))
        return reading

    def _says(self, view: View, phrases: str) -> bool:
        """Say whether one of the phrases stands anywhere in the message."""
        if phrases not in view.memo:
            view.memo[phrases] = _any((*view.every, END), self.phrases[phrases])
        return view.memo[phrases]

    def moment(self, view: View, hit: Hit) -> bool:
        """Say whether the sentence of the hit speaks of now."""
        first, last = sentence(view.words, hit.start)
        return _any(view.words[first:last], self.phrases["time_now"])


def _speaks_of_one(reading: Reading, view: View) -> bool:
    """Say whether a hit is about one person, as no teacher speaks of pupils in general: "hits me", "he wants to die"."""
    within = view.words[reading.hit.start : reading.hit.end]
    if reading.hit.family.kind in ("abuse", "harm_to_others", "medical"):
        return not SELF.isdisjoint(within)
    near = view.words[max(0, reading.hit.start - 4) : reading.hit.end]
    return reading.kind == "someone_else" and not ONE.isdisjoint(near)


def sentence(words: Sequence[str], at: int) -> tuple[int, int]:
    """Return where the sentence around word `at` begins and ends; at most `WINDOW` words to each side."""
    first = at
    while first > max(0, at - WINDOW) and words[first - 1] != END:
        first -= 1
    last = at
    while last < min(len(words), at + WINDOW) and words[last] != END:
        last += 1
    return first, last


def _clause(view: View, start: int, first: int) -> list[int]:
    """Return where the words of the clause before word `start` stand, the nearest first; the sentence begins at `first`."""
    places: list[int] = []
    for at in range(start - 1, max(first, start - CLAUSE) - 1, -1):
        word = view.words[at]
        if word == END or word in BREAKS or view.core[at + 1].comma or (word == "i" and view.words[at - 1] not in OPINION):
            break
        places.append(at)
    return places


def _step(tier: int) -> int:
    """Leave out what is ambiguous already when it is said of somebody else."""
    return tier if tier <= 3 else 0


def _starts(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(tuple(words[: len(phrase)]) == phrase for phrase in phrases)


def _any(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    """Say whether one of the phrases stands in the words."""
    present = set(words)
    return any(phrase[0] in present and (len(phrase) == 1 or _holds(words, phrase)) for phrase in phrases)


def _without(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> Sequence[str]:
    """Return the words, a stroke where one of the phrases stands."""
    text = f" {' '.join(words)} "
    for phrase in phrases:
        text = text.replace(f" {' '.join(phrase)} ", " | ")
    return text.split()


def _holds(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size, head, at = len(phrase), phrase[0], -1
    for _ in range(words.count(head)):
        at = words.index(head, at + 1)
        if tuple(words[at : at + size]) == phrase:
            return True
    return False


def _said_by_visitor(near: Sequence[Any]) -> bool:
    """Say whether "i" says, thinks or feels the quoted words."""
    return any(a == "i" and b in ("said", "say", "think", "feel", "thought", "keep", "am") for a, b in pairwise(near))
