"""Conversations as data: what a visitor says or taps, and what must come back.

A file has a `name` (a sentence about the visitor) and `turns`. A turn has `say` (typed words) or `tap` (the title of a
choice, chip or card button of the last reply), and what is expected under `expect` (docs/conversations.md lists it all).
`include: NAME` puts in the turns of fragments/NAME.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TURN_FIELDS = frozenset({"say", "tap", "include", "expect"})
EXPECTATIONS = frozenset(
    {"intent", "words", "no_words", "choices", "no_choices", "parts", "cards", "slots", "crisis", "same_cards_as"}
)
CARD_EXPECTATIONS = frozenset({"count", "total", "each", "none", "order", "first"})


class ScriptError(ValueError):
    """A conversation file cannot be used; the message names file, turn and fix."""


@dataclass(frozen=True, slots=True)
class ScriptTurn:
    """One turn: `text` is typed, or tapped when `tap` is true."""

    text: str
    tap: bool
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of a visitor, and where it stands."""

    name: str
    turns: tuple[ScriptTurn, ...]
    path: Path


def load_conversation(path: Path) -> Conversation:
    """Return the conversation in `path` with its fragments put in.

    Raises:
        ScriptError: When the file is not of the form above.
    """
    data = _read(path)
    if not isinstance(data.get("name"), str) or not data.get("turns"):
        raise ScriptError(f"{path}: a conversation needs `name` and `turns`")
    return Conversation(data["name"], tuple(_turns(path, data["turns"])), path)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScriptError(f"{path}: there is no such file") from None
    except yaml.YAMLError as error:
        raise ScriptError(f"{path}: {error}") from None
    if not isinstance(data, Mapping):
        raise ScriptError(f"{path}: must be `name: ...` and `turns: [...]`")
    return data


def _turns(path: Path, turns: Sequence[Mapping[str, Any]]) -> Iterator[ScriptTurn]:
    for number, turn in enumerate(turns, 1):
        where = f"{path}, turn {number}"
        _known(where, turn, TURN_FIELDS)
        if fragment := turn.get("include"):
            home = next(folder for folder in path.parents if (folder / "fragments").is_dir())
            yield from _turns(home / "fragments" / f"{fragment}.yml", _read(home / "fragments" / f"{fragment}.yml")["turns"])
            continue
        if ("say" in turn) == ("tap" in turn):
            raise ScriptError(f"{where}: needs either `say` or `tap`")
        expect = turn.get("expect") or {}
        _known(f"{where}, expect", expect, EXPECTATIONS)
        if isinstance(expect.get("cards"), Mapping):
            _known(f"{where}, cards", expect["cards"], CARD_EXPECTATIONS)
        yield ScriptTurn(str(turn.get("say", turn.get("tap"))), "tap" in turn, expect)


def _known(where: str, found: Mapping[str, Any], known: frozenset[str]) -> None:
    for name in found:
        if name not in known:
            raise ScriptError(f"{where}: `{name}` is not known here; use {', '.join(sorted(known))}")
