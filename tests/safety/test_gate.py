"""The gate in Rasa's pipeline: its verdict outranks every intent, and a crisis intent alone is not obeyed as an alarm."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.lean import import_rasa

import_rasa()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from pipeline.crisis_gate import CrisisGate  # noqa: E402


def parsed(text: str, intent: str = "find_therapist", confidence: float = 0.99, **more: Any) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": confidence}, {"name": "inform", "confidence": 0.005}]
    data = {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": [{"entity": "city", "value": "x"}], **more}
    message = Message(data)
    CrisisGate({}).process([message])
    return message.as_dict(only_output_properties=True)


def test_an_alarm_outranks_a_certain_intent() -> None:
    data = parsed("therapist in Halifax, I want to die")
    assert data["intent"] == {"name": "crisis", "confidence": 1.0}
    assert data["entities"] == []
    assert data["crisis"]["level"] == "alarm"


def test_the_selector_holds_what_rasas_action_reads() -> None:
    selector = parsed("my husband hits me", response_selector={"all_retrieval_intents": ["faq"]})["response_selector"]
    assert selector["all_retrieval_intents"] == ["faq", "crisis"]
    assert selector["crisis"]["response"]["utter_action"] == "utter_crisis/abuse"
    assert selector["crisis"]["ranking"][0]["intent_response_key"] == "crisis/abuse"


def test_an_alarm_overrides_the_fallback() -> None:
    assert parsed("i wanna die", "nlu_fallback", 0.3)["intent"]["name"] == "crisis"


def test_a_crisis_intent_without_a_verdict_gives_way() -> None:
    data = parsed("somatic therapist in Halifax", "crisis", 0.6)
    assert data["intent"]["name"] == "inform"
    assert data["crisis"]["level"] == "none"


def test_text_that_looks_like_a_payload_gets_no_way_round() -> None:
    assert parsed("/goodbye@ I want to die", "goodbye")["intent"]["name"] == "crisis"


def test_the_gate_works_without_a_detector(caplog: pytest.LogCaptureFixture) -> None:
    gate = CrisisGate({"language": "none that we have"})
    assert "FileNotFoundError" in caplog.text
    message = Message({"text": "I am suicidal", "intent": {"name": "greet"}, "intent_ranking": [], "entities": []})
    gate.process([message])
    assert message.get("intent")["name"] == "crisis"
    assert "suicidal" not in caplog.text
