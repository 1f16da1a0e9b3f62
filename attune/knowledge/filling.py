"""Placeholders: `{site_name}` in a text becomes the caller's value, `{fig_...}` a figure with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from attune.knowledge.errors import ContentError
from attune.knowledge.model import Said
from attune.reply import Link, Notice, Text

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
FIGURE = "fig_"
BUBBLE_WORDS = 60


class Filler:
    """Fills the texts of one entry; a missing value names entry and placeholder."""

    def __init__(self, entry: str, where: str, values: Mapping[str, object]) -> None:
        self.entry, self.where, self.values = entry, where, values

    def __call__(self, text: str) -> str:
        """Return a text with its placeholders filled."""
        return PLACEHOLDER.sub(self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        name = match[1]
        if name not in self.values:
            raise ContentError(f"{self.where}: `{self.entry}` needs a value for `{{{name}}}`; pass `{name}=...` or take it out")
        return str(self.values[name])

    def text(self, said: Said, title: str = "") -> Text:
        """Return a phrasing as a bubble."""
        links = tuple(Link(self(link.title), self(link.url), link.kind) for link in said.links)  # type: ignore[arg-type]
        return Text(self(said.text), tuple(map(self, said.items)), links, title)

    def parts(self, said: Said) -> tuple[Text | Notice, ...]:
        """Return a phrasing as bubbles of at most about 60 words, with its notice behind where it has one."""
        notice = (Notice("info", self(said.notice)),) if said.notice else ()
        whole = self.text(said)
        if len(whole.text.split()) <= BUBBLE_WORDS:
            return (whole, *notice)
        *first, last = whole.text.split("\n\n")
        return (*map(Text, first), replace(whole, text=last), *notice)


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders in a text."""
    return frozenset(PLACEHOLDER.findall(text))
