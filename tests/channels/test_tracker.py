"""Erasing and recovering with Rasa's own tracker stores, wrapped as Rasa wraps them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.tracker_store import AwaitableTrackerStore, FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels import tracker

STORES: dict[str, Callable[[Path], Any]] = {
    "memory": lambda _path: InMemoryTrackerStore(Domain.empty()),
    "sqlite": lambda path: SQLTrackerStore(Domain.empty(), db=str(path / "tracker.sqlite")),
}


@pytest.fixture(params=sorted(STORES))
def agent(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An agent with a store of each kind, in Rasa's two wrappers."""
    return SimpleNamespace(tracker_store=FailSafeTrackerStore(AwaitableTrackerStore(STORES[request.param](tmp_path))))


def talk(agent: Any, sender: str) -> None:
    """Save two turns."""
    events = [
        UserUttered("one", message_id="first-id-1"),
        BotUttered("hello", {"buttons": [{"title": "Yes"}]}),
        BotUttered(None, {"custom": {"parts": [{"type": "text", "text": "hi"}]}}),
        UserUttered("two", message_id="second-id-1"),
        SlotSet("x", 1),
    ]
    asyncio.run(agent.tracker_store.save(DialogueStateTracker.from_events(sender, events)))


def test_a_conversation_is_erased_and_others_stay(agent: Any) -> None:
    """Every event of one sender, and of nobody else."""
    talk(agent, "web-1")
    talk(agent, "web-2")
    assert asyncio.run(tracker.erase(agent, "web-1"))
    assert asyncio.run(agent.tracker_store.retrieve("web-1")) is None
    assert asyncio.run(agent.tracker_store.retrieve("web-2")) is not None


def test_nothing_is_left_in_the_file(tmp_path):
    """SQLite would keep deleted words in free pages."""
    store = SimpleNamespace(tracker_store=STORES["sqlite"](tmp_path))
    events = [UserUttered("a very secret word " * 50, message_id=f"id-{n}") for n in range(20)]
    asyncio.run(store.tracker_store.save(DialogueStateTracker.from_events("web-1", events)))
    asyncio.run(tracker.erase(store, "web-1"))
    assert b"secret" not in (tmp_path / "tracker.sqlite").read_bytes()


def test_what_was_answered_before_a_restart_is_found(agent: Any) -> None:
    """Saved with an answer, saved without one, never saved."""
    talk(agent, "web-1")
    found = asyncio.run(tracker.answered(agent, "web-1", "first-id-1"))
    assert [one["text"] for one in found or ()] == ["hello", None]
    assert found
    assert found[1]["custom"]["parts"][0]["text"] == "hi"
    assert asyncio.run(tracker.answered(agent, "web-1", "second-id-1")) == []
    assert asyncio.run(tracker.answered(agent, "web-1", "third-id-1")) is None
    assert asyncio.run(tracker.answered(agent, "stranger", "first-id-1")) is None


def test_a_store_that_cannot_erase_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    """Never passed over in silence."""
    assert not asyncio.run(tracker.erase(SimpleNamespace(tracker_store=SimpleNamespace()), "web-1"))
    assert "cannot erase" in caplog.text
    assert asyncio.run(tracker.erase(None, "web-1"))
