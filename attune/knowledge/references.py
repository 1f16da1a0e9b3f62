"""Names that one entry uses for another: a next step, a source, a figure, a word that the code asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attune.knowledge.errors import did_you_mean
from attune.knowledge.filling import FIGURE, placeholders
from attune.knowledge.model import Kind, Language
from attune.knowledge.written import passages, steps, written

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
    "source.link",
    "source.from",
    "source.none",
    "source.draft",
    "source.reviewed",
    *(f"source.kind.{kind.value.replace(' ', '_')}" for kind in Kind),
)


def check_references(content: Content) -> list[str]:
    """Return a sentence for each name that leads nowhere."""
    figures = content.figures.values()
    problems = [problem for figure in figures for problem in _source(content, figure.source, figure.where)]
    for language in content.languages.values():
        problems += [*_steps(language), *_says(language), *_terms(language), *_sources(content, language)]
        problems += [*_figures(content, language), *_words(language)]
    return problems


def _steps(language: Language) -> Iterator[str]:
    known = {*language.choices, *language.labels, *language.answers}
    for entry, step in steps(language):
        if step not in known:
            near = did_you_mean(step, known)
            yield f"{entry.where}: `{entry.name}` leads to `{step}`, which is neither in choices.yml nor an intent{near}"


def _says(language: Language) -> Iterator[str]:
    for choice in language.choices.values():
        if choice.say not in language.labels:
            near = did_you_mean(choice.say, language.labels)
            yield f"{choice.where}: `{choice.id}` says `{choice.say}`, which is not an intent of intents.yml{near}"


def _terms(language: Language) -> Iterator[str]:
    for term in language.terms.values():
        if term.about not in language.answers:
            near = did_you_mean(term.about, language.answers)
            yield f"{term.where}: `{term.id}` is about `{term.about}`, which is not an answer{near}"


def _sources(content: Content, language: Language) -> Iterator[str]:
    for passage in passages(language):
        yield from _source(content, passage.source, passage.where)


def _source(content: Content, id_: str, where: str) -> Iterator[str]:
    if id_ not in content.sources:
        yield f"{where}: source `{id_}` is not in content/sources.yml{did_you_mean(id_, content.sources)}"


def _figures(content: Content, language: Language) -> Iterator[str]:
    known = [FIGURE + name for name, figure in content.figures.items() if language.code in figure.values]
    for piece in written(language):
        for name in placeholders(" ".join(piece.said.strings())):
            if name.startswith(FIGURE) and name not in known:
                near = did_you_mean(name, known)
                yield f"{piece.where}: `{{{name}}}` is not in content/figures.yml for `{language.code}`{near}"


def _words(language: Language) -> Iterator[str]:
    for key in WORDS:
        if key not in language.words:
            yield f"content/{language.code}/explain.yml:1: `{key}` is missing under `words:`; add it"
