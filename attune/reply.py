"""The neutral reply: what the bot says in one turn, before any channel gives it a form.

Actions and the nlg make it, `channels/render/` turns it into HTML-free JSON for the widget or into the
payloads of a messaging platform. `to_dict` is what travels inside Rasa (as a bot message's `custom`).
All strings are plain text: a renderer escapes them, nothing here is markup.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the visitor can tap instead of typing.

    Attributes:
        title: What is shown, and what stands for the tap in the conversation; at most 40 characters.
        payload: Rasa's form, `/intent` or `/intent{"entity": "value"}`. Never sent to a browser or a platform:
            a channel keeps it and hands out an id.
    """

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Link:
    """An https, tel or sms address; `kind` lets a channel choose an icon or leave it out."""

    title: str
    url: str
    kind: Literal["profile", "video", "booking", "search", "source", "phone", "text", "web", "other"] = "other"


@dataclass(frozen=True, slots=True)
class Text:
    """One bubble: a paragraph or more (separated by blank lines), then items, then links.

    `copyable` marks words meant to be taken along (a first message, a summary): a channel offers copy and print.
    """

    type: ClassVar[str] = "text"
    text: str
    items: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    title: str = ""
    copyable: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """At most three next steps (a clarifying question or a menu may have more), below what was said."""

    type: ClassVar[str] = "choices"
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value on a card or in a comparison, already in words ("Fee", "$120 to $150 a session")."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """One therapist of the directory.

    Attributes:
        id: The listing's id.
        name: Display name.
        subtitle: Credentials and pronouns, or empty.
        facts: What the listing says, unknown values said as "not known".
        reasons: Why it is shown, one short phrase for each wish met.
        badges: Short labels such as "Sample" or "Waitlist".
        about: The therapist's own words, or empty.
        links: Profile, intro video, booking.
        choices: What can be done with this one (details).
    """

    id: str
    name: str
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    reasons: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    about: str = ""
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Therapists, in order. `layout` is a list, one in detail, or a comparison (facts share labels and order)."""

    type: ClassVar[str] = "cards"
    cards: tuple[Card, ...]
    layout: Literal["list", "detail", "compare"] = "list"
    first: int = 1
    total: int | None = None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A help or emergency line as shown: `links` are the ways to reach it (tel:, sms:, https:)."""

    id: str
    name: str
    links: tuple[Link, ...]
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A crisis reply: fixed words and verified lines. Nothing else may stand beside it in a turn.

    Attributes:
        kind: self_harm, harm_to_others, abuse, medical or someone_else.
        text: Paragraphs before the lines.
        lines: At most three, the one that matters first.
        after: Paragraphs after the lines, with the one open question.
        quick_exit: Put the way out of the page before the content (abuse).
        choices: Easy answers to the question.
    """

    type: ClassVar[str] = "crisis"
    kind: str
    text: tuple[str, ...]
    lines: tuple[HelpLine, ...]
    after: tuple[str, ...] = ()
    quick_exit: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form; every field is optional, `options` are (value, label)."""

    name: str
    label: str
    kind: Literal["text", "number", "choice"] = "text"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Several small questions at once, for channels that can show them; others ask in turn."""

    type: ClassVar[str] = "form"
    id: str
    title: str
    fields: tuple[FormField, ...]
    submit: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the echo that can be taken back with one tap: its words, and the payload that removes it."""

    title: str
    payload: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A line beside the talk: the echo of the wishes, a count, the sample-data note, the pinned help line."""

    type: ClassVar[str] = "notice"
    kind: Literal["echo", "count", "sample", "pinned", "info"]
    text: str
    chips: tuple[Chip, ...] = ()
    links: tuple[Link, ...] = ()


Part = Text | Choices | Cards | Panel | Form | Notice
PARTS: dict[str, type[Part]] = {part.type: part for part in (Text, Choices, Cards, Panel, Form, Notice)}


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything said in one turn, in order."""

    parts: tuple[Part, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Return `{"parts": [{"type": ..., ...}, ...]}`, JSON-ready, payloads included (for Rasa, not for a browser)."""
        return {"parts": [{"type": part.type, **_plain(asdict(part))} for part in self.parts]}

    def __add__(self, other: Reply) -> Reply:
        return Reply(self.parts + other.parts)


def _plain(value: Any) -> Any:
    """Turn tuples into lists and leave out what is empty, so that a stored turn stays small and JSON-equal."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item not in ("", (), None, False)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
