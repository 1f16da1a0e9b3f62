"""Does an answer say what a conversation file expects? Every difference becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back for one turn: the parts of the reply and, where the bot runs in process, what was understood."""

    parts: Sequence[Part]
    intent: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cards(self) -> list[Part]:
        """The therapists shown, in order."""
        return [card for part in self.parts if part["type"] == "cards" for card in part["cards"]]

    @property
    def offers(self) -> dict[str, Part]:
        """Everything that can be tapped, by title; of two with one title the first."""
        found: dict[str, Part] = {}
        for part in self.parts:
            for holder in (part, *part.get("cards", ())):
                for offer in (*holder.get("choices", ()), *holder.get("chips", ())):
                    found.setdefault(offer["title"], offer)
        return found

    def words(self) -> str:
        """Every string that the visitor sees, one a line."""
        return "\n".join(_strings(self.parts))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in ("type", "id", "payload", "kind", "layout"):
                yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def differences(expect: Mapping[str, Any], answer: Answer, earlier: Sequence[Answer]) -> list[str]:
    """Return what differs between `expect` and `answer`; `earlier` are the answers before it."""
    found: list[str] = []
    for name, wanted in expect.items():
        found += CHECKS[name](wanted, answer, earlier)
    return found


def _intent(wanted: str, answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    if answer.intent is None or answer.intent == wanted:
        return []
    return [f"understood as {answer.intent}, expected {wanted}"]


def _words(wanted: list[str], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    said = answer.words()
    return [f"does not say {word!r}" for word in wanted if not re.search(word, said, re.IGNORECASE)]


def _no_words(wanted: list[str], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    said = answer.words()
    return [f"says {word!r}" for word in wanted if re.search(word, said, re.IGNORECASE)]


def _choices(wanted: list[str], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    titles = list(answer.offers)
    return [f"offers no {word!r} (only {titles})" for word in wanted if not any(re.search(word, title) for title in titles)]


def _no_choices(wanted: list[str], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    return [f"offers {title!r}" for title in answer.offers for word in wanted if re.search(word, title)]


def _parts(wanted: list[str], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    types = [part["type"] for part in answer.parts]
    return [] if types == wanted else [f"has the parts {types}, expected {wanted}"]


def _cards(wanted: int | Mapping[str, Any], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    rules: Mapping[str, Any] = {"count": wanted} if isinstance(wanted, int) else wanted
    cards, names = answer.cards, [card["name"] for card in answer.cards]
    found = []
    if "count" in rules and len(cards) != rules["count"]:
        found.append(f"shows {len(cards)} cards {names}, expected {rules['count']}")
    total = next((part.get("total") for part in answer.parts if part["type"] == "cards"), None)
    if "total" in rules and total != rules["total"]:
        found.append(f"counts {total} in all, expected {rules['total']}")
    if "first" in rules and names[:1] != [rules["first"]]:
        found.append(f"begins with {names[:1]}, expected {rules['first']!r}")
    if "order" in rules and names != rules["order"]:
        found.append(f"shows {names}, expected {rules['order']}")
    for card in cards:
        said = "\n".join(_strings(card))
        found += [f"{card['name']}: no {word!r}" for word in rules.get("each", ()) if not re.search(word, said, re.IGNORECASE)]
        found += [f"{card['name']}: has {word!r}" for word in rules.get("none", ()) if re.search(word, said, re.IGNORECASE)]
    return found


def _same_cards_as(turns_back: int, answer: Answer, earlier: Sequence[Answer]) -> list[str]:
    before = [card["id"] for card in earlier[-turns_back].cards]
    now = [card["id"] for card in answer.cards]
    return [] if now == before else [f"shows {now}, {turns_back} turns ago it was {before}"]


def _slots(wanted: Mapping[str, Any], answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    """A wish slot is compared by its values: `wish_city: [Halifax]`; None says that it is empty."""
    if not answer.slots:
        return []
    found = []
    for name, value in wanted.items():
        held = answer.slots.get(name)
        held = [item["value"] for item in held] if isinstance(held, list) and held and isinstance(held[0], Mapping) else held
        if held != value:
            found.append(f"slot {name} is {held!r}, expected {value!r}")
    return found


def _crisis(wanted: str | None, answer: Answer, _earlier: Sequence[Answer]) -> list[str]:
    kinds = [part["kind"] for part in answer.parts if part["type"] == "crisis"]
    if wanted is None:
        return [f"raises an alarm: {kinds}"] if kinds else []
    return [] if kinds == [wanted] else [f"crisis panels {kinds}, expected {wanted}"]


CHECKS: Mapping[str, Callable[[Any, Answer, Sequence[Answer]], list[str]]] = {
    "intent": _intent,
    "words": _words,
    "no_words": _no_words,
    "choices": _choices,
    "no_choices": _no_choices,
    "parts": _parts,
    "cards": _cards,
    "same_cards_as": _same_cards_as,
    "slots": _slots,
    "crisis": _crisis,
}
