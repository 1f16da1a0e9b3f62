"""Put typos right: a word that nobody knows becomes the one search word that it nearly is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from attune.model.vocabulary import VOCABULARY

SHORTEST = 5
#: From so many letters on, two mistakes are forgiven.
LONG = 8


@cache
def known_words() -> frozenset[str]:
    """Return the English words and names that look like a misspelt search word and are none."""
    return frozenset((VOCABULARY / "known_words.txt").read_text(encoding="utf-8").split())


class Speller:
    """Knows the words of the search and puts others right; leaves `others` as they are."""

    def __init__(self, vocabulary: Iterable[str], others: Iterable[str] = ()) -> None:
        everything = frozenset(vocabulary)
        self.vocabulary = everything | known_words() | frozenset(others)
        self._targets: dict[str, list[str]] = {}
        for word in sorted(everything):
            if len(word) >= SHORTEST and word.isalpha():
                self._targets.setdefault(word[0], []).append(word)
        self.correct = lru_cache(maxsize=20_000)(self._correct)

    def _correct(self, word: str) -> str:
        if len(word) < SHORTEST or len(word) > 20 or not word.isalpha() or word in self.vocabulary:
            return word
        if word.endswith("s") and word[:-1] in self.vocabulary:
            return word
        limit = 2 if len(word) >= LONG else 1
        targets = self._targets.get(word[0], ())
        nearest = process.extract(word, targets, scorer=OSA.distance, score_cutoff=limit, limit=2)
        if not nearest:
            return word
        # Two equally near words: nobody can tell which was meant.
        ties = len(nearest) > 1 and nearest[0][1] == nearest[1][1]
        return word if ties and not _same_stem(nearest[0][0], nearest[1][0]) else nearest[0][0]


def _same_stem(a: str, b: str) -> bool:
    return a[:SHORTEST] == b[:SHORTEST]
