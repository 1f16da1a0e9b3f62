import pytest

from attune.payload import PayloadError, make_payload, parse_payload


def test_a_tap_on_a_plain_intent_carries_its_entities():
    data = parse_payload('/inform{"city": "Trois-Rivières", "format": "online"}', "Online in Trois-Rivières")
    assert data["text"] == "Online in Trois-Rivières"
    assert data["intent"] == {"name": "inform", "confidence": 1.0}
    assert [(item["entity"], item["value"]) for item in data["entities"]] == [("city", "Trois-Rivières"), ("format", "online")]


def test_a_tap_on_an_answer_selects_the_response_as_rasas_selector_would():
    data = parse_payload("/faq/who_benefits", "Who benefits")
    assert data["intent"]["name"] == "faq"
    assert data["intent"]["full_retrieval_intent_name"] == "faq/who_benefits"
    assert data["response_selector"]["faq"]["response"]["utter_action"] == "utter_faq/who_benefits"


def test_a_list_stands_for_several_values_and_a_mapping_for_a_role():
    data = parse_payload(make_payload("compare_results", {"ordinal": [1, 2], "approach": {"value": "eft", "role": "not"}}))
    assert [item["value"] for item in data["entities"] if item["entity"] == "ordinal"] == [1, 2]
    assert next(item for item in data["entities"] if item["entity"] == "approach")["role"] == "not"


@pytest.mark.parametrize("payload", ["greet", "/greet{", "/greet{]}", "/greet@0.3", "/Greet", "", "/goodbye@ I want to die"])
def test_anything_else_is_refused(payload):
    with pytest.raises(PayloadError):
        parse_payload(payload)
