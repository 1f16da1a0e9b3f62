"""Every fact of the coverage table is found by asking for it in three different ways, through the trained model."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from attune.knowledge.content import CONTENT
from attune.knowledge.coverage import load_coverage

FOLDER = Path(__file__).parent / "facts"
FACTS = {fact.fact: fact for fact in load_coverage(CONTENT) if not fact.reason}


def asked() -> Iterator[tuple[str, str]]:
    """Yield fact and question: a line with # names the fact, the lines below ask for it."""
    fact = ""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                fact = line.removeprefix("# ")
            elif line:
                yield fact, line


ASKED = tuple(asked())


def test_every_fact_is_asked_for_in_three_ways() -> None:
    ways = {fact: {question for named, question in ASKED if named == fact} for fact in FACTS}
    assert [fact for fact, questions in ways.items() if len(questions) < 3] == []
    assert {fact for fact, _ in ASKED} == set(FACTS)


def test_no_question_is_asked_twice() -> None:
    questions = [question.casefold() for _, question in ASKED]
    assert sorted({question for question in questions if questions.count(question) > 1}) == []


def test_no_question_is_one_that_the_model_was_trained_on() -> None:
    def plain(line: str) -> str:
        return re.sub(r"[^\w ]", "", line).casefold().strip()

    files = (CONTENT.parent / "data" / "nlu").rglob("*.yml")
    trained = {plain(line.strip()[2:]) for path in files for line in path.read_text("utf-8").splitlines()}
    assert [question for _, question in ASKED if plain(question) in trained] == []


@pytest.mark.parametrize(("fact", "question"), ASKED)
async def test_fact_is_found(fact, question, bot):
    answers = CONTENT / "en" / "faq"
    names = {entry.partition(".")[0] for entry in FACTS[fact].entries}
    carriers = {f"faq/{name}" for name in names if (answers / f"{name}.yml").is_file()}
    answer = await bot.say(question, uuid.uuid4().hex)
    assert answer.intent in carriers, f"{question!r} was read as {answer.intent}; {fact!r} is carried by {sorted(carriers)}"
