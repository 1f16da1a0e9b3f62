"""The small notation of the pattern files, turned into spaCy `Matcher` patterns.

A pattern is a line of elements between spaces:

    want|wants      one of these words             $relative     one word of a class of words.yml
    my?             may be missing                 ~3            up to three words, never across `.` or "but"
    !of|for         one word, none of these        {to_die}      each of the lines of a macro of words.yml
    .               where a sentence or the message begins or ends

Gaps are bounded and no element repeats without limit, so matching is linear in the length of the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STOPS = (".", "but", "though", "although", "except", "however")
WIDEST = 6
ELEMENT = re.compile(r"~[1-9]|[!]?[a-z0-9_$|'.]+[?]?")
Spec = list[dict[str, Any]]


class PatternError(ValueError):
    """A pattern cannot be read; the message names the family, the pattern and the element."""


@dataclass(frozen=True)
class Words:
    """Classes of words and macros, as in words.yml."""

    classes: Mapping[str, tuple[str, ...]]
    macros: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Words:
        """Read the mapping of words.yml."""
        classes = {str(name): tuple(str(words).split()) for name, words in data["classes"].items()}
        macros = {str(name): tuple(map(str, lines)) for name, lines in data["macros"].items()}
        return cls({name: _flatten(words, classes) for name, words in classes.items()}, macros)

    def specs(self, pattern: str, owner: str) -> list[Spec]:
        """Return the spaCy patterns that `pattern` of family `owner` stands for."""
        return [
            [_element(element, self.classes, f"{owner}: `{pattern}`") for element in line.split()]
            for line in self.lines(pattern, owner)
        ]

    def lines(self, pattern: str, owner: str) -> Iterator[str]:
        """Expand the macros of `pattern`."""
        parts = re.split(r"\{([a-z_]+)\}", pattern)
        for name in parts[1::2]:
            if name not in self.macros:
                raise PatternError(f"{owner}: `{pattern}` uses macro `{name}`, which words.yml lacks")
        options: list[Sequence[str]] = []
        for at, part in enumerate(parts):
            options.append((part,) if at % 2 == 0 else self.macros[part])
        for chosen in itertools.product(*options):
            line = "".join(chosen)
            if "{" in line:
                yield from self.lines(line, owner)
            else:
                yield line


def words_of(specs: Iterable[Spec]) -> Iterator[str]:
    """Return every word that the patterns name."""
    for spec in specs:
        for token in spec:
            for words in token["ORTH"].values():
                yield from words


def _element(element: str, classes: Mapping[str, tuple[str, ...]], where: str) -> dict[str, Any]:
    if not ELEMENT.fullmatch(element):
        raise PatternError(f"{where}: cannot read `{element}`")
    if element.startswith("~"):
        if int(element[1:]) > WIDEST:
            raise PatternError(f"{where}: `{element}` is wider than ~{WIDEST}")
        return {"ORTH": {"NOT_IN": list(STOPS)}, "OP": f"{{0,{element[1:]}}}"}
    test = "NOT_IN" if element.startswith("!") else "IN"
    names = element.strip("!?").split("|")
    words = sorted(set(itertools.chain.from_iterable(_words(name, classes, where) for name in names)))
    token: dict[str, Any] = {"ORTH": {test: words}}
    if element.endswith("?"):
        token["OP"] = "?"
    return token


def _words(name: str, classes: Mapping[str, tuple[str, ...]], where: str) -> tuple[str, ...]:
    if not name.startswith("$"):
        return (name,)
    if name[1:] not in classes:
        raise PatternError(f"{where}: class `{name}` is not in words.yml")
    return classes[name[1:]]


def _flatten(words: Iterable[str], classes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Replace `$class` inside a class by that class's words."""
    flat: list[str] = []
    for word in words:
        flat.extend(_flatten(classes[word[1:]], classes) if word.startswith("$") else (word,))
    return tuple(flat)
