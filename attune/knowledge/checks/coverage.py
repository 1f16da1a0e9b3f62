"""Whether every fact of the articles is carried, and the published table is current."""

from __future__ import annotations

from collections.abc import Iterator

from attune.knowledge.checks.findings import Finding, Subject
from attune.knowledge.coverage import SPAN_WORDS, load_coverage, missing_entry, render, uncovered
from attune.knowledge.evidence import LOCK, digest, read_list, stands_in

TABLE = "docs/coverage.md"


def check_coverage(subject: Subject) -> Iterator[Finding]:
    """Each fact names entries that exist and a span that stands in its source; no sentence is forgotten."""
    facts, locked = load_coverage(subject.root), read_list(subject.root / LOCK)
    for fact in facts:
        for entry in fact.entries:
            if missing_entry(subject.content, entry):
                yield Finding(fact.where, f"`{entry}` is nowhere written; name the entry that carries this fact")
        text = subject.texts.get(fact.source)
        found = stands_in(fact.span, text) if text is not None else digest(fact.source, fact.span) in locked
        if len(fact.span.split()) > SPAN_WORDS:
            yield Finding(fact.where, f"the span is longer than {SPAN_WORDS} words; its first words are enough")
        if not found:
            yield Finding(fact.where, f"this span is not found in `{fact.source}`; copy it word for word: “{fact.span}”")
        if not fact.reason and not fact.entries:
            yield Finding(fact.where, f"no entry carries “{fact.fact}”; write it, or move it to `left_out` with a reason")
    for source, text in subject.texts.items():
        for sentence in uncovered(text, tuple(fact for fact in facts if fact.source == source)):
            yield Finding("content/coverage:1", f"`{source}` also says “{sentence}”; add the fact, or leave it out with a reason")
    table = subject.root.parent / TABLE
    if facts and table.parent.is_dir() and (not table.is_file() or table.read_text("utf-8") != render(subject.content, facts)):
        yield Finding(f"{TABLE}:1", "the table is not current; run `attune content coverage`")
