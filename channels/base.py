"""What every connector needs: free text made safe for Rasa, and Rasa's bot messages as neutral parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from channels.render.web import line

TEXT_MAX = 2000
"""Longest free text of one message, in characters."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a visitor, whatever the platform.

    Attributes:
        conversation: Rasa's sender id, made by the server or derived from a verified platform id.
        id: The message's id: the same id is answered once.
        text: What goes to Rasa: cleaned free text, or the payload that a tap stands for.
        said: What the visitor sees as said (a tap's title).
        tapped: True for a tap or a form: `text` is then a payload that we issued.
        static: True when the fixed help reply is the answer and Rasa is not asked (a cry for help over a limit).
        metadata: Handed to Rasa with the message.
    """

    conversation: str
    id: str
    text: str
    said: str
    tapped: bool = False
    static: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)


def wire(part: Part, seq: int) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """A part as a numbered line with ids in place of payloads, and what its ids stand for."""
    made = line(part, seq)
    if made is None:
        return None
    return made.body, {**made.taps, **{f"form:{name}": spec for name, spec in made.forms.items()}}


def clean_text(text: str) -> str:
    """Return free text as Rasa may read it: no control or direction marks, and never a leading "/".

    A leading "/" would skip understanding: `/goodbye@ I want to die` is a plain goodbye to Rasa.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = _CONTROL.sub("", text).strip()
    while text.startswith(("/", "\\", "／")):
        text = text[1:].lstrip()
    return text


def parts_of(message: Mapping[str, Any]) -> list[Part]:
    """Turn one bot message of Rasa into neutral parts: ours as they are, Rasa's own defaults as text and choices."""
    custom = message.get("custom")
    parts = list(custom.get("parts", ())) if isinstance(custom, Mapping) else []
    text = str(message.get("text") or "").strip()
    if text:
        parts.append({"type": "text", "text": text})
    buttons = [*(message.get("quick_replies") or ()), *(message.get("buttons") or ())]
    choices = [{"title": str(b["title"]), "payload": str(b.get("payload") or b["title"])} for b in buttons]
    if choices:
        parts.append({"type": "choices", "choices": choices})
    for name in ("image", "attachment"):
        if isinstance(message.get(name), str):
            link = {"title": message[name], "url": message[name], "kind": "web"}
            parts.append({"type": "text", "text": "", "links": [link]})
    return parts
