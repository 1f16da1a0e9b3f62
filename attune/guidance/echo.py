"""The echo: every wish as understood, in one line, each with a way to take it back."""

from __future__ import annotations

from attune.knowledge import Content
from attune.model.vocabulary import terms
from attune.model.wishes import Field, Force, Query, Wish
from attune.payload import make_payload
from attune.reply import Chip, Notice

#: Fields whose values are codes of a vocabulary; the others carry words or numbers of their own.
TOPIC = {
    Field.APPROACH: "approaches",
    Field.CONCERN: "concerns",
    Field.PROVINCE: "provinces",
    Field.FORMAT: "formats",
    Field.LANGUAGE: "languages",
    Field.GENDER: "genders",
    Field.CLIENT_TYPE: "client_types",
}


def value_name(wish: Wish, language: str) -> str:
    """Return the value of a wish as a visitor reads it: the vocabulary's name, whole dollars, a place."""
    if topic := TOPIC.get(wish.field):
        term = terms(topic).get(str(wish.value))
        return term.name(language) if term else str(wish.value)
    return f"{wish.value:g}" if isinstance(wish.value, int | float) and not isinstance(wish.value, bool) else str(wish.value)


def wish_words(wish: Wish, content: Content, language: str) -> str:
    """Return a wish in a few words: "up to $140", "not online", "a woman (must)"."""
    words = content.text(f"wish.{wish.field.value}", language=language, value=value_name(wish, language))
    if wish.negated:
        words = content.text("wish.not", language=language, wish=words)
    return content.text("wish.must", language=language, wish=words) if wish.force is Force.MUST else words


def summary(query: Query, content: Content, language: str) -> str:
    """Return all wishes in one line."""
    return " · ".join(wish_words(wish, content, language) for wish in query)


def echo(query: Query, content: Content, language: str) -> Notice:
    """Return the line that shows how the visitor was understood, with a chip to take back each part."""
    return Notice("echo", content.text("echo.lead", language=language), tuple(_chip(wish, content, language) for wish in query))


def _chip(wish: Wish, content: Content, language: str) -> Chip:
    words = wish_words(wish, content, language)
    payload = make_payload("inform", {"drop": {"value": wish.field.value, "only": wish.value}})
    return Chip(words, payload, content.text("wish.remove", language=language, wish=words))
