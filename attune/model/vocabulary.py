"""The words of a search: codes, display names and synonyms from data/vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

VOCABULARY = Path(__file__).parents[2] / "data" / "vocabulary"
TOPICS = ("approaches", "concerns", "languages", "genders", "client_types", "formats", "provinces")


class VocabularyError(ValueError):
    """A vocabulary file says something that cannot be used; the message names file, entry and fix."""


@dataclass(frozen=True, slots=True)
class Term:
    """One value of the vocabulary: its code, and per language its display name and what visitors write for it."""

    code: str
    names: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]

    def name(self, language: str = "en") -> str:
        """Return the display name, in English where `language` has none."""
        return self.names.get(language, self.names["en"])


@cache
def terms(topic: str) -> Mapping[str, Term]:
    """Return the terms of `topic` (one of `TOPICS`) by code, in the order of the file.

    Raises:
        VocabularyError: When the file is missing or an entry lacks an English name.
    """
    path = VOCABULARY / f"{topic}.yml"
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise VocabularyError(f"{path.name}: there is no such vocabulary; known ones: {', '.join(TOPICS)}") from None
    return {str(code): _term(path, str(code), entry) for code, entry in entries.items()}


def _term(path: Path, code: str, entry: Mapping[str, Mapping[str, object]]) -> Term:
    names = entry.get("name") or {}
    if "en" not in names:
        raise VocabularyError(f"{path.name}: `{code}` has no English name; add `name: {{en: ...}}`")
    synonyms = {language: tuple(map(str, words)) for language, words in (entry.get("synonyms") or {}).items()}  # type: ignore[call-overload]
    return Term(code, {language: str(name) for language, name in names.items()}, synonyms)
