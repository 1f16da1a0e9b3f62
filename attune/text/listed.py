"""Word lists in code, written as running text."""

from __future__ import annotations


def listed(words: str) -> list[str]:
    """Return the words of a text."""
    return words.split()
