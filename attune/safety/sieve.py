"""A sieve before spaCy: which patterns can match a text, and where they end, in time linear in its length.

All patterns are laid side by side as the bits of one number. A word moves every pattern one step at once
(the "shift-and" method, with optional elements), so no text, however odd, can make it slow: there is nothing to
go back to. Only patterns that the sieve lets through are handed to spaCy's `Matcher`, which finds their spans.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attune.safety.grammar import Spec


class Sieve:
    """The bits of a set of spaCy patterns made of `IN`, `NOT_IN`, `?` and bounded gaps."""

    def __init__(self, specs: Sequence[Spec]) -> None:
        self._starts = self._optional = self._accepts = self._others = 0
        self._words: dict[str, int] = {}
        self._not: dict[str, int] = {}
        self._pattern: dict[int, int] = {}
        self._steps = 0
        at = 0
        for number, spec in enumerate(specs):
            at = self._add(number, spec, at)
        for word, mask in self._not.items():
            self._words[word] = self._words.get(word, 0) | (self._others & ~mask)
        for word, mask in self._words.items():
            if word not in self._not:
                self._words[word] = mask | self._others

    def _add(self, number: int, spec: Spec, at: int) -> int:
        """Lay one pattern from bit `at` on; return the next free bit."""
        cells = _cells(spec)
        self._starts |= 1 << at
        run = 0
        for words, allowed, optional in cells:
            bit = 1 << at
            if allowed:
                for word in words:
                    self._words[word] = self._words.get(word, 0) | bit
            else:
                self._others |= bit
                for word in words:
                    self._not[word] = self._not.get(word, 0) | bit
            run = run + 1 if optional else 0
            self._steps = max(self._steps, run)
            if optional:
                self._optional |= bit
            at += 1
        self._accepts |= 1 << (at - 1)
        self._pattern[at - 1] = number
        return at

    def ends(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return (position, bits of the patterns that end there) for each word where some pattern ends."""
        found: list[tuple[int, int]] = []
        state = 0
        for position, word in enumerate(words):
            ready = ((state & ~self._accepts) << 1) | self._starts
            for _ in range(self._steps):
                ready |= (ready & self._optional) << 1
            state = ready & self._words.get(word, self._others)
            ended = state & self._accepts
            if ended:
                found.append((position, ended))
        return found

    def patterns(self, bits: int) -> Iterator[int]:
        """Return the numbers of the patterns whose last bit is set."""
        while bits:
            lowest = bits & -bits
            yield self._pattern[lowest.bit_length() - 1]
            bits ^= lowest


def _cells(spec: Spec) -> list[tuple[Sequence[str], bool, bool]]:
    """Return (words, whether they are the allowed ones, optional) for each element, gaps unrolled, the tail trimmed."""
    cells: list[tuple[Sequence[str], bool, bool]] = []
    for token in spec:
        (test, words), *_ = token["ORTH"].items()
        operator = str(token.get("OP", ""))
        times = int(operator.strip("{}").split(",")[1]) if operator.startswith("{") else 1
        cells.extend([(words, test == "IN", bool(operator))] * times)
    while cells and cells[-1][2]:
        cells.pop()
    return cells
