"""The tracker store: no words in its file, nothing forgotten while the file is gone."""

import json
import shutil

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from pipeline.tracker_store import WordlessTrackerStore

SAID = UserUttered(
    "zebrafinch in Halifax",
    {"name": "inform"},
    [{"entity": "city", "value": "Halifax", "text": "zebrafinch Halifax"}],
    {"crisis": {"level": "none"}},
    message_id="m-1",
)


def talk(*events):
    return DialogueStateTracker.from_events("web-1", [*events])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


@pytest.fixture
def store(folder):
    return WordlessTrackerStore(domain=Domain.empty(), db=str(folder / "t.sqlite"))


async def test_what_was_meant_is_kept_and_what_was_written_is_not(store, folder):
    await store.save(talk(SAID, BotUttered("Here are three.")))
    assert b"zebrafinch" not in (folder / "t.sqlite").read_bytes()
    said, answered = (await store.retrieve("web-1")).events
    assert (said.text, said.intent_name, said.message_id) == ("", "inform", "m-1")
    assert said.parse_data["entities"] == [{"entity": "city", "value": "Halifax"}]
    assert said.parse_data["crisis"] == {"level": "none"}
    assert answered.text == "Here are three."


async def test_the_turn_that_is_being_saved_keeps_its_words(store):
    tracker = talk(SAID)
    await store.save(tracker)
    assert tracker.latest_message.text == "zebrafinch in Halifax"
    assert "zebrafinch" in json.dumps(tracker.latest_message.parse_data)


async def test_transcripts_are_kept_when_the_operator_switched_them_on(folder, monkeypatch):
    monkeypatch.setenv("ATTUNE_TRANSCRIPTS", "on")
    store = WordlessTrackerStore(domain=Domain.empty(), db=str(folder / "t.sqlite"))
    await store.save(talk(SAID))
    assert (await store.retrieve("web-1")).events[0].text == "zebrafinch in Halifax"


async def test_an_event_broker_hears_no_words_either(store):
    heard = []
    store.event_broker = type("Broker", (), {"publish": lambda _self, event: heard.append(event)})()
    await store.save(talk(SAID))
    assert heard[0]["parse_data"]["intent"] == {"name": "inform"}
    assert "zebrafinch" not in json.dumps(heard)


async def test_a_database_that_goes_away_and_comes_back(store, folder, caplog):
    await store.save(talk(SAID))
    store.engine.dispose()
    shutil.move(folder, folder.with_name("away"))
    await store.save(talk(SAID, SAID))
    assert len((await store.retrieve("web-1")).events) == 2
    assert "OperationalError" in caplog.text
    assert "zebrafinch" not in caplog.text
    shutil.move(folder.with_name("away"), folder)
    await store.save(talk(SAID, SAID, SAID))
    again = WordlessTrackerStore(domain=Domain.empty(), db=str(folder / "t.sqlite"))
    assert len((await again.retrieve("web-1")).events) == 3
