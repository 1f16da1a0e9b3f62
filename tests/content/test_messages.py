"""Each fault that an editor can make is found, and the message names file, line, entry and fix."""

# ruff: noqa: E501 - one planted fault a line is easier to read than a wrapped one

from __future__ import annotations

from datetime import date

import pytest

from attune.knowledge import ContentError
from tests.content.conftest import Tree

DEFINITION = "en/faq/attunement_definition.yml"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (DEFINITION, "source: firstsession_attunement", "source: firstsession_atunement", r"attunement_definition\.yml:\d+: source `firstsession_atunement` is not in content/sources\.yml; did you mean `firstsession_attunement`"),
        (DEFINITION, "who_benefits, ", "who_benefit, ", r"`attunement_definition` leads to `who_benefit`, .*did you mean `who_benefits`"),
        (DEFINITION, "simple: >-", "simpel: >-", r"definition\.yml:\d+: `simpel` is not a field here; did you mean `simple`"),
        (DEFINITION, "kind: definition", "kind: fact", r"must be one of definition, theory"),
        (DEFINITION, 'review_by: "2027-11-30"', 'review_by: "30.11.2027"', r'must be a date in quotes such as "2027-05-31"'),
        (DEFINITION, 'review_by: "2027-11-30"', "review_by: 2027-11-30", r"must be text; put it in quotes"),
        (DEFINITION, "state: draft", "state: reviewed", r"name a reviewer exactly when the state is reviewed"),
        (DEFINITION, "next: [", "next: [[", r"definition\.yml:\d+: this is not YAML"),
        ("en/choices.yml", "say: show_more", "say: show_mor", r"choices\.yml:\d+: `tell_more` says `show_mor`.*did you mean `show_more`"),
        ("en/conversation.yml", "responses:", "respones:", r"conversation\.yml:2: `respones` is not a section; did you mean `responses`"),
        ("en/conversation.yml", "utter_deny:", "utter_affirm:", r"conversation\.yml:\d+: `utter_affirm` stands here twice"),
        ("en/explain.yml", "eft.note:", "eft.nota:", r"explain\.yml:1: `eft\.note` is missing"),
        ("en/faq/free_consultation.yml", "{fig_consultation_minutes}", "{fig_consultation_minute}", r"not in content/figures\.yml.*did you mean `fig_consultation_minutes`"),
        ("crosswalk.yml", "  somatic:", "  somatics:", r"crosswalk\.yml:\d+: `approaches\.somatics` has no words"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_stops_loading(tree: Tree, name: str, old: str, new: str, message: str) -> None:
    tree.edit(name, old, new)
    with pytest.raises(ContentError, match=message):
        tree.load()


def test_all_problems_come_at_once_and_are_cut_at_twenty(tree: Tree) -> None:
    for path in sorted((tree.root / "en" / "faq").glob("*.yml"))[:30]:
        tree.edit(f"en/faq/{path.name}", "state: draft", "state: drafty")
    with pytest.raises(ContentError, match=r"and 10 more") as caught:
        tree.load()
    assert len(caught.value.problems) == 30


@pytest.mark.parametrize("name", ["sources.yml", "figures.yml", "crosswalk.yml"])
def test_a_missing_file_is_named(tree: Tree, name: str) -> None:
    (tree.root / name).unlink()
    with pytest.raises(ContentError, match=f"content/{name}: this file is missing"):
        tree.load()


def test_a_missing_folder_is_named(tree: Tree) -> None:
    from attune.knowledge import load_content

    with pytest.raises(ContentError, match="there is no such folder"):
        load_content(tree.root / "nowhere")


LONG = "word " * 61
HARD = "Psychotherapeutic attunement constitutes an extraordinarily sophisticated interpersonal responsiveness phenomenon."


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (DEFINITION, "simple: >-\n", f"simple: >-\n  {HARD}\n", "`attunement_definition.simple` has a reading grade of"),
        (DEFINITION, "simple: >-\n", f"simple: >-\n  {LONG}\n", "`attunement_definition.simple` has"),
        ("en/conversation.yml", "You're welcome.", "I feel good, you're welcome.", "`utter_thank[0]` says “I feel”"),
        ("en/conversation.yml", "You're welcome.", "I’m your therapist now.", "says “I'm your therapist”"),
        ("en/conversation.yml", "You're welcome.", "She is a great match.", "says “great match”"),
        ("en/conversation.yml", "You're welcome.", "He committed suicide.", "says “committed suicide”"),
        ("en/conversation.yml", "You're welcome.", "You seem depressed.", "says “You seem depressed”"),
        ("en/conversation.yml", "You're welcome.", "Call 1-800-668-6868.", "holds a number typed by hand (“1-800-668-6868.”)"),
        ("en/conversation.yml", "{site_name}", "{sitename}", "uses `{sitename}`, not in placeholders.yml; did you mean `site_name`"),
        (DEFINITION, "simple: >-\n", "simple: >-\n  Attunement is at the heart of meaningful therapeutic connection.\n", "repeats a source"),
        (DEFINITION, "span: Attunement refers to", "span: Attunement points to", "nobody has found this span in `firstsession_attunement`"),
        (DEFINITION, "span: Attunement refers to", f"span: {LONG}", "words, at most 25; quote less"),
        ("en/intents.yml", "faq/first_session: ", "faq/second_session: Another\n  faq/first_session: ", "`faq/second_session` has no answer; add faq/second_session.yml"),
        ("en/choices.yml", "title: Tell me more,", "title: Tell me more about this whole long matter please,", "the title of `tell_more` has"),
        (DEFINITION, "next: [", "next: [menu, ", "has 4 next steps, at most 3"),
        (DEFINITION, "next: [who_benefits", "next: [attunement_definition", "`attunement_definition` leads to itself"),
        ("en/faq/name_feelings.yml", "example: >-", "note: >-", "`name_feelings` has no example"),
        ("en/faq/client_role.yml", "variants:\n  - >-", "note: >-", "`client_role` has one phrasing; add another"),
        ("sources.yml", "    note: Abstract read in a stored copy.\n", "", "nothing says how `lin_2022` was read"),
        ("coverage/firstsession.yml", "attunement_importance.long", "attunement_importance.longer", "`attunement_importance.longer` is nowhere written"),
        ("coverage/firstsession.yml", 'span: "Attunement is at', 'span: "Attunement was at', "this span is not found in `firstsession_attunement`"),
    ],
)  # fmt: skip
def test_what_should_not_be_said_is_found(tree: Tree, name: str, old: str, new: str, message: str) -> None:
    tree.edit(name, old, new)
    found = tree.messages()
    assert any(message in line for line in found), found
    place = next(line for line in found if message in line).split(": ")[0]
    assert place.startswith("content/")
    assert place.rpartition(":")[2].isdigit()


def test_a_past_review_date_is_a_warning_and_before_a_release_an_error(tree: Tree) -> None:
    later = date(2030, 1, 1)
    warned, failed = tree.messages(today=later), tree.messages(release=True, today=later)
    assert any("`attunement_definition` was to be reviewed by 2027-11-30" in line for line in warned)
    assert all("warning: " in line for line in warned)
    assert not any("warning: " in line for line in failed)


def test_a_source_that_backs_nothing_is_a_warning(tree: Tree) -> None:
    path = tree.root / "sources.yml"
    path.write_text(path.read_text() + "  nobody_2001: {authors: Nobody, title: Nothing, note: unread}\n")
    assert any("warning: source `nobody_2001` backs nothing" in line for line in tree.messages())


def test_a_forgotten_sentence_of_a_source_is_found(tree: Tree) -> None:
    found = tree.messages(texts={"firstsession_attunement": "A wholly new sentence stands in the article today."})
    assert any("also says “A wholly new sentence" in line for line in found)


def test_crisis_and_widget_texts_obey_the_forbidden_words_too(tree: Tree) -> None:
    tree.write("en/widget.yml", "title: Meet your great match\n")
    assert any("content/en/widget.yml:1: a text here says “great match”" in line for line in tree.messages())


def test_a_second_language_must_be_complete(tree: Tree) -> None:
    folder = tree.root / "fr" / "faq"
    folder.mkdir(parents=True)
    words = (tree.root / "en" / "explain.yml").read_text()
    (tree.root / "fr" / "explain.yml").write_text(words)
    approaches = (tree.root / "en" / "approaches.yml").read_text()
    (tree.root / "fr" / "approaches.yml").write_text(approaches)
    found = tree.messages()
    assert any("content/fr/faq:1: `faq/who_benefits` has no answer" in line for line in found)
    assert any("content/fr:1: `utter_greet` of responses is in English only" in line for line in found)
