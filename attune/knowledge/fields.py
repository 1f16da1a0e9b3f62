"""Taking fields out of a document: what is missing, misspelt or of the wrong form becomes a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from attune.knowledge.errors import did_you_mean
from attune.knowledge.files import Document, Key
from attune.knowledge.model import Kind, LinkSpec, Passage, Said, State

PHRASING_FIELDS = frozenset({"text", "items", "links", "notice", "next", "menu"})
KINDS = tuple(kind.value for kind in Kind)


class Fields:
    """One mapping of a document. Problems are collected in the list that all readers of a run share."""

    def __init__(self, document: Document, keys: tuple[Key, ...], data: Any, problems: list[str]) -> None:
        self.document, self.keys, self.problems = document, keys, problems
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.problem("must be `name: value` entries")

    @property
    def where(self) -> str:
        """File and line of this mapping."""
        return self.document.where(*self.keys)

    def problem(self, text: str, *keys: Key) -> None:
        """Note what is wrong with the entry at `keys` below this one."""
        entry = ".".join(str(key) for key in (*self.keys, *keys))
        self.problems.append(f"{self.document.where(*self.keys, *keys)}: `{entry}` {text}")

    def only(self, known: Collection[str]) -> None:
        """Note every field that is not a known one."""
        for name in self.data:
            if name not in known:
                self.problem(f"is not a field here{did_you_mean(str(name), known)}", str(name))

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text, with line breaks inside a paragraph joined."""
        value = self.data.get(name, default)
        if value is None:
            self.problem(f"lacks `{name}`; add it")
        elif not isinstance(value, str):
            self.problem("must be text; put it in quotes", name)
        return _paragraphs(value) if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty where there is none."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            self.problem("must be a list of texts; put each in quotes", name)
            return ()
        return tuple(_paragraphs(item) for item in value)

    def day(self, name: str) -> date:
        """Return a date, written in quotes as "2027-05-31"."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.problem('must be a date in quotes such as "2027-05-31"', name)
            return date.max

    def kind(self, default: str | None = None) -> Kind:
        """Return the kind of evidence."""
        value = self.text("kind", default)
        if value not in KINDS:
            self.problem(f"must be one of {', '.join(KINDS)}{did_you_mean(value, KINDS)}", "kind")
            return Kind.PRACTICAL
        return Kind(value)

    def state(self) -> tuple[State, str | None]:
        """Return the review state and the reviewer; "reviewed" needs a name, "draft" must not have one."""
        state, reviewer = self.text("state"), self.data.get("reviewer")
        if state not in ("draft", "reviewed"):
            self.problem("must be draft or reviewed", "state")
        if (state == "reviewed") != bool(reviewer):
            self.problem("and `state` must agree: name a reviewer exactly when the state is reviewed", "reviewer")
        return ("reviewed" if state == "reviewed" else "draft"), (str(reviewer) if reviewer else None)

    def below(self, name: Key, data: Any) -> Fields:
        """Return the mapping below this one."""
        return Fields(self.document, (*self.keys, name), data, self.problems)

    def said(self, name: Key, data: Any) -> Said:
        """Return a phrasing: plain text, or a mapping with text, items, links and notice."""
        fields = self.below(name, {"text": data} if isinstance(data, str) else data)
        fields.only(PHRASING_FIELDS)
        links = tuple(LinkSpec(link.text("title"), link.text("url"), link.text("kind", "web")) for link in fields.each("links"))
        return Said(fields.text("text"), fields.texts("items"), links, fields.text("notice", ""), fields.where)

    def passages(self, default_kind: str | None) -> tuple[Passage, ...]:
        """Return the passages that this entry rests on."""
        return tuple(_passage(fields, default_kind) for fields in self.each("passages"))

    def each(self, name: str) -> list[Fields]:
        """Return the mappings of a list, empty where there is none."""
        values = self.data.get(name) or []
        if not isinstance(values, list):
            self.problem("must be a list", name)
            return []
        above = Fields(self.document, (*self.keys, name), {}, self.problems)
        return [above.below(index, value) for index, value in enumerate(values)]


def _passage(fields: Fields, default_kind: str | None) -> Passage:
    fields.only({"source", "span", "kind"})
    return Passage(fields.text("source"), fields.text("span", ""), fields.kind(default_kind), fields.where)


def _paragraphs(text: str) -> str:
    # YAML's folded text (`>-`) turns a blank line into one line break, so every line break left is a paragraph.
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.splitlines() if paragraph.strip())
