"""The content as values: phrasings, answers with their provenance, choices, approaches, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

DEPTHS = ("short", "long", "simple", "example", "source")
State = Literal["draft", "reviewed"]


class Kind(StrEnum):
    """What stands behind a sentence."""

    DEFINITION = "definition"
    THEORY = "theory"
    OPINION = "clinical opinion"
    RESEARCH = "research"
    PRACTICAL = "practical"


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """A link as written: title and address may hold placeholders."""

    title: str
    url: str
    kind: str = "web"


@dataclass(frozen=True, slots=True)
class Said:
    """One phrasing: paragraphs, a list below them, links, a notice beside them."""

    text: str
    items: tuple[str, ...] = ()
    links: tuple[LinkSpec, ...] = ()
    notice: str = ""
    where: str = ""

    def strings(self) -> tuple[str, ...]:
        """Return every string that a visitor reads here."""
        return (self.text, *self.items, *(link.title for link in self.links), *((self.notice,) if self.notice else ()))


@dataclass(frozen=True, slots=True)
class Response:
    """A plain response: its phrasings in the order in which a conversation meets them."""

    name: str
    phrasings: tuple[Said, ...]
    next: tuple[str, ...]
    menu: bool
    where: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What an answer rests on. The span is evidence for editors and tests and is never shown as ours.

    Attributes:
        source: An id of content/sources.yml.
        span: At most 25 words of the source, word for word; empty where its text could not be read.
        kind: Definition, theory, clinical opinion, research or practical.
        where: File and line.
    """

    source: str
    span: str
    kind: Kind
    where: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one `faq/*` intent, in one language, with all its depths and its provenance."""

    name: str
    short: Said
    long: Said
    simple: Said
    variants: tuple[Said, ...]
    example: Said | None
    next: tuple[str, ...]
    menu: bool
    passages: tuple[Passage, ...]
    kind: Kind
    state: State
    reviewer: str | None
    review_by: date
    note: str
    tells_eft_apart: bool
    where: str

    def said(self) -> Mapping[str, Said]:
        """Return every written text by a name that editors know (`short`, `variants[0]`, ...)."""
        texts = {"short": self.short, "long": self.long, "simple": self.simple}
        texts |= {f"variants[{index}]": variant for index, variant in enumerate(self.variants)}
        return texts | ({"example": self.example} if self.example else {})


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from: a full reference, and the file name of its text where we hold that."""

    id: str
    authors: str
    year: int | None
    title: str
    publisher: str
    url: str
    text: str
    cited_by: str
    note: str
    where: str

    def reference(self) -> str:
        """Return the reference in one line."""
        by = f"{self.authors} ({self.year})." if self.year else self.authors.rstrip(".") + "."
        parts = (by, *(part.rstrip(".?") + "." for part in (self.title, self.publisher) if part))
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Approach:
    """One line of the crosswalk, in one language."""

    code: str
    name: str
    attends_to: str
    session: str
    looked_for_by: str
    other_names: tuple[str, ...]
    passages: tuple[Passage, ...]
    kind: Kind
    state: State
    review_by: date
    where: str


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """A next step as written: what is shown, and what a tap says."""

    id: str
    title: str
    say: str
    entities: Mapping[str, object]
    where: str


@dataclass(frozen=True, slots=True)
class Words:
    """A short text or a list of them that code asks for by key."""

    key: str
    texts: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word that may get in the way: what visitors write for it, what it means, the answer that says more."""

    id: str
    names: tuple[str, ...]
    text: str
    about: str
    where: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in words, with its source: the only way a number gets into an answer."""

    name: str
    values: Mapping[str, str]
    source: str
    review_by: date
    where: str


@dataclass(frozen=True, slots=True)
class Regulator:
    """A body that licenses therapists in a province and hears complaints."""

    name: str
    url: str
    where: str


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that is written in one language."""

    code: str
    responses: Mapping[str, Response]
    answers: Mapping[str, Answer]
    words: Mapping[str, Words]
    labels: Mapping[str, str]
    choices: Mapping[str, ChoiceSpec]
    approaches: Mapping[str, Approach]
    terms: Mapping[str, GlossaryTerm]
