"""The crisis screen in front of everything: what it finds, and what happens when it breaks."""

from __future__ import annotations

from typing import Any

import pytest

from attune.reply import Reply
from channels.screen import Screen


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
