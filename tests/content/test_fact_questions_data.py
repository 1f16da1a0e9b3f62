"""The questions that ask for each fact: complete, and each answered by the text where they say it stands (no Rasa)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from attune.knowledge import Content
from attune.knowledge.content import CONTENT
from attune.knowledge.coverage import Fact, load_coverage
from attune.reply import Reply, Text

QUESTIONS = Path(__file__).with_name("fact_questions.yml")
#: Depths that one tap reaches after the first reply, and the first reply itself.
ASKED = ("short", "long", "simple", "example")
LEAST = 3
LONGEST = 160


@cache
def rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["facts"])


@cache
def facts() -> Mapping[str, Fact]:
    return {fact.fact: fact for fact in load_coverage(CONTENT) if not fact.reason}


def answer(row: Mapping[str, Any]) -> str:
    return str(row["intent"]).removeprefix("faq/")


def texts(reply: Reply) -> str:
    return "\n".join("\n".join((part.text, *part.items)) for part in reply.parts if isinstance(part, Text))


def normal(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold()))


each = pytest.mark.parametrize("row", rows(), ids=lambda row: row["fact"])


def test_every_fact_of_the_coverage_table_is_asked_for_once() -> None:
    asked = [row["fact"] for row in rows()]
    assert sorted(asked) == sorted(facts())


def test_no_question_stands_twice() -> None:
    asked = [normal(question) for row in rows() for question in row["ask"]]
    assert sorted({question for question in asked if asked.count(question) > 1}) == []


@each
def test_a_row_has_its_form(row: Mapping[str, Any]) -> None:
    assert set(row) == {"fact", "intent", "depth", "says", "ask"}
    assert row["intent"].startswith("faq/")
    assert row["depth"] in ASKED
    assert len({normal(question) for question in row["ask"]}) >= LEAST
    assert all(0 < len(question) <= LONGEST for question in row["ask"])


@each
def test_the_answer_is_one_that_the_table_names(row: Mapping[str, Any], content: Content) -> None:
    assert answer(row) in content.language("en").answers
    assert answer(row) in {entry.partition(".")[0] for entry in facts()[row["fact"]].entries}


@each
def test_the_answer_says_it(row: Mapping[str, Any], content: Content) -> None:
    reply = content.reply(f"utter_{row['intent']}", depth=row["depth"])
    assert re.search(row["says"], texts(reply), re.IGNORECASE), texts(reply)


@each
def test_a_reference_stands_whole_behind_the_answer(row: Mapping[str, Any], content: Content) -> None:
    """What tells two works of one author apart is the reply to "Where is this from?" after the answer."""
    named = [entry.removeprefix("source:") for entry in facts()[row["fact"]].entries if entry.startswith("source:")]
    behind = texts(content.reply(f"utter_{row['intent']}", depth="source"))
    assert [id_ for id_ in named if content.sources[id_].reference() not in behind] == []
