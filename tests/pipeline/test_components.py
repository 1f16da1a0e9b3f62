"""The components inside Rasa: train, load, parse."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.lean import import_rasa
from tests.pipeline.conftest import EXAMPLES

import_rasa()

from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402  # Rasa needs the launcher first
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from pipeline.classifier import AttuneClassifier  # noqa: E402
from pipeline.entities import AttuneEntities  # noqa: E402

CONFIG = AttuneClassifier.get_default_config()


def _example(text: str, name: str) -> Message:
    data = {"text": text, "intent": name.partition("/")[0]}
    return Message(data={**data, "intent_response_key": name} if "/" in name else data)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> AttuneClassifier:
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("storage"))
    context, resource = ExecutionContext(GraphSchema({})), Resource("classifier")
    data = TrainingData([_example(text, name) for name, texts in EXAMPLES.items() for text in texts])
    AttuneClassifier.create(CONFIG, storage, resource, context).train(data)
    return AttuneClassifier.load(CONFIG, storage, resource, context)


def parsed(trained: AttuneClassifier, text: str, tmp_path: Path) -> Message:
    entities = AttuneEntities.create({}, LocalModelStorage.create(tmp_path), Resource("e"), ExecutionContext(GraphSchema({})))
    return trained.process(entities.process([Message(data={"text": text})]))[0]


def test_a_retrieval_intent_is_chosen_with_its_full_name(trained: AttuneClassifier, tmp_path: Path) -> None:
    message = parsed(trained, "what is attunement", tmp_path)
    assert message.get("intent")["name"] == "faq"
    assert message.get("readings")[0]["name"] == "faq/attunement_definition"
    assert message.get("response_selector")["faq"]["response"]["utter_action"] == "utter_faq/attunement_definition"
    assert message.get("clarify") is None


def test_entities_carry_value_role_and_span(trained: AttuneClassifier, tmp_path: Path) -> None:
    (entity,) = parsed(trained, "anything but somatic", tmp_path).get("entities")
    found = {name: entity[name] for name in ("entity", "value", "role", "start", "end", "extractor")}
    assert found == {"entity": "approach", "value": "somatic", "role": "not", "start": 13, "end": 20, "extractor": "AttuneEntities"}


def test_a_courtesy_with_a_wish_is_inform(trained: AttuneClassifier, tmp_path: Path) -> None:
    assert parsed(trained, "yes, in person", tmp_path).get("intent")["name"] == "inform"


@pytest.mark.parametrize("text", ["", "   ", "😀😀"])
def test_a_message_that_says_nothing_is_a_fallback(trained: AttuneClassifier, text: str, tmp_path: Path) -> None:
    message = parsed(trained, text, tmp_path)
    assert message.get("intent")["name"] == "nlu_fallback"
    assert message.get("clarify") == "none"


def test_what_is_added_reaches_the_tracker(trained: AttuneClassifier, tmp_path: Path) -> None:
    output = parsed(trained, "find me a therapist in Halifax", tmp_path).as_dict(only_output_properties=True)
    assert {"intent", "intent_ranking", "response_selector", "readings", "entities"} <= set(output)
