"""Mend what hides a word: censor marks, look-alike digits, doubled, spaced and run-together letters, slips.

Only words that matter are mended, and only into words listed in `repair.yml`: ordinary words stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from attune.safety.tokens import END, Token

LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
MARKS = frozenset("@$*#!_0134579")
ALIKE = {**dict.fromkeys("*#_", ""), "1": "il", "!": "il", "0": "o", "3": "e", "4": "a", "5": "s", "7": "t"}
ALIKE |= {"@": "a", "$": "s", "9": "g"}
LONGEST_RUN = 40


@dataclass(frozen=True)
class Repair:
    """The word lists of `repair.yml`, indexed."""

    long: frozenset[str]
    short: frozenset[str]
    known: frozenset[str]
    split: frozenset[str]
    anchors: frozenset[str]
    near: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, lists: Mapping[str, str], known: Iterable[str]) -> Repair:
        """Index the lists; `known` are words that are right as they stand."""
        words = {name: frozenset(text.split()) for name, text in lists.items()}
        everything = frozenset(known) | words["spare"] | words["long"] | words["short"] | words["split"]
        near: dict[str, tuple[str, ...]] = {}
        for word in sorted(words["long"]):
            for slip in _deletions(word, _slips(word)):
                near[slip] = (*near.get(slip, ()), word)
        return cls(words["long"], words["short"], everything, words["split"], words["anchors"], near)

    def mend(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with hidden words restored; the same words when nothing is hidden."""
        mended: list[Token] = []
        for token in self._join_spaced(tokens):
            words = self.word(token.word)
            mended.extend(Token(word, token.start, token.end, token.comma, token.quoted) for word in words)
        return self._join_pairs(mended)

    def word(self, word: str) -> tuple[str, ...]:
        """Return what `word` stands for: itself, one mended word, or the words it runs together."""
        if word in self.known or word == END or word.startswith("emoji_"):
            return (word,)
        if any(char in MARKS for char in word):
            return (self._unmask(word) if len(word) <= LONGEST_RUN else word,)
        squeezed = self._squeeze(word)
        if squeezed in self.known:
            return (squeezed,)
        if 5 <= len(squeezed) <= LONGEST_RUN:
            parts = self._split(squeezed)
            if parts:
                return parts
        return (self._near(squeezed) or word,)

    def _unmask(self, word: str) -> str:
        """Find the key word that `word` spells with marks or digits for letters."""
        for key in (*self.short, *self.long):
            if _spells(word, key):
                return key
        plain = word.translate(LEET)
        return plain if plain in self.known else word

    def _squeeze(self, word: str) -> str:
        """Shorten letters repeated three times or more, to two where that is a word, else to one."""
        shorter = _limit_repeats(word, 2)
        if shorter == word:
            return word
        for most in (2, 1):
            if (candidate := _limit_repeats(word, most)) in self.known:
                return candidate
        return shorter

    def _near(self, word: str) -> str | None:
        """Return the key word within one slip (two for long words) of `word`."""
        if len(word) < 5 or not word.isalpha():
            return None
        for slip in _deletions(word, 2 if len(word) >= 6 else 1):
            for key in self.near.get(slip, ()):
                if key[0] == word[0] and _distance(word, key) <= _slips(key):
                    return key
        return None

    def _split(self, word: str) -> tuple[str, ...]:
        """Split a run-together string into listed words, the fewest; empty when that cannot be done."""
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 8), end):
                head = best[start]
                if head is not None and word[start:end] in self.split:
                    found = (*head, word[start:end])
                    if best[end] is None or len(found) < len(best[end] or ()):
                        best[end] = found
        parts = best[-1] or ()
        return parts if len(parts) > 1 and any(part in self.anchors for part in parts) else ()

    def _join_spaced(self, tokens: Sequence[Token]) -> list[Token]:
        """Join runs of three or more single letters ("k i l l") when they spell listed words."""
        result: list[Token] = []
        run: list[Token] = []
        for token in [*tokens, Token(END, 0, 0)]:
            if len(token.word) == 1 and (token.word.isalnum() or token.word in MARKS):
                run.append(token)
                continue
            result.extend(self._spell(run))
            run = []
            result.append(token)
        return result[:-1]

    def _spell(self, run: list[Token]) -> list[Token]:
        if len(run) < 3 or len(run) > LONGEST_RUN:
            return run
        for start in range(min(3, len(run) - 2)):  # "i w a n t": the first letters may be words of their own
            word = "".join(token.word for token in run[start:]).translate(LEET)
            parts = (word,) if word in self.long | self.short | {"kms", "ctb"} else self._split(word)
            if parts:
                at, end = run[start].start, run[-1].end
                return run[:start] + [Token(part, at, end, run[start].comma, run[start].quoted) for part in parts]
        return run

    def _join_pairs(self, tokens: Sequence[Token]) -> list[Token]:
        """Join neighbours that make one key word ("self harm", "un alive", "my self", "sui cide")."""
        result: list[Token] = []
        for token in tokens:
            if result and token.word != END and len(result[-1].word) <= 6:
                both = result[-1].word + token.word
                if both in self.long or (result[-1].word not in self.known and self._near(both)):
                    last = result.pop()
                    token = Token(self._near(both) or both, last.start, token.end, last.comma, last.quoted)
            result.append(token)
        return result


def _slips(word: str) -> int:
    return 2 if len(word) >= 8 or word == "suicide" else 1


def _spells(masked: str, key: str) -> bool:
    """Say whether `masked` is `key` with marks for letters (a `*` also for none); compares once, left to right."""
    if "*" in masked and len(masked) != len(key):
        head, _, tail = masked.partition("*")
        tail = tail.strip("*")
        return len(head) + len(tail) >= 2 and len(key) > 3 and key.startswith(head) and key.endswith(tail) and bool(head)
    if len(masked) != len(key):
        return False
    pairs = list(zip(masked, key, strict=True))
    letters = sum(a == b for a, b in pairs)
    return letters >= 1 and all(a == b or (a in MARKS and (not ALIKE[a] or b in ALIKE[a])) for a, b in pairs)


def _limit_repeats(word: str, most: int) -> str:
    kept: list[str] = []
    for char in word:
        if kept[-most:] != [char] * most:
            kept.append(char)
    return "".join(kept)


def _deletions(word: str, most: int) -> frozenset[str]:
    """Return `word` and every string that deleting up to `most` letters leaves (long words only up to 14 letters)."""
    found = {word}
    if len(word) <= 14:
        for count in range(1, most + 1):
            for places in combinations(range(len(word)), count):
                found.add("".join(char for at, char in enumerate(word) if at not in places))
    return frozenset(found)


def _distance(left: str, right: str) -> int:
    """Return the edit distance where swapping two neighbours counts once."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
