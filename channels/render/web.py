"""The neutral reply as lines of the web wire (widget/reply.schema.json).

Payloads never leave the server: each tap gets an id, and the caller keeps what the id stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SCHEMES = ("https:", "http:", "tel:", "sms:", "mailto:")

Json = dict[str, Any]


@dataclass(slots=True)
class Line:
    """One line of the wire, and the payloads and forms that its ids stand for.

    Attributes:
        body: What the browser gets.
        taps: Button id to (payload, title).
        forms: Form id to the names and allowed values of its fields.
    """

    body: Json
    taps: dict[str, tuple[str, str]] = field(default_factory=dict)
    forms: dict[str, Json] = field(default_factory=dict)


def line(part: Mapping[str, Any], seq: int) -> Line | None:
    """Return `part` as line number `seq`, or None for a type that this wire does not know."""
    make = _RENDER.get(str(part.get("type", "")))
    if make is None:
        return None
    result = Line({"seq": seq, "type": part["type"]})
    result.body |= make(part, _Ids(result, seq))
    return result


class _Ids:
    """Hands out ids for taps, `<seq>.<number>`: the same turn run again gives the same ids."""

    def __init__(self, line: Line, seq: int) -> None:
        self.line, self.seq = line, seq

    def taps(self, choices: Sequence[Mapping[str, Any]]) -> list[Json]:
        return [self._tap(choice) for choice in choices]

    def _tap(self, choice: Mapping[str, Any]) -> Json:
        key = f"{self.seq}.{len(self.line.taps) + 1}"
        title = str(choice["title"])
        self.line.taps[key] = (str(choice.get("payload") or title), title)
        label = choice.get("label")
        return {"id": key, "title": title} | ({"label": str(label)} if label else {})


def links(found: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Keep the links whose scheme is safe to follow."""
    return [
        {"title": str(link["title"]), "url": str(link["url"]), "kind": str(link.get("kind") or "other")}
        for link in found
        if str(link.get("url", "")).lower().startswith(SCHEMES)
    ]


def help_line(item: Mapping[str, Any]) -> Json:
    """One help line, as panels and error replies show it."""
    body = {"id": str(item["id"]), "name": str(item["name"]), "links": links(item.get("links", ()))}
    return body | _some(item, "hours", "note")


def _some(part: Mapping[str, Any], *names: str) -> Json:
    """The named values that are not empty."""
    return {name: part[name] for name in names if part.get(name)}


def _strings(values: Sequence[Any]) -> list[str]:
    return [str(value) for value in values]


def _text(part: Mapping[str, Any], _ids: _Ids) -> Json:
    body: Json = {"text": str(part.get("text", ""))} | _some(part, "title", "copyable")
    if part.get("items"):
        body["items"] = _strings(part["items"])
    if part.get("links"):
        body["links"] = links(part["links"])
    return body


def _choices(part: Mapping[str, Any], ids: _Ids) -> Json:
    return {"choices": ids.taps(part.get("choices", ()))}


def _card(card: Mapping[str, Any], ids: _Ids) -> Json:
    return {
        "id": str(card.get("id", "")),
        "name": str(card.get("name", "")),
        **_some(card, "subtitle", "about"),
        "facts": [{"label": str(f["label"]), "value": str(f["value"])} for f in card.get("facts", ())],
        "reasons": _strings(card.get("reasons", ())),
        "badges": _strings(card.get("badges", ())),
        "links": links(card.get("links", ())),
        "choices": ids.taps(card.get("choices", ())),
    }


def _cards(part: Mapping[str, Any], ids: _Ids) -> Json:
    return {
        "layout": part.get("layout") or "list",
        "first": part.get("first") or 1,
        **({} if part.get("total") is None else {"total": part["total"]}),
        "cards": [_card(card, ids) for card in part.get("cards", ())],
    }


def _crisis(part: Mapping[str, Any], ids: _Ids) -> Json:
    return {
        "kind": str(part.get("kind", "")),
        "text": _strings(part.get("text", ())),
        "lines": [help_line(item) for item in part.get("lines", ())],
        "after": _strings(part.get("after", ())),
        "quick_exit": bool(part.get("quick_exit")),
        "choices": ids.taps(part.get("choices", ())),
    }


def _form(part: Mapping[str, Any], ids: _Ids) -> Json:
    fields: list[Json] = [
        {
            "name": str(f["name"]),
            "label": str(f["label"]),
            "kind": str(f.get("kind") or "text"),
            **({"options": [_strings(option) for option in f["options"]]} if f.get("options") else {}),
        }
        for f in part.get("fields", ())
    ]
    ids.line.forms[str(part["id"])] = {
        f["name"]: {"label": f["label"], "kind": f["kind"], "options": dict(f.get("options", ()))} for f in fields
    }
    return {"id": str(part["id"]), "title": str(part["title"]), "fields": fields, "submit": str(part["submit"])}


def _notice(part: Mapping[str, Any], ids: _Ids) -> Json:
    body: Json = {"kind": str(part.get("kind") or "info"), "text": str(part.get("text", ""))}
    if part.get("chips"):
        body["chips"] = ids.taps(part["chips"])
    if part.get("links"):
        body["links"] = links(part["links"])
    return body


def _you(part: Mapping[str, Any], _ids: _Ids) -> Json:
    """The visitor's own words, so that a resumed session shows both sides."""
    return {"id": str(part["id"]), "text": str(part["text"])}


_RENDER: dict[str, Callable[[Mapping[str, Any], _Ids], Json]] = {
    "you": _you,
    "text": _text,
    "choices": _choices,
    "cards": _cards,
    "crisis": _crisis,
    "form": _form,
    "notice": _notice,
}
