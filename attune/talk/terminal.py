"""A reply in the terminal: bubbles, numbered choices, cards as panels, help lines first and plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from attune.talk.expect import Answer

Part = Mapping[str, Any]


def show(console: Console, answer: Answer) -> None:
    """Print an answer; what can be tapped is numbered, so that typing the number taps it."""
    for part in answer.parts:
        if part["type"] in RENDER:
            console.print(Padding(Group(*RENDER[part["type"]](part)), (0, 2)))
    for number, title in enumerate(offers(answer), 1):
        console.print(Text(f"  [{number}] {title}", style="cyan"))


def offers(answer: Answer) -> list[str]:
    """Return the titles of what can be tapped, in the order of their numbers."""
    return list(answer.offers)


def _links(part: Part) -> Iterable[RenderableType]:
    return [Text(f"{link['title']}: {link['url']}", style="blue") for link in part.get("links", ())]


def _text(part: Part) -> Iterable[RenderableType]:
    if part.get("title"):
        yield Text(part["title"], style="bold")
    yield Text(part.get("text", ""))
    yield from (Text(f"• {item}") for item in part.get("items", ()))
    yield from _links(part)
    yield Text("")


def _cards(part: Part) -> Iterable[RenderableType]:
    for number, card in enumerate(part["cards"], part.get("first", 1)):
        table = Table.grid(padding=(0, 2))
        for fact in card.get("facts", ()):
            table.add_row(Text(fact["label"], style="dim"), Text(fact["value"]))
        reasons = Text("Why: " + ", ".join(card["reasons"]), style="italic") if card.get("reasons") else Text("")
        about = [Text(card["about"] + "\n")] if card.get("about") else []
        title = f"{number}. {card['name']} {' '.join(f'({badge})' for badge in card.get('badges', ()))}"
        yield Panel(
            Group(Text(card.get("subtitle", ""), style="dim"), *about, table, reasons, *_links(card)),
            title=Text(title),
            title_align="left",
        )


def _crisis(part: Part) -> Iterable[RenderableType]:
    inside: list[RenderableType] = [Text(line + "\n") for line in part["text"]]
    for line in part["lines"]:
        ways = " · ".join(link["title"] for link in line["links"])
        inside.append(Text(f"{line['name']}: {ways} {line.get('hours', '')} {line.get('note', '')}".rstrip(), style="bold"))
    inside += [Text("\n" + line) for line in part.get("after", ())]
    yield Panel(Group(*inside), border_style="red")


def _notice(part: Part) -> Iterable[RenderableType]:
    yield Text(part.get("text", ""), style="dim")
    yield from _links(part)


def _nothing(_part: Part) -> Iterable[RenderableType]:
    return ()


RENDER = {"text": _text, "cards": _cards, "crisis": _crisis, "notice": _notice, "choices": _nothing, "form": _nothing}
