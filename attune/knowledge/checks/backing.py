"""What it rests on: passages, their spans, review state and dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attune.knowledge.checks.findings import Finding, Subject
from attune.knowledge.evidence import LOCK, digest, read_list, stands_in
from attune.knowledge.model import Kind, Passage
from attune.knowledge.written import passages

SPAN_WORDS = 25


def check_passages(subject: Subject) -> Iterator[Finding]:
    """Every answer and approach rests on a passage, and every span stands in its source."""
    locked = read_list(subject.root / LOCK)
    for language in subject.content.languages.values():
        for answer in language.answers.values():
            if not answer.passages:
                yield Finding(answer.where, f"`{answer.name}` rests on nothing; add `passages:` with source and span")
            elif answer.kind not in {passage.kind for passage in answer.passages}:
                yield Finding(answer.where, f"`{answer.name}` is called {answer.kind}, but no passage of it is")
        for passage in passages(language):
            yield from _span(subject, passage, locked)


def _span(subject: Subject, passage: Passage, locked: frozenset[str]) -> Iterator[Finding]:
    source = subject.content.sources[passage.source]
    text = subject.texts.get(source.id)
    if not passage.span:
        if source.text:
            yield Finding(passage.where, f"the passage of `{source.id}` has no span; quote at most {SPAN_WORDS} words")
    elif (count := len(passage.span.split())) > SPAN_WORDS:
        yield Finding(passage.where, f"the span has {count} words, at most {SPAN_WORDS}; quote less")
    elif text is not None and not stands_in(passage.span, text):
        yield Finding(passage.where, f"the span is not in {source.text}; copy it word for word: “{passage.span}”")
    elif text is None and digest(source.id, passage.span) not in locked:
        advice = "check it against the source, then run `attune content lock --sources FOLDER`"
        yield Finding(passage.where, f"nobody has found this span in `{source.id}`; {advice}")


def check_sources(subject: Subject) -> Iterator[Finding]:
    """Every source says how it was read, and is used."""
    content = subject.content
    used = {passage.source for language in content.languages.values() for passage in passages(language)}
    used |= {figure.source for figure in content.figures.values()}
    for source in content.sources.values():
        if source.id not in used:
            yield Finding(source.where, f"source `{source.id}` backs nothing; use it or take it out", warning=True)
        if not (source.text or source.cited_by or source.note):
            advice = "say in `note` how it was read, or name its `text`"
            yield Finding(source.where, f"nothing says how `{source.id}` was read; {advice}")
        if source.url and not source.url.startswith(("https://", "http://")):
            yield Finding(source.where, f"the address of `{source.id}` must begin with https://")


def check_dates(subject: Subject) -> Iterator[Finding]:
    """What is past its review date is a warning, and an error before a release."""
    for where, name, review_by in _dated(subject):
        if review_by < subject.today:
            message = f"`{name}` was to be reviewed by {review_by}; read it again, then set a new `review_by`"
            yield Finding(where, message, warning=not subject.release)


def _dated(subject: Subject) -> Iterator[tuple[str, str, date]]:
    for language in subject.content.languages.values():
        yield from ((answer.where, answer.name, answer.review_by) for answer in language.answers.values())
        yield from ((one.where, one.code, one.review_by) for one in language.approaches.values())
    yield from ((figure.where, figure.name, figure.review_by) for figure in subject.content.figures.values())


def draft_count(subject: Subject) -> int:
    """Return how many answers no clinician has reviewed."""
    return sum(answer.state == "draft" for part in subject.content.languages.values() for answer in part.answers.values())


def kinds(subject: Subject) -> dict[Kind, int]:
    """Return how many answers there are of each kind, in English."""
    answers = subject.content.language("en").answers.values()
    return {kind: sum(answer.kind is kind for answer in answers) for kind in Kind}
