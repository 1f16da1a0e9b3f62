import re

import pytest

from attune.talk.expect import Answer, differences
from attune.talk.script import ScriptError, load_conversation

CARDS = {"type": "cards", "total": 8, "cards": [{"id": "1", "name": "A", "facts": [{"label": "Fee", "value": "$120"}]}]}
CHOICES = {"type": "choices", "choices": [{"id": "x", "title": "Show me more"}]}
ANSWER = Answer(
    [{"type": "text", "text": "Attunement is being present."}, CARDS, CHOICES], "faq/origins", {"wish_city": [{"value": "Halifax"}]}
)


@pytest.mark.parametrize(
    "expect",
    [
        {"intent": "faq/origins"},
        {"words": ["being present"]},
        {"no_words": ["tapping"]},
        {"choices": ["more"]},
        {"parts": ["text", "cards", "choices"]},
        {"cards": 1},
        {"cards": {"count": 1, "total": 8, "first": "A", "each": [r"\$120"], "none": ["Sample"]}},
        {"slots": {"wish_city": ["Halifax"], "wish_gender": None}},
        {"crisis": None},
    ],
)
def test_what_holds_passes(expect):
    assert differences(expect, ANSWER, []) == []


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ({"intent": "greet"}, "understood as faq/origins, expected greet"),
        ({"words": ["absent"]}, "does not say 'absent'"),
        ({"no_words": ["present"]}, "says 'present'"),
        ({"choices": ["Compare"]}, "offers no 'Compare'"),
        ({"no_choices": ["more"]}, "offers 'Show me more'"),
        ({"parts": ["text"]}, "has the parts"),
        ({"cards": 3}, "shows 1 cards ['A'], expected 3"),
        ({"cards": {"order": ["B"]}}, "shows ['A'], expected ['B']"),
        ({"cards": {"each": ["Halifax"]}}, "A: no 'Halifax'"),
        ({"slots": {"wish_city": ["Moncton"]}}, "slot wish_city is ['Halifax'], expected ['Moncton']"),
        ({"crisis": "self_harm"}, "crisis panels [], expected self_harm"),
    ],
)
def test_what_does_not_hold_is_a_sentence(expect, sentence):
    assert sentence in "\n".join(differences(expect, ANSWER, []))


def test_a_fragment_is_put_in(tmp_path):
    (tmp_path / "fragments").mkdir()
    (tmp_path / "fragments" / "hello.yml").write_text("turns:\n- say: hi\n- tap: Find a therapist\n")
    (tmp_path / "visit.yml").write_text("name: visitor says hello\nturns:\n- include: hello\n- say: bye\n")
    turns = load_conversation(tmp_path / "visit.yml").turns
    assert [(turn.text, turn.tap) for turn in turns] == [("hi", False), ("Find a therapist", True), ("bye", False)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("turns: [{say: hi}]", "needs `name` and `turns`"),
        ("name: x\nturns: [{expect: {words: [a]}}]", "turn 1: needs either `say` or `tap`"),
        ("name: x\nturns: [{say: hi, expects: {}}]", "`expects` is not known here"),
        ("name: x\nturns: [{say: hi, expect: {word: [a]}}]", "turn 1, expect: `word` is not known here"),
        ("name: [", "visit.yml"),
    ],
)
def test_a_wrong_file_gets_a_sentence(text, sentence, tmp_path):
    (tmp_path / "visit.yml").write_text(text)
    with pytest.raises(ScriptError, match=re.escape(sentence)):
        load_conversation(tmp_path / "visit.yml")
