"""Choosing an approach: three short questions, each skippable, and fixed rules (choosing.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from attune.knowledge import Content
from attune.model.places import fold
from attune.model.wishes import Field, Query, Wish
from attune.reply import Choice, Choices, Reply, Text

#: The questions in order, each with the answers that its buttons offer.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "choose_focus": ("feelings", "body", "relating", "bonds", "accepted", "skip"),
    "choose_client_type": ("individual", "couple", "family", "teen", "skip"),
    "choose_format": ("online", "in_person", "skip"),
}
SKIPPING = frozenset({"deny", "affirm", "nlu_fallback", "out_of_scope"})
#: A message of one of these does not answer the question, whatever words it holds.
LEAVING = frozenset({"find_therapist", "restart", "goodbye", "request_human", "request_data_deletion"})
ENTITY = {"choose_client_type": "client_type", "choose_format": "format"}


@cache
def rules() -> Mapping[str, Mapping[str, Any]]:
    """Return choosing.yml."""
    text = Path(__file__).with_name("choosing.yml").read_text(encoding="utf-8")
    parsed: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return parsed


def question(slot: str, content: Content, language: str) -> Reply:
    """Return the question for `slot` with its answers as choices."""
    choices = tuple(content.choice(f"{slot}_{answer}", language) for answer in QUESTIONS[slot])
    return Reply((Text(content.text(f"{slot}.ask", language=language)), Choices(choices)))


def read_answer(
    slot: str, text: str, intent: str, entities: Sequence[Mapping[str, Any]], content: Content, language: str
) -> str | None:
    """Return the answer that a message gives to the question of `slot`, or None when it is about something else.

    Args:
        slot: The question asked.
        text: What the visitor wrote.
        intent: The full intent of the message.
        entities: Its entities; a tap carries `choose_answer`.
        content: Where the words of each answer stand.
        language: The language of the conversation.
    """
    asks = intent.startswith("faq/") and _asks(text, content, language)
    if asks or intent in LEAVING or intent.startswith("crisis/") or is_search(intent, entities):
        return None
    for entity in entities:
        if entity["entity"] == "choose_answer" and entity["value"] in QUESTIONS[slot]:
            return str(entity["value"])
        if entity["entity"] == ENTITY.get(slot) and entity["value"] in QUESTIONS[slot] and entity.get("role") != "not":
            return str(entity["value"])
        if slot == "choose_focus" and entity["entity"] == "approach":
            return next((focus for focus, codes in rules()["focus"].items() if codes == [entity["value"]]), None)
    if said := _said(slot, fold(text), content, language):
        return said
    return "skip" if intent in SKIPPING else None


def is_search(intent: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a message is a search of its own: it asks for therapists, or names wishes of two kinds at once."""
    fields = {entity["entity"] for entity in entities} & {field.value for field in Field}
    return intent == "find_therapist" or len(fields) > 1


def _asks(text: str, content: Content, language: str) -> bool:
    """Return whether `text` is put as a question: by its mark, or by the word that it begins with."""
    words = fold(text).split() or [""]
    return "?" in text or bool({words[0], " ".join(words[:2])} & set(content.items("choose.question_words", language=language)))


def _said(slot: str, text: str, content: Content, language: str) -> str | None:
    """Return the answer whose longest word stands in `text`: "me and my wife" is a couple, "just me" is one person."""
    found = {
        len(word): answer
        for answer in QUESTIONS[slot]
        for word in map(fold, content.items(f"{slot}.{answer}", language=language))
        if re.search(rf"\b{re.escape(word)}\b", text)
    }
    return found[max(found)] if found else None


def recommend(answers: Mapping[str, str | None]) -> list[str]:
    """Return one or two approaches for the answers, by the published rules alone."""
    focus = answers.get("choose_focus") or "skip"
    approaches = list(rules()["focus"].get(focus, rules()["focus"]["skip"]))
    extra = rules()["client_type"].get(answers.get("choose_client_type") or "")
    return list(dict.fromkeys((*approaches, *([extra] if extra else []))))[:2]


def wishes(query: Query, answers: Mapping[str, str | None]) -> Query:
    """Return the search with the answers that are wishes of their own: for whom, and the format."""
    for slot, entity in ENTITY.items():
        value = answers.get(slot)
        if value and value != "skip":
            query = query.adding(Wish(Field(entity), value))
    return query


def recommendation(approaches: Sequence[str], content: Content, language: str) -> Reply:
    """Return the approaches with the reason in a sentence each, and a search for each."""
    crosswalk = content.language(language).approaches
    reasons = tuple(
        content.text("choose.reason", language=language, approach=crosswalk[code].name, attends_to=crosswalk[code].attends_to)
        for code in approaches
    )
    eft = (Text(content.text("search.eft", language=language)),) if "eft" in approaches else ()
    searches: tuple[Choice, ...] = tuple(content.choice(f"find_{code}", language) for code in approaches)
    more = content.choice("approach_difference", language) if len(approaches) > 1 else content.choice("help_me_choose", language)
    lead = Text(content.text("choose.lead", language=language), reasons)
    return Reply((lead, *eft, Text(content.text("choose.after", language=language)), Choices((*searches, more))))
