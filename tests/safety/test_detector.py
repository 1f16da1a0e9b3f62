"""The detector on its own sentences, its context rules and its union."""

from __future__ import annotations

import pytest

from attune.safety import Detector, Verdict
from attune.safety.devset import dev_lines, nlu_lines
from attune.safety.evaluation import Judged


def test_every_family_finds_its_own_sentences(detector: Detector) -> None:
    lost = []
    for family in detector.families.families:
        for text in family.sentences:
            verdict = detector.verdict(text)
            if verdict.level == "none" and not verdict.after_risk:
                lost.append((family.id, text))
    assert lost == []


def test_no_family_alarms_on_its_counter_examples(detector: Detector) -> None:
    alarms = [
        (family.id, text)
        for family in detector.families.families
        for text in family.nots
        if detector.verdict(text).level == "alarm"
    ]
    assert alarms == []


def test_every_family_of_the_list_is_covered(detector: Detector) -> None:
    ids = {family.id[:4] for family in detector.families.families} | {"C007", "C045"}
    elsewhere = {
        "C004",
        "C032",
        "C048",
        "C065",
        "C069",
        "C070",
        "C071",
        "C072",
        "C073",
        "C074",
        "C075",
        "C076",
        "C077",
        "C078",
        "C079",
        "C088",
        "C089",
        "C090",
        "C101",
        "C110",
        "C128",
        "C129",
        "C130",
        "C131",
        "C132",
        "C133",
        "C134",
        "C135",
        "C136",
        "C141",
    }
    missing = {f"C{number:03d}" for number in range(1, 142)} - ids - elsewhere
    assert missing == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I want to kill myself", "self_harm"),
        ("i dont want to live anymore", "self_harm"),
        ("my husband hits me", "abuse"),
        ("I'm going to kill my boss", "harm_to_others"),
        ("I took a whole bottle of pills", "medical"),
        ("my brother says he wants to die", "someone_else"),
    ],
)
def test_the_five_kinds(detector: Detector, text: str, kind: str) -> None:
    verdict = detector.verdict(text)
    assert (verdict.level, verdict.kind) == ("alarm", kind)


def test_two_kinds_at_once_take_the_higher(detector: Detector) -> None:
    assert detector.verdict("I want to die and I just swallowed a bottle of pills").kind == "medical"
    assert detector.verdict("I want to die because my husband hits me").kind == "abuse"


@pytest.mark.parametrize(
    "text",
    [
        "I'm not suicidal, just sad",
        "I don't want to die",
        "I don't want to hurt anyone",
        "I used to feel suicidal, much better now",
        "my father died by suicide and I'm grieving",
        "I am a therapist and I treat suicidal clients",
        "what does unalive mean",
        "do therapists have to report suicidal thoughts",
        "go kill yourself bot",
        "survivor of childhood abuse, need someone attuned",
    ],
)
def test_context_takes_the_alarm_away(detector: Detector, text: str) -> None:
    assert detector.verdict(text).level != "alarm"


@pytest.mark.parametrize(
    "text",
    [
        "I'm not suicidal but I don't want to be here anymore",
        "I can't say I'm not thinking about suicide",
        "I don't want to live",
        "I won't kill myself tonight but tomorrow I will",
        "I used to be suicidal and lately it is back",
        "this job is killing me and honestly I want to die",
        "not trying to die, I just cut myself",
        "therapist in Halifax, I want to die",
        "can't sleep, can't eat, keep wanting to kill myself",
        "I never stopped self-harming",
        "I haven't stopped hurting myself",
        "I can't not hurt myself",
        "my husband never stopped hitting me",
        "I never stopped cutting",
        "I don't not want to kill myself",
        "I'm not not suicidal",
        "I wouldn't say that I don't want to die",
        "I'm not saying I don't want to kill myself",
        "I want to never stop hurting people",
        "I've never been more suicidal",
        "I never wanted to die this badly",
        "give me one reason not to kill myself",
        "I'm a teacher, seven months pregnant, and my husband hits me",
        "he never says sorry after he chokes me",
        "I teach adult literacy. A learner wrote that he plans to kill himself",
    ],
)
def test_context_keeps_the_alarm(detector: Detector, text: str) -> None:
    assert detector.verdict(text).level == "alarm"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("my husband has never hit me", True),
        ("my husband hit me", False),
        ("I have never self-harmed", True),
        ("I should have never been born", False),
    ],
)
def test_never_within_a_hit_makes_it_a_question_where_it_denies(detector: Detector, text: str, denied: bool) -> None:
    readings = detector.explain(text)["context"]
    assert readings
    assert any("denied within" in reading["notes"] for reading in readings) == denied


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("my mum says I'm not suicidal. I am.", ["taken back"]),
        ("not suicidal? that's a lie", ["taken back"]),
        ("I'm not suicidal. I am just tired", ["negated"]),
        ("I don't have no plans to kill myself", ["negated"]),
        ("I'm not suicidal, I don't want to die", ["negated"]),
    ],
)
def test_context_tells_a_denial_from_one_that_is_taken_back(detector: Detector, text: str, notes: list[str]) -> None:
    assert detector.explain(text)["context"][0]["notes"] == notes


@pytest.mark.parametrize(
    "text",
    [
        "My mother thinks I'm not suicidal. I am, every day",
        "I wrote on the form that I don't want to die. That was a lie.",
        "I lied when I said that I wasn't suicidal",
    ],
)
def test_a_denial_that_is_taken_back_alarms(detector: Detector, text: str) -> None:
    verdict = detector.verdict(text)
    assert (verdict.level, verdict.kind, verdict.answer) == ("alarm", "self_harm", "")


@pytest.mark.parametrize("text", ["I don't want to die, that is not true", "I'm not suicidal, my mother only thinks I am"])
def test_a_denial_that_disputes_what_others_say_is_no_alarm(detector: Detector, text: str) -> None:
    verdict = detector.verdict(text)
    assert (verdict.level, verdict.denial) == ("check_in", False)


def test_a_lie_told_elsewhere_takes_no_denial_back(detector: Detector) -> None:
    text = "I don't want to kill myself, I only want my evenings back and a person who says so. My ex tells lies, that was a lie"
    assert detector.verdict(text).level != "alarm"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("I used to be suicidal", ["past"]),
        ("I am suicidal and want somebody who is used to older men", []),
        ("I was suicidal years ago and I am used to talking about it", ["past"]),
    ],
)
def test_being_used_to_something_is_no_past(detector: Detector, text: str, notes: list[str]) -> None:
    assert detector.explain(text)["context"][0]["notes"] == notes


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("I've been suicidal for the past two weeks", []),
        ("I am young and I want to die", []),
        ("I have a history of depression and I want to kill myself", []),
        ("a past suicide attempt", ["past"]),
        ("a former client attempted suicide", ["past"]),
        ("I was suicidal in the past", ["past"]),
    ],
)
def test_what_is_past_of_something_else_hides_no_present(detector: Detector, text: str, notes: list[str]) -> None:
    assert [note for note in detector.explain(text)["context"][0]["notes"] if note == "past"] == notes


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("I'm a nurse and my husband hits me", False),
        ("I work with a girl, she wants to die", False),
        ("I am a nurse, one of a dozen on a ward for suicidal people", True),
        ("I'm a nurse, our patients attempt suicide", True),
    ],
)
def test_a_profession_lowers_what_is_said_of_nobody_in_particular(detector: Detector, text: str, lowered: bool) -> None:
    notes = [note for reading in detector.explain(text)["context"] for note in reading["notes"]]
    assert ("profession" in notes or "generic" in notes) == lowered


@pytest.mark.parametrize("text", ["he says he aint got no way out but to die", "they wont notice when im gone gone either"])
def test_negation_is_part_of_having_no_way_out(detector: Detector, text: str) -> None:
    assert all("negated" not in reading["notes"] for reading in detector.explain(text)["context"])


@pytest.mark.parametrize("text", ["my mum says I'm not suicidal. I am", "I'm not not suicidal", "I don't not want to kill myself"])
def test_nobody_is_thanked_for_a_denial_that_is_none(detector: Detector, text: str) -> None:
    verdict = detector.verdict(text)
    assert verdict.level in ("alarm", "check_in")
    assert (verdict.denial, verdict.answer) == (False, "")


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("every day I think about hanging", True),
        ("I'm thinking about hanging the picture", False),
        ("I just wanted to hang up", False),
        ("I want to jump from the top floor", True),
        ("I want to go under a train", True),
        ("does the path go under the train tracks", False),
        ("I have to go under my truck and look at the brakes", False),
        ("our business is going under, the bus was too expensive", False),
        ("I'd like to take my life into my own hands", False),
        ("I want to take my life in my own hands and end it", True),
        ("I want to take my life in my car", True),
        ("I want to take my life to a better place", True),
        ("he'd jump off a bridge for a bargain", False),
        ("I'd jump off a bridge for a bit of peace", True),
        ("he'd jump off a bridge for her", True),
        ("my stepson is on the motorway bridge because we quarrelled", True),
        ("my husband works on the railway line", False),
        ("the lads are on the roof fixing tiles", False),
        ("his search history is all about dying in your sleep", True),
        ("she won't be living in June", True),
        ("she won't be living in Toronto in June", False),
        ("mum's gonna kill me, i lost her earrings", False),
        ("I've taken a lot of sleeping tablets and I can't feel my hands", True),
        ("she told me she wishes she was dead", True),
        ("he said sorry and on Monday hit me with the ladder", True),
        ("that song hit me hard", False),
        ("no appetite, suicidal thoughts, crying", True),
        ("no suicidal thoughts", False),
        ("a voice says kill yourself", True),
        ("a pie to die for", False),
        ("I deserve to die for my sins", True),
        ("my sister wants out of the world cup group chat", False),
        ("nicks from shaving on my leg", False),
        ("three years without any cut to my pay, and now this", False),
        ("he put a bag over his head as a halloween costume", False),
        ("the beam holds his weight, the loft is safe", False),
        ("my husband is on the bridge and says traffic is bad", False),
        ("she won't live to see the wedding", False),
    ],
)
def test_a_hit_is_of_the_words_around_it(detector: Detector, text: str, hit: bool) -> None:
    assert bool(detector.explain(text)["context"]) == hit


def test_an_exemption_takes_a_span_and_not_the_message(detector: Detector) -> None:
    told = detector.explain("my phone died and I want to kill myself")
    assert told["verdict"]["level"] == "alarm"


def test_signs_of_the_moment(detector: Detector) -> None:
    assert detector.verdict("I'm going to kill myself tonight").now
    assert detector.verdict("he's coming, can't talk").coming
    assert detector.verdict("my dad hits me, I'm 13").minor
    assert detector.verdict("i want to die, I'm in Manitoba").province == "MB"
    assert detector.verdict("i want to die, I live in the UK").country == "GB"


def test_development_lines_hold_the_bars(detector: Detector) -> None:
    """Our own lines, on which the patterns were tuned: a floor against regressions, no proof of recall."""
    judged = [Judged(example, detector.verdict(example.text)) for example in dev_lines()]
    crisis = [one for one in judged if one.example.kind != "none"]
    ordinary = [one for one in judged if one.example.kind == "none"]
    assert sum(not one.right for one in crisis) <= len(crisis) * 0.015
    assert sum(not one.right for one in ordinary) <= len(ordinary) * 0.01


def test_ordinary_examples_of_the_understanding_raise_few_alarms(detector: Detector) -> None:
    ordinary = [example for example in nlu_lines() if example.kind == "none"]
    alarms = [example.text for example in ordinary if detector.verdict(example.text).level == "alarm"]
    assert len(alarms) <= len(ordinary) * 0.005, alarms


def test_a_verdict_survives_its_dictionary(detector: Detector) -> None:
    verdict = detector.verdict("I want to kill myself tonight")
    assert Verdict.from_dict(verdict.to_dict()) == verdict


def test_a_verdict_holds_no_words_of_the_visitor(detector: Detector) -> None:
    told = str(detector.verdict("zebrafinch wants me to kill myself in Kapuskasing").to_dict()).lower()
    assert "zebrafinch" not in told
    assert "kapuskasing" not in told


def test_the_vocabulary_of_the_patterns_keeps_no_word_of_a_visitor(detector: Detector) -> None:
    detector.verdict("quixotropolis told me to kill myself")
    assert "quixotropolis" not in detector.families.vocab.strings


@pytest.mark.parametrize("text", ["are you going to call the police", "will you track me", "please don't tell my parents"])
def test_fear_of_being_reported_is_heard(detector: Detector, text: str) -> None:
    assert detector.verdict(text).answer == "afraid_of_police"


@pytest.mark.parametrize("text", ["tell me more about the second one", "will you tell me what to do", "can you call me"])
def test_a_plain_request_is_no_fear_of_being_reported(detector: Detector, text: str) -> None:
    assert detector.verdict(text).answer == ""


@pytest.mark.parametrize(
    "text",
    [
        "he's doing himself no favours at work",
        "my husband doesn't care if he wakes the baby",
        "the coach forced him to run laps",
        "I had blood on the sheets from my period",
        "he hung a rope swing from the tree in the garden",
        "the link is broken, next time it will work",
        "my daughter draws people hanging out at the park",
        "she hid her sleeping bag in the garage",
        "I want to dye and cut my hair short",
    ],
)
def test_everyday_lines_about_others_raise_no_question(detector: Detector, text: str) -> None:
    assert detector.verdict(text).level == "none"
