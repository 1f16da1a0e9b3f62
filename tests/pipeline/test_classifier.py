"""From a message to a decision, and how Rasa gets it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from attune.text import parse
from pipeline.classifier.decision import Thresholds, decide
from pipeline.classifier.interpret import interpret
from pipeline.classifier.model import IntentModel, Reading, Settings
from pipeline.classifier.output import intent_ranking, response_selector
from pipeline.classifier.rules import corrected
from tests.pipeline.conftest import EXAMPLES


def readings(*pairs: tuple[str, float]) -> list[Reading]:
    return [Reading(name, confidence) for name, confidence in pairs]


def test_the_model_reads_lines_like_its_examples(model: IntentModel) -> None:
    assert model.read("hello there")[0].name == "greet"
    assert model.read("what's attunement")[0].name == "faq/attunement_definition"


def test_confidences_are_probabilities(model: IntentModel) -> None:
    assert sum(reading.confidence for reading in model.read("who is it for")) == pytest.approx(1, abs=1e-4)


def test_a_saved_model_reads_the_same(model: IntentModel, saved: Path) -> None:
    loaded = IntentModel.load(saved)
    for text in ("hi", "find someone in Halifax", "qwertz"):
        before, after = model.read(text), loaded.read(text)
        assert [r.name for r in before][:3] == [r.name for r in after][:3]
        assert after[0].confidence == pytest.approx(before[0].confidence, abs=0.01)


def test_training_twice_gives_the_same_model(model: IntentModel) -> None:
    pairs = [(text, name) for name, texts in EXAMPLES.items() for text in texts]
    again = IntentModel.learn([text for text, _ in pairs], [name for _, name in pairs], Settings())
    assert np.array_equal(model.scores("who is this for"), again.scores("who is this for"))


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (readings(("greet", 0.9), ("thank", 0.1)), "act"),
        (readings(("greet", 0.45), ("thank", 0.05)), "act"),
        (readings(("faq/who_benefits", 0.4), ("faq/benefit_for_me", 0.3)), "two"),
        (readings(("faq/who_benefits", 0.15), ("faq/benefit_for_me", 0.1)), "none"),
        (readings(("out_of_scope", 0.4), ("greet", 0.3)), "none"),
        (readings(("greet", 0.4), ("out_of_scope", 0.3)), "act"),
        (readings(("share_feelings", 0.4), ("crisis/self_harm", 0.3)), "act"),
    ],
)
def test_a_confidence_decides_what_is_done(found: list[Reading], kind: str) -> None:
    assert decide(found, Thresholds()) == kind


def test_a_courtesy_with_a_wish_is_a_wish() -> None:
    found = corrected(readings(("affirm", 0.9), ("inform", 0.1)), wishes=True, bare=False, act=0.5)
    assert found[0].name == "inform"
    assert sum(reading.confidence for reading in found) == pytest.approx(1)


def test_a_message_of_nothing_but_wishes_is_one_unless_the_model_is_sure() -> None:
    assert corrected(readings(("find_therapist", 0.4), ("inform", 0.3)), wishes=True, bare=True, act=0.5)[0].name == "inform"
    assert (
        corrected(readings(("find_therapist", 0.8), ("inform", 0.2)), wishes=True, bare=True, act=0.5)[0].name == "find_therapist"
    )


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [("👍", "affirm", "act"), ("👋", "greet", "act"), ("😀😀", "out_of_scope", "none"), ("", "out_of_scope", "none"),
     ("\x00\x01", "out_of_scope", "none")],
)  # fmt: skip
def test_a_message_without_words(model: IntentModel, text: str, name: str, kind: str) -> None:
    meaning = interpret(model, text, [], Thresholds())
    assert (meaning.readings[0].name, meaning.kind) == (name, kind)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE users;--", "word " * 2000, "你好吗", "a" * 10_000])
def test_bad_input_is_read_without_harm(model: IntentModel, text: str) -> None:
    assert interpret(model, text, parse(text), Thresholds()).readings


def test_rasa_gets_retrieval_intents_in_its_own_form() -> None:
    found = readings(("faq/who_benefits", 0.6), ("greet", 0.2), ("crisis/abuse", 0.15), ("faq/benefit_for_me", 0.05))
    assert intent_ranking(found) == [
        {"name": "faq", "confidence": 0.6}, {"name": "greet", "confidence": 0.2}, {"name": "crisis", "confidence": 0.15},
    ]  # fmt: skip
    selector = response_selector(found)
    assert selector["all_retrieval_intents"] == ["crisis", "faq"]
    assert selector["faq"]["response"]["utter_action"] == "utter_faq/who_benefits"
    assert selector["faq"]["response"]["intent_response_key"] == "faq/who_benefits"
    assert [entry["intent_response_key"] for entry in selector["faq"]["ranking"]] == ["faq/who_benefits", "faq/benefit_for_me"]
