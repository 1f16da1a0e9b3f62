"""A visitor's messages, one after the other, and the search that they make."""

from __future__ import annotations

import pytest

from attune.guidance.wishes import merge
from attune.model.wishes import Query
from attune.text import parse


def search(*messages: str) -> list[str]:
    query = Query()
    for message in messages:
        query = merge(query, parse(message))
    return [
        f"{'not ' if wish.negated else ''}{wish.field.value}={wish.value}{f' {wish.force.value}' if wish.force else ''}"
        for wish in query
    ]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (("somatic in Halifax under $140",), ["approach=somatic", "city=Halifax", "max_fee=140"]),
        (("somatic", "or EFT"), ["approach=somatic", "approach=eft"]),
        (("somatic", "EFT instead"), ["approach=eft"]),
        (("somatic and EFT", "forget the somatic part"), ["approach=eft"]),
        (("Halifax, max 140", "make it 160 instead"), ["city=Halifax", "max_fee=160"]),
        (("Halifax", "Moncton"), ["city=Moncton"]),
        (("Halifax, online", "not online"), ["city=Halifax", "format=in_person"]),
        (("in person in Moncton", "online instead"), ["city=Moncton", "format=online"]),
        (("Toronto, under 120", "forget the budget"), ["city=Toronto"]),
        (("near Hamilton, a woman", "anywhere"), ["gender=woman"]),
        (("Toronto", "anywhere in Ontario"), ["province=ON"]),
        (("Toronto", "Ontario"), ["city=Toronto", "province=ON"]),
        (("Toronto", "Quebec then"), ["province=QC"]),
        (("London, Ontario", "Halifax"), ["city=Halifax"]),
        (("a woman", "man or woman doesn't matter"), []),
        (("a woman", "not a man"), ["gender=woman"]),
        (("not a man",), ["not gender=man"]),
        (("not a man", "forget the gender"), []),
        (("anything but somatic",), ["not approach=somatic"]),
        (("somatic", "anything but somatic"), ["not approach=somatic"]),
        (("it has to be a woman, ideally online",), ["format=online nice", "gender=woman must"]),
        (("a woman", "it must be a woman"), ["gender=woman must"]),
        (("Toronto", "not Toronto, Mississauga"), ["city=Mississauga"]),
        (("forget Toronto, try Ottawa",), ["city=Ottawa"]),
        (("the second one",), []),
    ],
)
def test_messages_make_a_search(messages: tuple[str, ...], expected: list[str]) -> None:
    assert search(*messages) == expected
