"""What must be there: every answer in every language, phrasings, next steps, examples."""

from __future__ import annotations

from collections.abc import Iterator

from attune.knowledge.checks.findings import Finding, Subject
from attune.knowledge.model import Answer, Language, Response
from attune.knowledge.written import steps

MOST_STEPS, MOST_IN_MENU = 3, 8
#: Answers that a visitor will ask an example of: the five dimensions and what a client can do.
WITH_EXAMPLE = (
    "affective_attunement",
    "cognitive_attunement",
    "developmental_attunement",
    "rhythmic_attunement",
    "empathic_attunement",
    "notice_present_moment",
    "name_feelings",
    "give_feedback",
    "mindful_breathing",
)


def check_answers(subject: Subject) -> Iterator[Finding]:
    """Every faq intent is answered in every language, and nothing else is."""
    intents = {intent for language in subject.content.languages.values() for intent in language.labels}
    wanted = {intent.removeprefix("faq/") for intent in intents if intent.startswith("faq/")}
    for language in subject.content.languages.values():
        for name in sorted(wanted - language.answers.keys()):
            yield Finding(f"content/{language.code}/faq:1", f"`faq/{name}` has no answer; add faq/{name}.yml")
        for name in sorted(language.answers.keys() - wanted):
            where = language.answers[name].where
            yield Finding(where, f"`{name}` is not an intent; add its label to intents.yml or take it out")


def check_parity(subject: Subject) -> Iterator[Finding]:
    """Every language has what English has."""
    english = subject.content.languages.get("en")
    for language in subject.content.languages.values():
        for section in ("responses", "words", "labels", "choices", "approaches", "terms") if english else ():
            for name in sorted(getattr(english, section).keys() - getattr(language, section).keys()):
                message = f"`{name}` of {section} is in English only; translate it"
                yield Finding(f"content/{language.code}:1", message)


def check_steps(subject: Subject) -> Iterator[Finding]:
    """At most three next steps, at most eight in a menu, none that leads back to itself."""
    for language in subject.content.languages.values():
        yield from _counts(language)
        for entry, step in steps(language):
            if step == entry.name:
                yield Finding(entry.where, f"`{entry.name}` leads to itself; choose another next step")


def _counts(language: Language) -> Iterator[Finding]:
    entries: tuple[Response | Answer, ...] = (*language.responses.values(), *language.answers.values())
    for entry in entries:
        most = MOST_IN_MENU if entry.menu else MOST_STEPS
        if len(entry.next) > most:
            yield Finding(entry.where, f"`{entry.name}` has {len(entry.next)} next steps, at most {most}; drop some")


def check_phrasings(subject: Subject) -> Iterator[Finding]:
    """An answer has two phrasings or more, none of them twice, and an example where one will be asked for."""
    for language in subject.content.languages.values():
        for answer in language.answers.values():
            texts = [said.text for said in (answer.short, *answer.variants)]
            if len(set(texts)) < 2:
                yield Finding(answer.where, f"`{answer.name}` has one phrasing; add another under `variants`")
            if answer.name in WITH_EXAMPLE and not answer.example:
                yield Finding(answer.where, f"`{answer.name}` has no example; add `example`")
