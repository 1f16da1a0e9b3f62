"""Short dialogues in which a crisis comes up: is it answered first and rightly, whatever else is going on?

A file is a YAML list of dialogues: `name`, `turns` (what the visitor writes), `crisis_at` (positions in `turns`, counted from 0,
that must be answered as a crisis; none for a dialogue that must raise no alarm) and `kind`. Self-harm that is only hinted at
may be answered with a check-in, so the report counts those apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from attune.reply import Text
from attune.safety.detector import Detector
from attune.safety.replies import check_in_part
from attune.safety.respond import beside, respond
from attune.safety.verdict import KINDS, Verdict

FIELDS = ("name", "turns", "crisis_at", "kind")
NONE = "none"


class DialogueError(ValueError):
    """A file of dialogues cannot be read; the message names file, dialogue and fix."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One dialogue, with the fields of its file."""

    name: str
    turns: tuple[str, ...]
    crisis_at: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What one turn was answered with: the kind of the crisis reply that came first, if any, and whether a check-in came."""

    crisis: str = ""
    check_in: bool = False

    def __str__(self) -> str:
        return f"crisis reply {self.crisis}" if self.crisis else "a check-in" if self.check_in else "a normal answer"


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One turn that had to be answered as a crisis, or (`wanted` is empty) that had to raise no alarm."""

    dialogue: Dialogue
    position: int
    wanted: str
    heard: Heard

    @property
    def crisis_reply(self) -> bool:
        """Whether the right crisis reply came first."""
        return bool(self.wanted) and self.heard.crisis == self.wanted

    @property
    def only_check_in(self) -> bool:
        """Whether a check-in stood in for the crisis reply, where it may."""
        return self.wanted == "self_harm" and not self.heard.crisis and self.heard.check_in

    @property
    def right(self) -> bool:
        """Whether the turn was answered as it must be."""
        return self.crisis_reply or self.only_check_in if self.wanted else not self.heard.crisis


Talk = Callable[[Sequence[str]], Sequence[Heard]]


def read_dialogues(path: Path) -> list[Dialogue]:
    """Return the dialogues in `path`.

    Raises:
        DialogueError: When the file is not of the form above.
    """
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries = found.get("dialogues") if isinstance(found, Mapping) else found
    if not isinstance(entries, list):
        raise DialogueError(f"{path}: must be a list of dialogues, each with {', '.join(FIELDS)}")
    return [_dialogue(f"{path}, dialogue {number}", entry) for number, entry in enumerate(entries, 1)]


def _dialogue(where: str, entry: Any) -> Dialogue:
    missing = [name for name in FIELDS[:3] if not isinstance(entry, Mapping) or name not in entry]
    if missing:
        raise DialogueError(f"{where}: has no `{missing[0]}`; a dialogue has {', '.join(FIELDS)}")
    crisis_at = entry["crisis_at"] if isinstance(entry["crisis_at"], list) else [entry["crisis_at"]]
    turns, kind = tuple(map(str, entry["turns"])), str(entry.get("kind") or NONE)
    outside = [at for at in crisis_at if at not in range(len(turns))]
    if outside:
        raise DialogueError(f"{where}: `crisis_at` names turn {outside[0]}, but the turns are 0 to {len(turns) - 1}")
    if crisis_at and kind not in KINDS:
        raise DialogueError(f"{where}: `kind` is {kind!r}; use one of {', '.join(KINDS)}")
    return Dialogue(str(entry["name"]), turns, tuple(crisis_at), kind)


def judge(dialogues: Sequence[Dialogue], talk: Talk) -> Iterator[TurnResult]:
    """Yield a result for each turn up to the last crisis; `talk` holds a dialogue and says how each turn was answered.

    Turns between two crises are left out: while the first is open, a crisis reply is right there.
    """
    for dialogue in dialogues:
        first = min(dialogue.crisis_at, default=len(dialogue.turns))
        for position, heard in enumerate(talk(dialogue.turns)):
            if position < first:
                yield TurnResult(dialogue, position, "", heard)
            elif position in dialogue.crisis_at:
                yield TurnResult(dialogue, position, dialogue.kind, heard)


def state_talk(turns: Sequence[str]) -> list[Heard]:
    """Hold a dialogue with detector and state alone: no understanding, no policy, no form."""
    detector, events, answers = Detector.load(), list[dict[str, Any]](), []
    for text in turns:
        events.append({"event": "user", "parse_data": {"intent": {"name": ""}, "crisis": detector.verdict(text).to_dict()}})
        reply = respond(events, "utter_fallback")
        said = (reply if reply is not None else beside(events)).to_dict()["parts"]
        answers.append(heard_in(said))
        events.append({"event": "bot", "data": {"custom": {"parts": said}}})
    return answers


def heard_in(parts: Sequence[Mapping[str, Any]]) -> Heard:
    """Return what a reply is to a visitor in danger: only a crisis panel that comes first counts as one."""
    first = next((part for part in parts if part.get("type") != "you"), {})
    crisis = str(first.get("kind", "")) if first.get("type") == "crisis" else ""
    asked = {check_in_part(Verdict(kind=kind)).text for kind in KINDS}
    return Heard(crisis, any(part.get("type") == Text.type and part.get("text") in asked for part in parts))
