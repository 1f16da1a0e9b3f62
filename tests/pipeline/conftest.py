"""A small intent model, trained once for all tests of the pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.classifier.model import IntentModel, Settings

EXAMPLES = {
    "greet": ["hi", "hello", "good morning", "hey there", "hi bot"],
    "affirm": ["yes", "sure", "ok then", "yes please", "yeah"],
    "inform": ["Toronto", "online please", "max 150", "a woman", "in French"],
    "find_therapist": ["find me a therapist", "I need a counsellor", "show me therapists in Halifax", "looking for a psychologist"],
    "faq/attunement_definition": ["what is attunement", "define attunement", "attunement meaning", "what does attuned mean"],
    "faq/who_benefits": ["who is attunement for", "who benefits from this", "who should look for it", "is it for everybody"],
    "crisis/self_harm": ["I want to die", "I want to hurt myself", "no point in living", "I am going to end it"],
    "out_of_scope": ["what's the weather", "book me a flight", "tell me a joke", "how do I bake bread", "asdf qwer"],
}


@pytest.fixture(scope="session")
def model() -> IntentModel:
    pairs = [(text, name) for name, texts in EXAMPLES.items() for text in texts]
    return IntentModel.learn([text for text, _ in pairs], [name for _, name in pairs], Settings())


@pytest.fixture(scope="session")
def saved(model: IntentModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    model.save(folder)
    return folder
