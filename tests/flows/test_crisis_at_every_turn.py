"""A crisis before, between and after the turns of every conversation file: answered first, rightly, with nothing beside it."""

import uuid

import pytest

from attune.talk.script import load_conversation
from tests.conversations.test_conversations import FILES
from tests.flows.crises import KINDS, LINES, wrongs


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_a_crisis_is_answered_first_at_every_turn(path, bot):
    turns, sender, offers, wrong = load_conversation(path).turns, uuid.uuid4().hex, {}, []
    for position in range(len(turns) + 1):
        kind = KINDS[(FILES.index(path) + position) % len(KINDS)]
        answer = await bot.say(LINES[kind], await bot.fork(sender))
        wrong += [f"{LINES[kind]!r} before turn {position}: {found}" for found in wrongs(answer, kind)]
        if position < len(turns):
            turn = turns[position]
            offers = (await bot.say(turn.text, sender, offers[turn.text]["payload"] if turn.tap else "")).offers
    assert wrong == []
