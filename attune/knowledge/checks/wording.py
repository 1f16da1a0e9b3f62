"""How it is said: reading grade, length, forbidden words, numbers, placeholders, copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from attune.knowledge.checks.findings import Finding, Subject
from attune.knowledge.errors import did_you_mean
from attune.knowledge.evidence import SHINGLES, read_list, runs, shingle
from attune.knowledge.filling import FIGURE, PLACEHOLDER, placeholders
from attune.knowledge.grade import grade, reading_text
from attune.knowledge.loading import FOREIGN
from attune.knowledge.model import Language
from attune.knowledge.written import Written, replies, written

MAX_GRADE, MEAN_GRADE = 8.0, 6.5
MAX_WORDS = {"short": 60, "variant": 60, "simple": 40, "example": 60, "response": 60, "long": 120, "word": 60}
BUBBLE_WORDS, TITLE_LENGTH = 60, 40
#: Below this a text is too short for a school grade to mean anything ("Emotion-focused therapy." is grade 10).
GRADED_WORDS = 8


def check_grade(subject: Subject) -> Iterator[Finding]:
    """Every reply reads at grade 8 or easier, and all of them at 6.5 on average."""
    for language in subject.content.languages.values():
        yield from _hard(language)
        grades = [grade(reading_text(piece.said)) for piece in replies(language)]
        mean = sum(grades) / len(grades) if grades else 0.0
        if mean > MEAN_GRADE:
            message = f"the replies have a mean reading grade of {mean:.1f}, at most {MEAN_GRADE}; simplify the hardest"
            yield Finding(f"content/{language.code}:1", message)


def _hard(language: Language) -> Iterator[Finding]:
    for piece in written(language):
        text = reading_text(piece.said)
        if piece.role != "title" and len(text.split()) >= GRADED_WORDS and (measured := grade(text)) > MAX_GRADE:
            advice = "make the sentences shorter, the words plainer"
            message = f"`{piece.entry}` has a reading grade of {measured:.1f}, at most {MAX_GRADE:.0f}; {advice}"
            yield Finding(piece.where, message)


def check_length(subject: Subject) -> Iterator[Finding]:
    """A bubble holds at most 60 words, a title 40 characters."""
    for language in subject.content.languages.values():
        for piece in written(language):
            yield from _long_title(piece) if piece.role == "title" else _long_text(piece)
        for intent, label in language.labels.items():
            if len(label) > TITLE_LENGTH:
                yield _title(f"content/{language.code}/intents.yml:1", intent, label)


def _long_title(piece: Written) -> Iterator[Finding]:
    if len(piece.said.text) > TITLE_LENGTH:
        yield _title(piece.where, piece.entry, piece.said.text)


def _title(where: str, entry: str, title: str) -> Finding:
    return Finding(where, f"the title of `{entry}` has {len(title)} characters, at most {TITLE_LENGTH}; shorten it")


def _long_text(piece: Written) -> Iterator[Finding]:
    count, most = sum(len(text.split()) for text in (piece.said.text, *piece.said.items)), MAX_WORDS[piece.role]
    if count > most:
        yield Finding(piece.where, f"`{piece.entry}` has {count} words, at most {most}; move the rest into `long`")
    for paragraph in piece.said.text.split("\n\n"):
        if (words := len(paragraph.split())) > BUBBLE_WORDS:
            message = f"a paragraph of `{piece.entry}` has {words} words, at most {BUBBLE_WORDS}; split it by a blank line"
            yield Finding(piece.where, message)


def check_forbidden(subject: Subject) -> Iterator[Finding]:
    """No word of forbidden.yml stands in any text, the crisis and widget texts included."""
    for language in subject.content.languages.values():
        folder = subject.root / language.code
        rules = _rules(subject.root, language.code)
        for piece in written(language):
            for text in piece.said.strings():
                yield from _forbidden(rules, piece.where, f"`{piece.entry}`", text)
        for intent, label in language.labels.items():
            yield from _forbidden(rules, f"content/{language.code}/intents.yml:1", f"`{intent}`", label)
        for name in FOREIGN:
            for text in _strings(folder / name):
                yield from _forbidden(rules, f"content/{language.code}/{name}:1", "a text here", text)


def _rules(root: Path, language: str) -> list[tuple[re.Pattern[str], str]]:
    path = root / "forbidden.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    listed: Mapping[str, str] = (data or {}).get(language, {})
    return [(re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in listed.items()]


def _forbidden(rules: list[tuple[re.Pattern[str], str]], where: str, entry: str, text: str) -> Iterator[Finding]:
    for pattern, instead in rules:
        if match := pattern.search(text.replace("’", "'")):
            yield Finding(where, f"{entry} says “{match[0]}”; {instead}")


def _strings(path: Path) -> Iterator[str]:
    if path.is_file():
        yield from _leaves(yaml.safe_load(path.read_text(encoding="utf-8")))


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | list):
        for value in data.values() if isinstance(data, Mapping) else data:
            yield from _leaves(value)


def check_numbers(subject: Subject) -> Iterator[Finding]:
    """No digit is typed: help lines come from help_lines.yml through code, other numbers from figures.yml."""
    for language in subject.content.languages.values():
        for piece in written(language):
            for text in piece.said.strings():
                if match := re.search(r"\d[\d\s().-]*", PLACEHOLDER.sub("", text)):
                    advice = "put a figure into figures.yml as `{fig_...}`, a help line behind a placeholder"
                    yield Finding(piece.where, f"`{piece.entry}` holds a number typed by hand (“{match[0].strip()}”); {advice}")


def check_placeholders(subject: Subject) -> Iterator[Finding]:
    """Replies use only placeholders of placeholders.yml, which every caller fills, and figures."""
    known = [*known_placeholders(subject.root), *(FIGURE + name for name in subject.content.figures)]
    for language in subject.content.languages.values():
        for piece in replies(language):
            links = (f"{link.title} {link.url}" for link in piece.said.links)
            for name in sorted(placeholders(" ".join((*piece.said.strings(), *links)))):
                if name not in known:
                    near = did_you_mean(name, known)
                    yield Finding(piece.where, f"`{piece.entry}` uses `{{{name}}}`, not in placeholders.yml{near}")


def known_placeholders(root: Path) -> Mapping[str, str]:
    """Return the placeholders of replies, each with a sample value."""
    path = root / "placeholders.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: str(entry["sample"]) for name, entry in (data or {}).get("placeholders", {}).items()}


def check_copies(subject: Subject) -> Iterator[Finding]:
    """No text shares a run of eight words with either article."""
    stored = read_list(subject.root / SHINGLES)
    for language in subject.content.languages.values():
        for piece in written(language):
            for text in piece.said.strings():
                if run := next((run for run in runs(text) if shingle(run) in stored), None):
                    yield Finding(piece.where, f"`{piece.entry}` repeats a source: “{run}”; say it in our own words")
