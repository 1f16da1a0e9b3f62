"""From a message to a decision, without Rasa: what the component does live and the evaluation measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attune.text import Mention, says_only
from pipeline.classifier.decision import Kind, Thresholds, decide
from pipeline.classifier.model import Array, IntentModel, Reading
from pipeline.classifier.rules import corrected, of_symbols

NOTHING = (Reading("out_of_scope", 0.0),)
#: A message of Chinese or Arabic letters has words too, but hardly one that the encoder knows.
WORDS = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Interpretation:
    """The readings of a message, likeliest first, and what they are worth."""

    readings: Sequence[Reading]
    kind: Kind


def interpret(
    model: IntentModel, text: str, mentions: Sequence[Mention], thresholds: Thresholds, vector: Array | None = None
) -> Interpretation:
    """Return what `text` means; `vector` is its embedding where the caller has it already."""
    if not WORDS.search(text):
        meant = of_symbols(text)
        return Interpretation([Reading(meant, 1.0)], "act") if meant else Interpretation(NOTHING, "none")
    wishes = [mention for mention in mentions if mention.entity != "ordinal"]
    bare = bool(wishes) and says_only(text, [(wish.start, wish.end) for wish in wishes])
    readings = corrected(model.read(text, vector), bool(wishes), bare, thresholds.act)
    return Interpretation(readings, decide(readings, thresholds))
