from attune.guidance.history import intent_of, last_offer, last_topic, repeated, said_before


def user(intent, **data):
    return {"event": "user", "parse_data": {"intent": {"name": intent}, **data}}


def bot(about="", parts=()):
    return {
        "event": "bot",
        "metadata": {"about": about, "utter_action": f"utter_{about}"},
        "data": {"custom": {"parts": list(parts)}},
    }


OFFER = {
    "type": "choices",
    "choices": [{"title": "More", "payload": "/show_more"}, {"title": "Why", "payload": "/explain_results"}],
}


def test_a_retrieval_intent_has_its_full_name():
    selected = {"faq": {"response": {"intent_response_key": "faq/origins"}}}
    assert intent_of(user("faq", response_selector=selected)) == "faq/origins"
    assert intent_of(user("greet")) == "greet"


def test_what_was_said_before_is_counted_by_topic_and_by_response():
    events = [user("a"), bot("faq/origins"), user("b"), bot("faq/origins"), user("c")]
    assert said_before(events, "faq/origins") == 2
    assert said_before(events, "utter_faq/origins") == 2


def test_the_last_topic_is_the_newest_of_the_kinds_asked_for():
    events = [user("a"), bot("faq/origins"), user("b"), bot("results"), user("c")]
    assert last_topic(events) == "results"
    assert last_topic(events, ("faq/",)) == "faq/origins"
    assert last_topic([user("a")]) == ""


def test_a_yes_takes_the_first_choice_of_the_last_turn_only():
    offered = [user("a"), bot("results", [OFFER]), user("affirm")]
    assert last_offer(offered) == OFFER["choices"][0]
    assert last_offer([*offered[:2], user("thank"), bot("thank"), user("affirm")]) is None


def test_misunderstandings_in_a_row_are_counted():
    assert repeated([user("greet"), user("nlu_fallback"), bot(), user("nlu_fallback")], "nlu_fallback") == 2
    assert repeated([user("nlu_fallback"), user("greet")], "nlu_fallback") == 0
