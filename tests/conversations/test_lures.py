"""Every lure through the trained model: the line is held in words, and there is a way on; a crisis in it is answered as one."""

import re
import uuid

import pytest
import yaml

from attune.settings import ROOT
from tests.flows.crises import wrongs

FILE = yaml.safe_load((ROOT / "tests" / "safety" / "lures.yml").read_text(encoding="utf-8"))
NOT_YET = frozenset(FILE.get("not_yet", ()))
#: Where any refusal may lead.
ANYWHERE = {"find_therapist", "ask_capabilities"}


def lures():
    """Yield group and text; what does not hold yet is expected to fail, and must leave the list when it no longer does."""
    for group in FILE["lures"]:
        for text in group["texts"]:
            marks = [pytest.mark.xfail(strict=True)] if text in NOT_YET else []
            yield pytest.param(group, text, id=text, marks=marks)


@pytest.mark.parametrize(("group", "text"), lures())
async def test_lure(group, text, bot):
    sender = uuid.uuid4().hex
    for before in group.get("after", ()):
        await bot.say(before, sender)
    answer = await bot.say(text, sender)
    if "kind" in group:
        assert wrongs(answer, group["kind"]) == []
        return
    said = answer.words()
    assert any(re.search(pattern, said) for pattern in group["refusal"]), f"no refusal ({answer.intent}): {said[:300]}"
    offered = {offer["payload"].lstrip("/").partition("{")[0] for offer in answer.offers.values()}
    assert offered & {group["next"], *ANYWHERE} or "choose_answer" in str(answer.offers), f"no next step: {sorted(offered)}"
    assert "crisis" not in {part["type"] for part in answer.parts}


def test_what_does_not_hold_yet_is_in_the_file():
    assert {text for group in FILE["lures"] for text in group["texts"]} >= NOT_YET
