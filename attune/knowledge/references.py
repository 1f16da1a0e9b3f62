"""Names that one entry uses for another: a next step, a source, a word that the code asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attune.knowledge.errors import did_you_mean
from attune.knowledge.filling import FIGURE, placeholders
from attune.knowledge.model import Answer, Approach, Kind, Language, Passage, Response

if TYPE_CHECKING:
    from attune.knowledge.content import Content

#: Texts that this package itself asks for; every language needs them.
WORDS = (
    "eft.note",
    "faq.no_example",
    "compare.lead",
    "compare.attends_to",
    "compare.session",
    "compare.looked_for_by",
    "source.from",
    "source.none",
    "source.draft",
    "source.reviewed",
    *(f"source.kind.{kind.value.replace(' ', '_')}" for kind in Kind),
)


def check_references(content: Content) -> list[str]:
    """Return a sentence for each name that leads nowhere."""
    problems = [
        problem for figure in content.figures.values() for problem in _source(content, figure.source, figure.where)
    ]
    for language in content.languages.values():
        problems += [
            *_steps(language),
            *_says(language),
            *_passages(content, language),
            *_figures(content, language),
            *_words(language),
        ]
    return problems


def _steps(language: Language) -> Iterator[str]:
    known = {*language.choices, *language.labels, *language.answers}
    entries: tuple[Response | Answer, ...] = (*language.responses.values(), *language.answers.values())
    for entry in entries:
        for step in entry.next:
            if step not in known:
                yield f"{entry.where}: `{entry.name}` leads to `{step}`, which is not in choices.yml{did_you_mean(step, known)}"


def _says(language: Language) -> Iterator[str]:
    for choice in language.choices.values():
        if choice.say not in language.labels:
            near = did_you_mean(choice.say, language.labels)
            yield f"{choice.where}: `{choice.id}` says `{choice.say}`, which is not an intent of intents.yml{near}"


def _passages(content: Content, language: Language) -> Iterator[str]:
    for passage in language_passages(language):
        yield from _source(content, passage.source, passage.where)


def _source(content: Content, id_: str, where: str) -> Iterator[str]:
    if id_ not in content.sources:
        yield f"{where}: source `{id_}` is not in content/sources.yml{did_you_mean(id_, content.sources)}"


def _figures(content: Content, language: Language) -> Iterator[str]:
    known = [FIGURE + name for name, figure in content.figures.items() if language.code in figure.values]
    for where, text in written(language):
        for name in placeholders(text):
            if name.startswith(FIGURE) and name not in known:
                yield f"{where}: `{{{name}}}` is not in content/figures.yml for `{language.code}`{did_you_mean(name, known)}"


def _words(language: Language) -> Iterator[str]:
    for key in WORDS:
        if key not in language.words:
            yield f"content/{language.code}/explain.yml:1: `{key}` is missing under `words:`; add it"


def written(language: Language) -> Iterator[tuple[str, str]]:
    """Yield place and text of everything written in a language that a visitor can read."""
    for response in language.responses.values():
        yield from ((said.where, text) for said in response.phrasings for text in said.strings())
    for answer in language.answers.values():
        yield from ((said.where, text) for said in answer.said().values() for text in said.strings())
        if answer.note:
            yield answer.where, answer.note
    yield from ((words.where, text) for words in language.words.values() for text in words.texts)
    yield from ((choice.where, choice.title) for choice in language.choices.values())


def language_passages(language: Language) -> Iterator[Passage]:
    """Yield the passages of every answer and approach of a language."""
    entries: tuple[Answer | Approach, ...] = (*language.answers.values(), *language.approaches.values())
    for entry in entries:
        yield from entry.passages
