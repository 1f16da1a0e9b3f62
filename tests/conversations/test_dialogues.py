"""The dialogues of development through the trained model: a crisis is answered first and rightly, whatever is going on."""

import uuid

import pytest

from attune.safety.devset import DEV
from attune.safety.dialogues import heard_in, judge, read_dialogues

DIALOGUES = read_dialogues(DEV / "dialogues.yml")


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.name)
async def test_dialogue(dialogue, bot):
    sender = uuid.uuid4().hex
    heard = [heard_in((await bot.say(text, sender)).parts) for text in dialogue.turns]
    results = list(judge([dialogue], lambda _turns: heard))
    assert [f"turn {one.position} got {one.heard}" for one in results if not one.right or one.only_check_in] == []
