"""The safety rules of wording, checked over any text that a visitor reads: replies in every language, directory texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[2] / "data" / "safety" / "wording.yml"
CRISIS_WORDS, BUBBLE_WORDS = 80, 60
FIRST = 250


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach: the rule, the words that break it, and what to do instead."""

    rule: str
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One forbidden form and the kinds of text it is forbidden in."""

    name: str
    pattern: re.Pattern[str]
    instead: str
    kinds: frozenset[str]


def violations(text: str, kind: str = "reply", language: str = "en") -> list[Violation]:
    """Return what `text` breaks.

    Args:
        text: The words as a visitor reads them.
        kind: `reply`, `crisis` (stricter: no therapist, price, search, digit outside a help line) or `listing`
            (a therapist's own words: only what is unsafe for a reader counts).
        language: Language of the text.
    """
    found = [
        Violation(rule.name, match.group(), rule.instead)
        for rule in rules(language)
        if kind in rule.kinds and (match := rule.pattern.search(text))
    ]
    most = {"reply": BUBBLE_WORDS, "crisis": CRISIS_WORDS}.get(kind)
    count = len(text.split())
    if most is not None and count > most:
        found.append(Violation("length", f"{count} words", f"at most {most} words"))
    return found


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """Read the rules of `language`; a language without its own has none, and a test says so."""
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8")).get(language, {})
    return tuple(
        Rule(name, re.compile(entry["pattern"], re.IGNORECASE), entry["instead"], frozenset(entry["in"]))
        for name, entry in data.items()
    )
