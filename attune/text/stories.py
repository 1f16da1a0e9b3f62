"""Wishes told as a little story: "my dog passed in june" is grief. The expressions are data (phrases/stories.yml)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

import yaml

from attune.model.vocabulary import VOCABULARY
from attune.text.lexicon import Hit
from attune.text.sentence import Sentence
from attune.text.tokens import word_lists

#: What "..." stands for: up to four words of the same clause.
GAP = r"(?: [^\s,;.!?()]+){0,4} "
LIST = re.compile(r"&([a-z]+)")


def stories(sentence: Sentence) -> Iterator[Hit]:
    """Yield what is told without being named."""
    text = " ".join(sentence.norms)
    starts = [0, *accumulate(len(norm) + 1 for norm in sentence.norms)]
    for entity, value, pattern in _patterns():
        for match in pattern.finditer(text):
            first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1)
            yield Hit(entity, value, first, last, told=True)


@cache
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    data = yaml.safe_load((VOCABULARY / "phrases" / "stories.yml").read_text(encoding="utf-8"))
    return [(entity, value, _pattern(lines)) for entity, values in data.items() for value, lines in values.items()]


def _pattern(expressions: Sequence[str]) -> re.Pattern[str]:
    """Return the expressions of one value as one, between whole words."""
    joined = "|".join(f"(?:{expression.replace(' ... ', GAP)})" for expression in expressions)
    joined = LIST.sub(lambda match: "(?:" + "|".join(word_lists()[match[1]]) + ")", joined)
    return re.compile(rf"(?<!\S)(?:{joined.replace(' ...', GAP.rstrip())})(?!\S)")
