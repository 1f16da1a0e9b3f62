import pytest

from attune.guidance.choose import QUESTIONS, question, read_answer, recommend, recommendation, rules, wishes
from attune.knowledge import load_content
from attune.model.vocabulary import terms
from attune.model.wishes import Field, Query


@pytest.fixture(scope="module")
def content():
    return load_content()


@pytest.mark.parametrize("slot", QUESTIONS)
def test_every_answer_has_a_button_and_words(slot, content):
    reply = question(slot, content, "en")
    assert len(reply.parts[-1].choices) == len(QUESTIONS[slot])
    for answer in QUESTIONS[slot]:
        assert content.items(f"{slot}.{answer}")


@pytest.mark.parametrize(
    ("slot", "text", "answer"),
    [
        ("choose_focus", "i guess my feelings", "feelings"),
        ("choose_focus", "body stuff", "body"),
        ("choose_focus", "being accepted for who i am", "accepted"),
        ("choose_client_type", "me and my wife", "couple"),
        ("choose_client_type", "my partner and I", "couple"),
        ("choose_format", "either works", "skip"),
        ("choose_format", "face to face", "in_person"),
        ("choose_focus", "purple", None),
    ],
)
def test_an_answer_in_words_is_read(slot, text, answer, content):
    assert read_answer(slot, text, "inform", [], content, "en") == answer


def test_a_question_in_between_is_no_answer(content):
    assert read_answer("choose_focus", "what is somatic therapy, the body one?", "faq/approach_somatic", [], content, "en") is None


def test_no_means_skip(content):
    assert read_answer("choose_focus", "no", "deny", [], content, "en") == "skip"


def test_a_tap_carries_its_answer(content):
    tap = [{"entity": "choose_answer", "value": "bonds"}]
    assert read_answer("choose_focus", "Early bonds", "inform", tap, content, "en") == "bonds"


def test_the_rules_name_known_approaches_only():
    named = {code for codes in rules()["focus"].values() for code in codes} | set(rules()["client_type"].values())
    assert named <= set(terms("approaches"))
    assert set(rules()["focus"]) == set(QUESTIONS["choose_focus"])


def test_one_or_two_approaches_come_out_whatever_was_said():
    for focus in (*QUESTIONS["choose_focus"], None):
        for client in (*QUESTIONS["choose_client_type"], None):
            found = recommend({"choose_focus": focus, "choose_client_type": client})
            assert 1 <= len(found) <= 2


def test_for_us_as_a_couple_adds_the_form_made_for_two():
    assert recommend({"choose_focus": "bonds", "choose_client_type": "couple"}) == ["attachment", "eft"]


def test_the_answers_go_along_into_the_search():
    query = wishes(Query(), {"choose_client_type": "couple", "choose_format": "skip"})
    assert [(wish.field, wish.value) for wish in query] == [(Field.CLIENT_TYPE, "couple")]


def test_the_recommendation_says_why_and_tells_eft_apart(content):
    reply = recommendation(["attachment", "eft"], content, "en")
    assert len(reply.parts[0].items) == 2
    assert "tapping" in reply.parts[1].text
    assert [choice.payload for choice in reply.parts[-1].choices][:2] == [
        '/find_therapist{"approach": "attachment"}',
        '/find_therapist{"approach": "eft"}',
    ]
