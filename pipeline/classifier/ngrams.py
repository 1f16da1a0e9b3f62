"""What a message is made of: words, word pairs and pieces of words, weighted by how telling they are."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.classifier.linear import Row

WORD = re.compile(r"[^\W_]+|[?]")
SHORTEST, LONGEST = 2, 5
#: A pasted page is read up to here; its first lines hold the request.
MAX_CHARACTERS = 1500


def grams(text: str) -> Iterator[str]:
    """Yield words ("w:"), pairs of neighbours ("p:") and pieces of two to five letters ("c:")."""
    plain = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS].lower().replace("’", "'"))
    words = WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'", ""))
    yield from (f"w:{word}" for word in words)
    yield from (f"p:{left} {right}" for left, right in pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            yield from (f"c:{padded[at : at + size]}" for at in range(max(1, len(padded) - size + 1)))


@dataclass(frozen=True)
class Ngrams:
    """The grams that were seen in training, each with its inverse document frequency."""

    columns: dict[str, int]
    rarity: list[float]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Ngrams:
        """Learn which grams there are; pairs and pieces seen only once are left out."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(grams(text)))
        kept = sorted(gram for gram, count in seen.items() if count > 1 or gram[0] == "w")
        rarity = [math.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in kept]
        return cls({gram: column for column, gram in enumerate(kept)}, rarity)

    def row(self, text: str) -> Row:
        """Return the grams of a message, as a vector of unit length."""
        counts = Counter(column for gram in grams(text) if (column := self.columns.get(gram)) is not None)
        columns = np.fromiter(counts, dtype=np.int64, count=len(counts))
        values = np.array([(1 + math.log(count)) * self.rarity[column] for column, count in counts.items()], dtype=np.float32)
        return columns, values / (np.linalg.norm(values) or np.float32(1))
