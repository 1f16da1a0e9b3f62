"""The crisis screen in front of everything: what it finds, and what happens when it breaks."""

from __future__ import annotations

from typing import Any

import pytest

from attune.reply import Reply
from channels.screen import PIECES, Screen, pieces


def test_a_broken_detector_lets_the_message_go_on_and_quotes_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """Rasa's own gate still stands behind it; the log says where it broke, not what was written."""

    def broken(text: str) -> Any:
        raise ValueError(f"cannot read {text!r}")

    assert not Screen(broken, lambda _country: Reply(())).alarm("a very private sentence")
    assert "ValueError" in caplog.text
    assert "test_screen.py" in caplog.text
    assert "private" not in caplog.text


def test_the_real_detector_raises_the_alarm() -> None:
    """Loaded as the channels load it."""
    screen = Screen.load("CA")
    assert screen.alarm("i want to kill myself tonight")
    assert not screen.alarm("somatic therapist in halifax")
    assert screen.lines()


@pytest.mark.parametrize("before", [0, 1500, 3000, 4500])
def test_a_cry_for_help_anywhere_in_a_message_over_the_limit_is_seen(before: int) -> None:
    """The detector reads only so much at once, so a long letter is screened in pieces."""
    letter = "My sister sent me the link, and I read a little first about how a session goes and what it costs here. " * 60
    screen = Screen.load("CA")
    assert not screen.alarm(letter[:6000])
    assert screen.alarm(letter[:before] + " I want to kill myself. " + letter[before:6000])


def test_of_a_book_the_beginning_and_the_end_are_screened() -> None:
    found = pieces("a" + "b" * 60_000 + "c")
    assert len(found) == PIECES
    assert found[0][0] == "a"
    assert found[-1][-1] == "c"
