"""What messages say about a search. The cases stand in cases.yml; here is what cannot be said in a table."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.model.places import find_place
from attune.text import Mention, parse, says_only

CASES = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_everything_that_a_message_says_is_understood(text: str, expected: list[str]) -> None:
    found = [f"{m.entity}={m.value}{f' {m.role}' if m.role else ''}" for m in parse(text)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    ["I feel at home", "go home", "I hope so", "on a mission", "a couple of questions", "my first session", "at first I was shy",
     "I'm a woman", "as a man", "I'm 45", "it lasted 20 minutes", "call me at 5", "I have 2 kids", "988",
     "I don't have insurance", "the second time", "my last therapist", "one second please", "don't worry", "thanks man",
     "who benefits"],
)  # fmt: skip
def test_words_that_look_like_a_wish_are_none(text: str) -> None:
    assert [m for m in parse(text) if m.entity not in ("language",)] == []


def test_the_span_is_what_the_visitor_wrote() -> None:
    text = "Somatic, near Trois-Rivières, up to $140 a session"
    assert [(text[m.start : m.end], m.text) for m in parse(text)] == [(m.text, m.text) for m in parse(text)]
    assert [m.text for m in parse(text)] == ["Somatic", "Trois-Rivières", "up to $140 a session"]


def test_every_city_is_one_that_the_directory_can_find() -> None:
    for text, _ in CASES:
        assert all(find_place(str(m.value)) for m in parse(text) if m.entity == "city")


def test_a_removal_of_one_value_names_it() -> None:
    assert parse("forget the somatic part") == [Mention("drop", "approach", None, 11, 18, "somatic", only="somatic")]


def test_instead_replaces() -> None:
    assert [m.replaces for m in parse("EFT instead")] == [True]


def test_a_mention_survives_its_form_as_an_entity() -> None:
    for text in ("anything but somatic", "forget the somatic part", "EFT instead", "max 150"):
        for mention in parse(text):
            assert Mention.from_entity(mention.to_entity("test")) == mention


def test_a_message_that_says_only_wishes_is_recognised() -> None:
    def bare(text: str) -> bool:
        return says_only(text, [(m.start, m.end) for m in parse(text)])

    assert bare("Toronto, online please")
    assert not bare("why do people in Toronto like online")


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "😀😀", "你好吗", "مرحبا", "\x00\x01\x02", "<script>alert(1)</script>", "'; DROP TABLE users;--", "$", "$$$",
     "1" * 400,
     "a" * 10_000, "in " * 4_000, "toronto " * 1_300, "(((((", "#", "e\u0301" * 50],
)  # fmt: skip
def test_bad_input_is_read_quickly_and_without_harm(text: str) -> None:
    parse("warm up")
    started = time.perf_counter()
    parse(text)
    assert time.perf_counter() - started < 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    for mention in parse(text):
        assert text[mention.start : mention.end] == mention.text


def test_a_message_takes_little_time() -> None:
    parse("warm up")
    times = []
    for text, _ in CASES * 2:
        started = time.perf_counter()
        parse(text)
        times.append(time.perf_counter() - started)
    assert median(times) < 0.003
