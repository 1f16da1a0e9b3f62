"""Corrections that no probability can make: what the entities of a message say about its intent.

1. "yes, in person", "hi, I need French", "thanks, and a woman": a courtesy that carries a wish is `inform`.
2. "Toronto", "max 150 please": a message that says nothing but wishes is `inform`, unless another reading is sure.
3. "what about Moncton instead": a message that the model doubts, that names a wish and may be `inform`, is `inform`.
4. "👍": a message without words is read by its pictures (`SYMBOLS`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.classifier.model import Reading

#: Tapped instead of a word. A message of other pictures says nothing that can be acted on.
SYMBOLS = {
    "affirm": "👍👌✅✔🆗💯",
    "deny": "👎❌✖🚫🙅",
    "thank": "🙏❤💛💚💙💜🤗",
    "greet": "👋",
}
COURTESIES = frozenset({"affirm", "deny", "thank", "greet", "goodbye"})
INFORM = "inform"
#: Among so many first readings, `inform` is possible.
POSSIBLE = 3


def of_symbols(text: str) -> str | None:
    """Return the intent of a message without words: of its first picture that has a plain meaning."""
    meanings = (name for symbol in text for name, symbols in SYMBOLS.items() if symbol in symbols)
    return next(meanings, None)


def corrected(readings: Sequence[Reading], wishes: bool, bare: bool, act: float) -> list[Reading]:
    """Return the readings after the rules.

    Args:
        readings: The model's, likeliest first.
        wishes: Whether the message names at least one wish or takes one back.
        bare: Whether it says nothing else.
        act: The confidence from which a reading counts as sure.
    """
    first = readings[0]
    courtesy = wishes and first.name in COURTESIES
    criterion = bare and first.name != INFORM and first.confidence < act and not first.name.startswith("crisis/")
    doubted = wishes and first.confidence < act and any(reading.name == INFORM for reading in readings[:POSSIBLE])
    doubted = doubted and not first.name.startswith("crisis/")
    if not (courtesy or criterion or doubted) or all(reading.name != INFORM for reading in readings):
        return list(readings)
    known = next(reading for reading in readings if reading.name == INFORM)
    lifted = Reading(INFORM, max(first.confidence, known.confidence, act))
    rest = [reading for reading in readings if reading.name != INFORM]
    scale = (1 - lifted.confidence) / (sum(reading.confidence for reading in rest) or 1.0)
    return [lifted, *(Reading(reading.name, reading.confidence * scale) for reading in rest)]
