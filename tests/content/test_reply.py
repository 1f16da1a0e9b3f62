"""What a caller gets: phrasings, depths, placeholders, next steps."""

from __future__ import annotations

import json

import pytest

from attune.knowledge import Content, ContentError
from attune.knowledge.model import DEPTHS, Kind
from attune.reply import Choice, Choices, Reply, Text
from tests.content.conftest import VALUES


def texts(reply: Reply) -> str:
    return "\n".join(" ".join((part.text, *part.items)) for part in reply.parts if isinstance(part, Text))


def choices(reply: Reply) -> list[Choice]:
    return [choice for part in reply.parts if isinstance(part, Choices) for choice in part.choices]


def test_every_name_at_every_depth_gives_a_reply(content: Content) -> None:
    for name in content.names():
        assert content.has(name)
        for depth in DEPTHS if name.startswith("utter_faq/") else ("short",):
            reply = content.reply(name, depth=depth, **VALUES)  # type: ignore[arg-type]
            assert texts(reply).strip()
            assert "{" not in texts(reply)
            assert json.loads(json.dumps(reply.to_dict())) == reply.to_dict()


def test_no_bubble_is_longer_than_sixty_words(content: Content) -> None:
    for name in content.names():
        for depth in ("short", "long", "simple"):
            reply = content.reply(name, depth=depth, **VALUES)  # type: ignore[arg-type]
            assert all(len(part.text.split()) <= 60 for part in reply.parts if isinstance(part, Text)), name


def test_variation_follows_the_conversation_and_not_chance(content: Content) -> None:
    said = [texts(content.reply("utter_faq/attunement_definition", turn=turn)) for turn in range(4)]
    assert said[0] == texts(content.reply("utter_faq/attunement_definition", turn=0))
    assert said[0] != said[1]
    assert said[2:] == said[:2]


def test_a_missing_value_names_entry_and_placeholder(content: Content) -> None:
    with pytest.raises(ContentError, match=r"conversation\.yml:\d+: `utter_greet` needs a value for `\{site_name\}`"):
        content.reply("utter_greet")


@pytest.mark.parametrize("name", ["utter_gret", "utter_faq/who_benefit"])
def test_an_unknown_name_is_answered_with_the_nearest(content: Content, name: str) -> None:
    with pytest.raises(ContentError, match="did you mean `utter_"):
        content.reply(name)


def test_an_unknown_depth_or_language_is_named(content: Content) -> None:
    with pytest.raises(ContentError, match="`deep` is not a depth; there are short, long"):
        content.reply("utter_faq/who_benefits", depth="deep")
    with pytest.raises(ContentError, match="content/fr: there is no such language; there are en"):
        content.reply("utter_thank", language="fr")


def test_a_choice_carries_intent_and_entities(content: Content) -> None:
    assert content.choice("find_eft_couple").payload == '/find_therapist{"approach": "eft", "client_type": "couple"}'
    assert content.choice("who_benefits") == Choice("Who attunement helps", "/faq/who_benefits")
    assert content.choice("request_human").payload == "/request_human"
    assert content.choice("find_online", approach="somatic").payload.startswith("/find_therapist{")


def test_more_simpler_source_and_example_are_one_tap_away(content: Content) -> None:
    long = choices(content.reply("utter_faq/cognitive_attunement", depth="long"))
    assert [choice.payload for choice in long[:2]] == [
        '/faq/attunement_evidence{"depth": "source"}',
        '/ask_explanation{"depth": "example"}',
    ]
    assert choices(content.reply("utter_faq/who_benefits", depth="simple"))[0].payload == "/show_more"


def test_at_most_three_next_steps_except_in_menus(content: Content) -> None:
    for name in content.names():
        for depth in DEPTHS:
            steps = choices(content.reply(name, depth=depth, **VALUES))  # type: ignore[arg-type]
            menu = name in ("utter_ask_capabilities", "utter_fallback_again")
            menu |= name.startswith("utter_faq/") and content.faq(name.removeprefix("utter_faq/")).menu and depth == "short"
            assert len(steps) <= (8 if menu else 3), (name, depth)
            assert len({step.payload for step in steps}) == len(steps), (name, depth)


def test_source_says_kind_references_and_that_no_clinician_reviewed_it(content: Content) -> None:
    theory = texts(content.reply("utter_faq/attunement_neurobiology", depth="source"))
    assert "theory, not a tested result" in theory
    assert "Porges, S. W. (2011)" in theory
    assert "not yet checked" in theory
    assert {answer.kind for answer in content.language("en").answers.values()} == set(Kind)


def test_source_links_to_what_can_be_read(content: Content) -> None:
    first = content.reply("utter_faq/attunement_definition", depth="source").parts[0]
    assert isinstance(first, Text)
    assert [link.kind for link in first.links] == ["source", "source"]


def test_evidence_is_never_shown_as_ours(content: Content) -> None:
    for answer in content.language("en").answers.values():
        said = " ".join(text for piece in answer.said().values() for text in piece.strings())
        assert all(passage.span not in said for passage in answer.passages if len(passage.span.split()) > 5)


def test_clarify_offers_both_readings_and_neither(content: Content) -> None:
    reply = content.clarify(["faq/who_benefits", "find_therapist"])
    assert [choice.payload for choice in choices(reply)] == ["/faq/who_benefits", "/find_therapist", "/out_of_scope"]


@pytest.mark.parametrize("codes", [["eft", "somatic"], ["relational", "attachment", "humanistic"]])
def test_comparison_shows_focus_session_and_who_looks_for_it(content: Content, codes: list[str]) -> None:
    reply = content.compare(codes)
    bubbles = [part for part in reply.parts if isinstance(part, Text) and part.items]
    assert [len(bubble.items) for bubble in bubbles] == [3] * len(codes)
    assert len(choices(reply)) == len(codes)
    assert ("Tapping" in texts(reply)) == ("eft" in codes)


def test_comparison_of_an_unknown_approach_names_the_nearest(content: Content) -> None:
    with pytest.raises(ContentError, match="`somatik` is not an approach; did you mean `somatic`"):
        content.compare(["eft", "somatik"])


def test_eft_is_told_apart_where_it_first_comes_up(content: Content) -> None:
    for name in content.names():
        for turn in range(3):
            reply = content.reply(name, turn=turn, **VALUES)  # type: ignore[arg-type]
            if content.mentions_eft(reply):
                said = texts(reply).lower()
                assert all(word in said for word in ("emotion-focused", "emotionally focused", "tapping")), name
    later = content.reply("utter_faq/questions_to_ask", turn=1, eft_known=True)
    assert "apping" not in texts(later)


def test_who_benefits_opens_five_situations_each_with_a_search(content: Content) -> None:
    opened = choices(content.reply("utter_faq/who_benefits"))
    situations = [choice.payload.removeprefix("/faq/") for choice in opened if "benefit_for_me" not in choice.payload]
    assert len(situations) == 5
    for situation in situations:
        steps = choices(content.reply(f"utter_faq/{situation}"))
        searches = [
            json.loads(step.payload.partition("{")[1] + step.payload.partition("{")[2]) for step in steps if "{" in step.payload
        ]
        assert searches
        assert all(set(search) == {"approach"} for search in searches), "a search, never a label on the person"


def test_crosswalk_holds_the_five_approaches_of_the_vocabulary(content: Content) -> None:
    from attune.model.vocabulary import terms

    assert list(content.crosswalk) == list(terms("approaches"))
    for approach in content.crosswalk.values():
        assert approach.attends_to
        assert approach.other_names
        assert approach.passages


def test_checklists_and_message_are_words_for_actions(content: Content) -> None:
    assert "three to five" in content.text("handover.contact.lead")
    assert len(content.items("handover.video.items")) >= 4
    assert content.text("handover.message.hello", name="Robin") == "Hello Robin,"
    with pytest.raises(ContentError, match=r"did you mean `handover\.video\.items`"):
        content.items("handover.vide.items")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("what do you mean by co-regulation?", "attunement_neurobiology"),
        ("whats an attachment style", "approach_attachment"),
        ("I don't get the sliding scale thing", "cost_and_insurance"),
        ("what does EFT stand for", "approach_eft"),
    ],
)
def test_a_word_that_got_in_the_way_is_explained(content: Content, question: str, about: str) -> None:
    reply = content.explain(question)
    assert reply
    assert choices(reply)[0].payload == f"/faq/{about}"


def test_a_word_that_is_not_in_the_glossary_is_left_to_the_caller(content: Content) -> None:
    assert content.explain("what do you mean by that") is None
