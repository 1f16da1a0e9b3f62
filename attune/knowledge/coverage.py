"""Which entry carries which fact of the two articles: content/coverage/*.yml, shown as docs/coverage.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from attune.knowledge.content import Content
from attune.knowledge.errors import ContentError
from attune.knowledge.evidence import words
from attune.knowledge.fields import Fields
from attune.knowledge.files import read
from attune.knowledge.model import Answer

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
#: Shorter pieces are names, places and headings.
SENTENCE_WORDS = 5
#: A span here only says where a fact stands; the articles are not ours to publish.
SPAN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in our words, the span that says it, and the entries that carry it; or a span left out, and why."""

    source: str
    fact: str
    span: str
    entries: tuple[str, ...]
    reason: str
    where: str


def load_coverage(root: Path) -> tuple[Fact, ...]:
    """Return the facts and what was left out.

    Raises:
        ContentError: When an entry lacks something.
    """
    problems: list[str] = []
    facts = tuple(fact for path in sorted((root / "coverage").glob("*.yml")) for fact in _facts(path, root, problems))
    if problems:
        raise ContentError(problems)
    return facts


def _facts(path: Path, root: Path, problems: list[str]) -> Iterator[Fact]:
    document = read(path, root)
    source = Fields(document, (), document.data, problems).text("source")
    for section in ("facts", "left_out"):
        above = Fields(document, (section,), {}, problems)
        for index, data in enumerate(document.data.get(section) or []):
            fields = above.below(index, data)
            reason = fields.text("reason") if section == "left_out" else ""
            fact = "" if reason else fields.text("fact")
            yield Fact(source, fact, fields.text("span"), fields.texts("entries"), reason, fields.where)


def missing_entry(content: Content, entry: str) -> bool:
    """Return whether `who_benefits.long`, `eft`, `handover.video.items` or `source:stern_1985` is nowhere written."""
    if entry.startswith("source:"):
        return entry.removeprefix("source:") not in content.sources
    english = content.language("en")
    name, _, depth = entry.partition(".")
    if name in english.answers:
        return bool(depth) and depth not in english.answers[name].said()
    return entry not in english.words and entry not in english.approaches


def uncovered(text: str, facts: tuple[Fact, ...]) -> Iterator[str]:
    """Yield each sentence of a source that no fact and no omission touches."""
    spans = [f" {' '.join(words(fact.span))} " for fact in facts]
    for sentence in SENTENCE.split(text):
        said = f" {' '.join(words(sentence))} "
        if len(said.split()) >= SENTENCE_WORDS and not any(span in said or said in span for span in spans):
            yield sentence.strip()


def render(content: Content, facts: tuple[Fact, ...]) -> str:
    """Return docs/coverage.md."""
    lines = [
        "# What the two articles say, and where Attune says it",
        "",
        "Written by `attune content coverage` from content/coverage/; change it there. The facts are in our own words.",
    ]
    for source in dict.fromkeys(fact.source for fact in facts):
        ours = [fact for fact in facts if fact.source == source]
        lines += [
            "",
            f"## {content.sources[source].reference()}",
            "",
            "| fact | carried by | kind |",
            "| --- | --- | --- |",
        ]
        lines += [_row(content, fact) for fact in ours if not fact.reason]
        left_out = [f"- “{fact.span} …”: {fact.reason}" for fact in ours if fact.reason]
        lines += ["", "Left out, with the reason:", "", *left_out] if left_out else []
    return "\n".join(lines) + "\n"


def _row(content: Content, fact: Fact) -> str:
    names = ", ".join(f"`{entry}`" for entry in fact.entries)
    return f"| {fact.fact} | {names} | {', '.join(dict.fromkeys(_kinds(content, fact)))} |"


def _kinds(content: Content, fact: Fact) -> Iterator[str]:
    english = content.language("en")
    for entry in fact.entries:
        carrier = english.answers.get(entry.partition(".")[0]) or english.approaches.get(entry)
        if carrier:
            cited = [passage.kind.value for passage in carrier.passages if passage.source == fact.source]
            yield from cited[:1] or ([carrier.kind.value] if isinstance(carrier, Answer) else [])
