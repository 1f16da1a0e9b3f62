"""How hard a text is to read: the Flesch-Kincaid school grade, measured by textstat."""

from __future__ import annotations

import re
import warnings
from functools import cache

from attune.knowledge.filling import PLACEHOLDER
from attune.knowledge.model import Said

ENDED = re.compile(r"[.!?]['\"]?$")


def reading_text(said: Said) -> str:
    """Return what a visitor reads as running text: each item and paragraph ends like a sentence, placeholders are one word."""
    pieces = [*said.text.split("\n\n"), *said.items]
    sentences = (piece if ENDED.search(piece) else piece.removesuffix(":") + "." for piece in pieces)
    return PLACEHOLDER.sub("this", " ".join(sentences))


@cache
def grade(text: str) -> float:
    """Return the school grade that a text needs; below zero for a very easy one."""
    with warnings.catch_warnings():
        # textstat imports pkg_resources, which warns about itself; tests treat warnings as errors.
        warnings.simplefilter("ignore")
        from textstat import textstat
    return float(textstat.flesch_kincaid_grade(text))
