"""Normalised views of a message: as written, and mended. Patterns are matched on both, spans point into the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from attune.safety.fold import fold
from attune.safety.repair import Repair
from attune.safety.tokens import END, Token, opened, tokenise

DATA = Path(__file__).parents[2] / "data" / "safety"
LONGEST = 4000
PART = 2000
MOST = 440


@dataclass(frozen=True)
class View:
    """One reading of the message.

    Attributes:
        name: `plain` or `mended`.
        tokens: Every token, with `.` tokens where sentences end.
        core: The tokens without fillers, `.` before the first and after the last: what patterns see.
    """

    name: str
    tokens: tuple[Token, ...]
    core: tuple[Token, ...]

    @cached_property
    def every(self) -> tuple[str, ...]:
        """The words of `tokens`."""
        return tuple(token.word for token in self.tokens)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of `core`."""
        return tuple(token.word for token in self.core)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words `start` to `end` of `core` begin and end in the raw text."""
        return self.core[start].start, self.core[end - 1].end

    @cached_property
    def memo(self) -> dict[str, bool]:
        """What was asked about the whole of it already, so that many hits do not ask it again."""
        return {}


@dataclass(frozen=True)
class Spelling:
    """The spelling data of one language."""

    expand: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    before: Mapping[tuple[str, str], tuple[str, ...]]
    emoji: Mapping[str, str]
    repair: Repair

    @classmethod
    def load(cls, language: str, known: Iterable[str]) -> Spelling:
        """Read `spelling.yml` and `repair.yml`; `known` are the words that patterns and ordinary talk use."""
        spelling: dict[str, Any] = _read(language, "spelling")
        expand = {form: tuple(meant.split()) for meant, forms in spelling["expand"].items() for form in forms.split()}
        expand |= dict.fromkeys(spelling["dropped"].split(), ())
        emoji = {sign: name for name, signs in spelling["emoji"].items() for sign in signs.split()}
        before = {
            (rule["form"], word): tuple(rule["means"].split())
            for rule in spelling["before"]
            for word in rule["words"].split()
        }  # fmt: skip
        everything = {*known, *expand, *spelling["fillers"].split(), *(word for _, word in before)}
        repair = Repair.build(_read(language, "repair"), everything)
        return cls(expand, frozenset(spelling["fillers"].split()), before, emoji, repair)

    def views(self, text: str) -> tuple[View, ...]:
        """Return the views of `text` that differ: one for a plainly written message, at most two."""
        tokens = fewer(tokenise(fold(shorten(text), self.emoji)))
        plain = self._view("plain", tokens)
        mended = self._view("mended", self.repair.mend(tokens))
        return (plain,) if plain.words == mended.words else (mended, plain)

    def _view(self, name: str, tokens: list[Token]) -> View:
        every = opened(tokens, self.expand, self.before)
        core = [token for token in every if token.word not in self.fillers]
        end = every[-1].end if every else 0
        return View(name, tuple(every), (Token(END, 0, 0), *core, Token(END, end, end)))


def fewer(tokens: list[Token]) -> list[Token]:
    """Keep at most `MOST` tokens, those of the beginning and of the end."""
    if len(tokens) <= MOST:
        return tokens
    half = MOST // 2
    return [*tokens[:half], Token(END, tokens[half].start, tokens[half].start), *tokens[-half:]]


def shorten(text: str) -> str:
    """Keep a text within `LONGEST` characters: its beginning and its end, which is where people come to the point."""
    if len(text) <= LONGEST:
        return text
    return text[:PART] + "\n" + text[-PART:]


def _read(language: str, name: str) -> Any:
    return yaml.safe_load((DATA / language / f"{name}.yml").read_text(encoding="utf-8"))
