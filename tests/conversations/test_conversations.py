"""Every conversation file, through the trained model and the real actions."""

import json
import uuid
from pathlib import Path

import jsonschema
import pytest

from attune.settings import ROOT
from attune.talk.expect import differences
from attune.talk.script import load_conversation
from channels.render.web import line

HERE = Path(__file__).parent
WIRE = jsonschema.Draft7Validator(json.loads((ROOT / "widget" / "reply.schema.json").read_text(encoding="utf-8")))
FILES = sorted(path for path in HERE.rglob("*.yml") if path.parent.name != "fragments")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_conversation(path, bot):
    script = load_conversation(path)
    sender, earlier, heard = uuid.uuid4().hex, [], []
    for turn in script.turns:
        payload = ""
        if turn.tap:
            offers = earlier[-1].offers
            assert turn.text in offers, f"{path.name}: {turn.text!r} cannot be tapped; offered: {list(offers)}\n" + "\n".join(heard)
            payload = offers[turn.text]["payload"]
        answer = await bot.say(turn.text, sender, payload)
        heard += [f"  visitor: {turn.text}", f"  bot ({answer.intent}): {answer.words()[:600]}"]
        problems = differences(turn.expect, answer, earlier)
        assert not problems, f"{script.name} ({path.name}), at {turn.text!r}: " + "; ".join(problems) + "\n" + "\n".join(heard)
        for seq, part in enumerate(answer.parts, 1):
            WIRE.validate(line(part, seq).body)
        unnamed = [choice for card in answer.cards for choice in card.get("choices", ()) if card["name"] not in choice["title"]]
        assert not unnamed, "a tap on a card names its therapist"
        earlier.append(answer)
