"""What the content promises around the answers: disclosure, boundaries, every intent named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from attune.knowledge import Content
from tests.content.conftest import VALUES
from tests.content.test_reply import choices, texts

CONVERSATION = [
    *(
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "ask_bot_identity",
        "ask_capabilities",
        "restart",
        "request_human",
    ),
    *("give_praise", "give_complaint", "ask_privacy", "request_data_deletion", "ask_explanation", "out_of_scope"),
    *("clarify", "fallback", "fallback_again", "error", "welcome_back"),
]
BOUNDARIES = [
    *("share_feelings", "request_diagnosis", "request_medication_advice", "request_therapy_from_bot"),
    *("disclose_minor", "report_misconduct"),
]


def said(content: Content, name: str, turn: int = 0) -> str:
    return texts(content.reply(f"utter_{name}", turn=turn, **VALUES))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CONVERSATION + BOUNDARIES)
def test_every_intent_of_the_conversation_has_words(content: Content, name: str) -> None:
    assert said(content, name)


@pytest.mark.parametrize("name", [name for name in CONVERSATION + BOUNDARIES if name not in ("clarify",)])
def test_no_reply_is_a_dead_end(content: Content, name: str) -> None:
    assert choices(content.reply(f"utter_{name}", **VALUES))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["greet", "welcome_back", "ask_bot_identity"])
def test_it_says_that_it_is_a_program_and_no_therapist(content: Content, name: str) -> None:
    words = said(content, name)
    assert "program" in words
    assert "not a therapist" in words


@pytest.mark.parametrize("name", BOUNDARIES[1:4])
def test_a_boundary_is_a_clear_no_in_every_phrasing(content: Content, name: str) -> None:
    phrasings = content.language("en").responses[f"utter_{name}"].phrasings
    for turn in range(len(phrasings)):
        assert any(no in said(content, name, turn) for no in ("No", "can't", "has to be a person")), turn


def test_a_minor_hears_of_adults_who_help_and_of_the_youth_line(content: Content) -> None:
    words = said(content, "disclose_minor")
    assert all(word in words for word in ("parent", "school counsellor", "doctor", "the youth help line"))


def test_all_intents_have_a_label_that_fits_a_button(content: Content) -> None:
    labels = content.language("en").labels
    assert len(labels) == 81
    assert all(0 < len(label) <= 40 for label in labels.values())
    assert len(set(labels.values())) == len(labels)


def test_labels_are_those_of_the_intent_contract(content: Content) -> None:
    contract = Path(__file__).parents[3] / "shared" / "design" / "intents.yml"
    if not contract.is_file():
        pytest.skip("the contract is not at hand")
    groups = yaml.safe_load(contract.read_text(encoding="utf-8"))
    names = {f"{group}/{name}" if group in ("faq", "crisis") else name for group, intents in groups.items() for name in intents}
    assert set(content.language("en").labels) == names


def test_would_it_help_me_promises_nothing_and_asks(content: Content) -> None:
    words = said(content, "faq/benefit_for_me")
    assert "can't know" in words
    assert "?" in words
