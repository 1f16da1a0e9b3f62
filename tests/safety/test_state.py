"""The state: ACTIVE, HELD, none, from what the visitor said and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from attune.safety import Detector, Verdict, VisitorTurn, beside, crisis_state, pinned, respond, state_of


def events(detector: Detector, talk: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}, "crisis": detector.verdict(text).to_dict()}}
        for text, intent in talk
    ]


def modes(detector: Detector, talk: Sequence[tuple[str, str]]) -> list[str]:
    return [crisis_state(events(detector, talk[: at + 1])).mode for at in range(len(talk))]


def test_a_hit_makes_it_active_at_any_turn(detector: Detector) -> None:
    quiet = [("what is attunement", "faq/attunement_definition")] * 199
    assert crisis_state(events(detector, [*quiet, ("I want to die", "inform")])).mode == "active"


def test_safe_leads_to_held_until_the_session_ends(detector: Detector) -> None:
    talk = [("I want to die", "x"), ("yes I'm safe now", "affirm"), *[("somatic", "inform")] * 30]
    assert modes(detector, talk)[1:] == ["held"] * 31


def test_the_first_other_request_stays_the_second_leads_to_held(detector: Detector) -> None:
    talk = [("I want to die", "x"), ("show me therapists", "find_therapist"), ("in Halifax", "inform")]
    assert modes(detector, talk) == ["active", "active", "held"]


def test_a_new_hit_returns_to_active(detector: Detector) -> None:
    talk = [("I want to die", "x"), ("yes I'm safe", "affirm"), ("I'm going to kill myself", "x")]
    assert modes(detector, talk) == ["active", "held", "active"]


def test_misunderstood_never_removes_the_row_after_an_explicit_statement(detector: Detector) -> None:
    talk = [("I want to kill myself", "x"), ("you misunderstood", "give_complaint"), *[("hello", "greet")] * 5]
    assert modes(detector, talk)[1:] == ["held"] * 6


def test_a_false_alarm_is_forgotten_after_two_quiet_turns(detector: Detector) -> None:
    talk = [("what's the point of living", "x"), ("you misunderstood", "x"), ("ok", "affirm"), ("hello", "greet"), ("hi", "greet")]
    assert modes(detector, talk) == ["active", "held", "held", "held", "none"]


def test_two_ambiguous_signs_in_six_turns_are_a_hit(detector: Detector) -> None:
    sign = "I feel dead inside"
    assert detector.verdict(sign).level == "check_in"
    assert modes(detector, [(sign, "share_feelings"), ("ok", "affirm"), (sign, "share_feelings")]) == ["none", "none", "active"]
    far = [(sign, "x"), *[("ok", "affirm")] * 6, (sign, "x")]
    assert modes(detector, far)[-1] == "none"


def test_going_to_do_it_counts_after_a_sign_of_risk(detector: Detector) -> None:
    assert modes(detector, [("I'm going to do it", "x")]) == ["none"]
    assert modes(detector, [("I feel dead inside", "x"), ("I'm going to do it", "x")])[-1] == "active"


def test_a_new_session_starts_clean_and_a_restart_does_not(detector: Detector) -> None:
    told = events(detector, [("I want to die", "x")])
    assert crisis_state([*told, {"event": "restart"}]).mode == "active"
    assert crisis_state([*told, {"event": "session_started"}]).mode == "none"


def test_a_tap_answers_the_question_that_was_asked(detector: Detector) -> None:
    told = events(detector, [("I want to die", "x")])
    tap = {
        "event": "user",
        "parse_data": {"intent": {"name": "deny"}, "entities": [{"entity": "crisis_answer", "value": "wont_call"}]},
    }
    state = crisis_state([*told, tap])
    assert (state.mode, state.moment) == ("active", "wont_call")


def test_yes_and_no_answer_each_kinds_question(detector: Detector) -> None:
    for text, yes in (("I want to die", "held"), ("my husband hits me", "active"), ("my friend wants to die", "active")):
        assert modes(detector, [(text, "x"), ("yes", "affirm")])[-1] == yes


def test_an_event_without_verdict_but_with_a_crisis_intent_is_a_hit() -> None:
    event = {"event": "user", "parse_data": {"intent": {"name": "crisis", "full_retrieval_intent_name": "crisis/abuse"}}}
    assert crisis_state([event]).kind == "abuse"


def test_the_state_is_a_function_of_the_turns() -> None:
    turns = [VisitorTurn("greet")] * 3
    assert state_of(turns) == state_of(list(turns))


def test_the_crisis_speaks_in_place_of_every_other_response(detector: Detector) -> None:
    told = events(detector, [("I want to die", "find_therapist")])
    for wanted in ("utter_greet", "utter_faq/who_benefits", "action_find_therapist", "utter_crisis/self_harm"):
        reply = respond(told, wanted)
        assert reply is not None
        assert reply.parts[0].type == "crisis"


def test_a_rule_with_two_responses_says_it_once(detector: Detector) -> None:
    told = events(detector, [("I want to die", "x")])
    first = respond(told, "utter_a")
    assert first is not None
    said = [*told, {"event": "bot", "data": {"custom": first.to_dict()}}]
    again = respond(said, "utter_b")
    assert again is not None
    assert again.parts == ()


def test_no_crisis_no_word(detector: Detector) -> None:
    told = events(detector, [("somatic therapist in Halifax", "find_therapist")])
    assert respond(told, "utter_greet") is None
    assert pinned(told) is None
    assert beside(told).parts == ()


def test_the_row_stands_beside_every_answer_while_held(detector: Detector) -> None:
    told = events(detector, [("I want to die", "x"), ("I'm safe", "affirm"), ("somatic", "inform")])
    assert respond(told, "utter_x") is None
    assert [part.type for part in beside(told).parts] == ["notice"]


def test_an_ambiguous_message_gets_one_caring_line_beside_the_answer(detector: Detector) -> None:
    told = events(detector, [("I feel dead inside", "share_feelings")])
    assert respond(told, "utter_share_feelings") is None
    assert len(beside(told).parts) == 1


@pytest.mark.parametrize("text", ["I'm not suicidal, I just want a therapist"])
def test_a_denial_alone_gets_one_warm_line(detector: Detector, text: str) -> None:
    told = events(detector, [(text, "find_therapist")])
    assert crisis_state(told).mode == "none"
    assert len(beside(told).parts) == 1


@pytest.mark.parametrize(("score", "mode"), [(0.4, "none"), (0.6, "active")])
def test_two_faint_doubts_of_the_learned_votes_are_no_hit_and_two_likely_ones_are(score: float, mode: str) -> None:
    doubt = VisitorTurn("share_feelings", Verdict("check_in", "self_harm", score=score))
    assert state_of([doubt, doubt]).mode == mode
