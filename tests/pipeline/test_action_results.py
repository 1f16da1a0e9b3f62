"""What the action server answers is checked as Rasa checks it, against Rasa's own schema."""

import pytest
from jsonschema import ValidationError

from pipeline.lean import import_rasa

import_rasa()
from rasa.core.actions.action import RemoteAction  # noqa: E402

from pipeline import action_results  # noqa: E402

GOOD = {"events": [{"event": "slot", "name": "wish_city", "value": ["Halifax"], "timestamp": None}], "responses": [{"text": "x"}]}
BAD = [
    {"events": {}},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "no such event"}]},
    {"responses": ["text"]},
    {"events": [], "responses": {"text": "x"}},
    [],
]


@pytest.fixture
def action(monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    rasas = RemoteAction._validate_action_result
    action_results.install()
    return RemoteAction("action_find", None), rasas


def test_a_good_answer_passes(action):
    ours, _ = action
    assert ours._validate_action_result(GOOD)


@pytest.mark.parametrize("result", BAD, ids=str)
def test_what_rasa_refuses_is_refused(action, result):
    ours, rasas = action
    with pytest.raises(ValidationError):
        rasas(ours, result)
    with pytest.raises(ValidationError):
        ours._validate_action_result(result)
