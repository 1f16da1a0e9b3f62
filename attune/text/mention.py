"""What a message mentions: the value object between understanding and guidance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing a message says about a search.

    Attributes:
        entity: A name of the entity contract: a wish (`city`, `max_fee` ...), `ordinal` or `drop`.
        value: The canonical value; for `drop` the name of the wish that is taken back.
        role: `not`, `must` or `nice`, otherwise None.
        start: Offset of the first character in the message.
        end: Offset behind the last character.
        text: What the visitor wrote for it.
        replaces: True for "EFT instead": the value takes the place of all earlier ones of the same wish.
        only: With `drop`, the one value that is meant ("forget the somatic part"), otherwise None.
    """

    entity: str
    value: Value
    role: str | None = None
    start: int = 0
    end: int = 0
    text: str = ""
    replaces: bool = False
    only: Value | None = None

    def to_entity(self, extractor: str) -> dict[str, Any]:
        """Return the mention in Rasa's form of an entity."""
        entity: dict[str, Any] = {"entity": self.entity, "value": self.value, "start": self.start, "end": self.end}
        if self.role:
            entity["role"] = self.role
        if self.replaces:
            entity["replaces"] = True
        if self.only is not None:
            entity["only"] = self.only
        return {**entity, "text": self.text, "extractor": extractor}

    @classmethod
    def from_entity(cls, entity: Mapping[str, Any]) -> Mention:
        """Return the mention that `to_entity` wrote; what a button sets needs only `entity` and `value`."""
        return cls(
            entity["entity"],
            entity["value"],
            entity.get("role"),
            int(entity.get("start") or 0),
            int(entity.get("end") or 0),
            str(entity.get("text") or ""),
            bool(entity.get("replaces")),
            entity.get("only"),
        )
