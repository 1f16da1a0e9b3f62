"""Lines of the wire as messages of the Telegram Bot API: HTML-escaped text, inline buttons, cards as text with links.

Works on numbered lines (render/web.py), whose ids are short enough for Telegram's 64 bytes of callback data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

TEXT_MAX = 3900
"""Telegram allows 4,096 characters; some room is left for marks."""
CALLBACK_MAX = 64

Json = dict[str, Any]
Line = Mapping[str, Any]


def messages(lines: Sequence[Line], words: Mapping[str, str]) -> list[Json]:
    """Return payloads of sendMessage, without the chat, in order. Choices become buttons under what stands before."""
    made: list[Json] = []
    for line in lines:
        if line["type"] == "choices" and made and "reply_markup" not in made[-1]:
            made[-1]["reply_markup"] = keyboard(line["choices"])
        elif line["type"] in _RENDER:
            for text, taps in _RENDER[line["type"]](line, words):
                made += _messages(text, taps)
    return made


def keyboard(choices: Sequence[Line]) -> Json:
    """Inline buttons, one a row, so that long titles stay readable."""
    return {
        "inline_keyboard": [
            [{"text": str(one["title"]), "callback_data": str(one["id"])}]
            for one in choices
            if len(str(one["id"]).encode()) <= CALLBACK_MAX
        ]
    }


def split(text: str, limit: int = TEXT_MAX) -> list[str]:
    """Split marked-up text at paragraphs, lines or words; no mark spans a line, so every piece stays whole."""
    pieces: list[str] = []
    while len(text) > limit:
        cut = max(text.rfind("\n\n", 0, limit), 0) or max(text.rfind("\n", 0, limit), 0) or _word(text, limit)
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [piece for piece in [*pieces, text] if piece]


def _word(text: str, limit: int) -> int:
    """The end of the last whole word (or entity such as `&amp;`) before the limit."""
    space = text.rfind(" ", 0, limit)
    if space > 0:
        return space
    entity = text.rfind("&", limit - 10, limit)
    return entity if entity > 0 and ";" not in text[entity:limit] else limit


def _messages(text: str, taps: Sequence[Line]) -> list[Json]:
    base = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    made: list[Json] = [{"text": piece, **base} for piece in split(text)]
    if taps and made:
        made[-1]["reply_markup"] = keyboard(taps)
    return made


def _bold(text: object) -> str:
    return "\n".join(f"<b>{escape(line)}</b>" if line.strip() else "" for line in str(text).split("\n"))


def _links(found: Sequence[Line]) -> str:
    """Links in a line; Telegram follows only web links, so numbers stand as text and are tapped by themselves."""
    return " · ".join(
        f'<a href="{escape(str(link["url"]))}">{escape(str(link["title"]))}</a>'
        if str(link["url"]).startswith(("https://", "http://"))
        else escape(_number(link))
        for link in found
    )


def _number(link: Line) -> str:
    title, number = str(link["title"]), str(link["url"]).partition(":")[2].partition("?")[0]
    return title if number in title or not number else f"{title}: {number}"


def _lines(*pieces: str) -> str:
    return "\n".join(piece for piece in pieces if piece)


def _text(line: Line, _words: Mapping[str, str]) -> list[tuple[str, Sequence[Line]]]:
    items = "\n".join(f"• {escape(str(item))}" for item in line.get("items", ()))
    blocks = [_bold(line["title"]) if line.get("title") else "", escape(str(line["text"])), items, _links(line.get("links", ()))]
    return [("\n\n".join(block for block in blocks if block), ())]


def _choices(line: Line, words: Mapping[str, str]) -> list[tuple[str, Sequence[Line]]]:
    return [(escape(words["input_hint"]), line["choices"])]


def _cards(line: Line, words: Mapping[str, str]) -> list[tuple[str, Sequence[Line]]]:
    if line["layout"] == "compare":
        return [(_compare(line, words), ())]
    many = line["layout"] == "list" and (len(line["cards"]) > 1 or line["first"] > 1)
    return [
        (_card(card, f"{line['first'] + index}. " if many else "", words), card["choices"])
        for index, card in enumerate(line["cards"])
    ]


def _card(card: Line, number: str, words: Mapping[str, str]) -> str:
    return _lines(
        _bold(number + card["name"]),
        escape(card.get("subtitle", "")),
        escape(" · ".join(card["badges"])),
        "",
        *(f"✓ {escape(reason)}" for reason in card["reasons"]),
        *(f"{escape(fact['label'])}: {escape(fact['value'])}" for fact in card["facts"]),
        f"{escape(words['about'])}: {escape(card['about'])}" if card.get("about") else "",
        _links(card["links"]),
    )


def _compare(line: Line, words: Mapping[str, str]) -> str:
    rows: dict[str, list[str]] = {}
    for card in line["cards"]:
        for fact in card["facts"]:
            rows.setdefault(fact["label"], []).append(f"{escape(card['name'])}: {escape(fact['value'])}")
    return "\n\n".join([_bold(words["compare_caption"]), *(_lines(_bold(name), *cells) for name, cells in rows.items())])


def help_lines(found: Sequence[Line]) -> str:
    """Help lines with their ways, each in a block of its own."""
    return "\n\n".join(
        _lines(_bold(one["name"]), _links(one["links"]), escape(one.get("hours", "")), escape(one.get("note", ""))) for one in found
    )


def _crisis(line: Line, _words: Mapping[str, str]) -> list[tuple[str, Sequence[Line]]]:
    blocks = [*map(escape, line["text"]), help_lines(line["lines"]), *map(escape, line["after"])]
    return [("\n\n".join(blocks), line["choices"])]


def _form(line: Line, words: Mapping[str, str]) -> list[tuple[str, Sequence[Line]]]:
    """A form's questions at once, answered in words."""
    fields = "\n".join(f"• {escape(field['label'])}" for field in line["fields"])
    return [(f"{_bold(line['title'])}\n{fields}\n\n{escape(words['platform_form'])}", ())]


def _notice(line: Line, _words: Mapping[str, str]) -> list[tuple[str, Sequence[Line]]]:
    chips = [{"id": chip["id"], "title": f"✕ {chip['title']}"} for chip in line.get("chips", ())]
    return [(_lines(f"<i>{escape(line['text'])}</i>", _links(line.get("links", ()))), chips)]


_RENDER = {
    "text": _text,
    "choices": _choices,
    "cards": _cards,
    "crisis": _crisis,
    "form": _form,
    "notice": _notice,
}
