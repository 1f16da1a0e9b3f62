"""Everything written in a language, piece by piece, with its place: what the checks and the preview walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from attune.knowledge.model import Answer, Approach, Language, Passage, Response, Said


@dataclass(frozen=True, slots=True)
class Written:
    """One piece of writing.

    Attributes:
        entry: Name for editors: `utter_greet[0]`, `who_benefits.long`, `search.count_many`.
        role: short, long, simple, variant, example (answers), response, word or title.
        said: What a visitor reads.
    """

    entry: str
    role: str
    said: Said

    @property
    def where(self) -> str:
        """File and line."""
        return self.said.where


def written(language: Language) -> Iterator[Written]:
    """Yield everything written in a language."""
    for response in language.responses.values():
        for index, said in enumerate(response.phrasings):
            yield Written(f"{response.name}[{index}]", "response", said)
    for answer in language.answers.values():
        for name, said in answer.said().items():
            yield Written(f"{answer.name}.{name}", name.partition("[")[0].removesuffix("s"), said)
    yield from _beside(language)


def _beside(language: Language) -> Iterator[Written]:
    """Yield what stands around the replies: notes, words for code, the crosswalk, the glossary, titles."""
    notes = (("word", f"{answer.name}.note", answer.note, answer.where) for answer in language.answers.values() if answer.note)
    texts = (("word", words.key, text, words.where) for words in language.words.values() for text in words.texts)
    terms = (("word", term.id, term.text, term.where) for term in language.terms.values())
    titles = (("title", choice.id, choice.title, choice.where) for choice in language.choices.values())
    for role, entry, text, where in chain(notes, texts, terms, titles):
        yield Written(entry, role, Said(text, where=where))
    for approach in language.approaches.values():
        said = Said(approach.session, (approach.attends_to, approach.looked_for_by), where=approach.where)
        yield Written(approach.code, "word", said)


def replies(language: Language) -> Iterator[Written]:
    """Yield what is a reply of its own: responses and the depths of the answers."""
    return (piece for piece in written(language) if piece.role not in ("word", "title"))


def passages(language: Language) -> Iterator[Passage]:
    """Yield the passages of every answer and approach of a language."""
    entries: tuple[Answer | Approach, ...] = (*language.answers.values(), *language.approaches.values())
    for entry in entries:
        yield from entry.passages


def steps(language: Language) -> Iterator[tuple[Response | Answer, str]]:
    """Yield each entry with each of its next steps."""
    entries: tuple[Response | Answer, ...] = (*language.responses.values(), *language.answers.values())
    for entry in entries:
        yield from ((entry, step) for step in entry.next)
