"""The web channel answers every kind of message, each id once, in lines that the schema allows."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from serving import Client, Server, lines
from standin import SCRIPT, Agent

SCHEMA = jsonschema.Draft7Validator(json.loads(Path("widget/reply.schema.json").read_text(encoding="utf-8")))


def check(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every line fits the schema, and the last one ends the turn."""
    for line in found:
        SCHEMA.validate(line)
    assert found[-1]["type"] in ("done", "error")
    assert [line["type"] for line in found[:-1]].count("done") == 0
    return found


def kinds(found: list[dict[str, Any]]) -> list[str]:
    """The types of the lines."""
    return [line["type"] for line in found]


@pytest.mark.parametrize("word", sorted(SCRIPT))
def test_every_scripted_reply_fits_the_schema(client: Client, word: str) -> None:
    """Each part of a reply has its line."""
    found = check(client.say(f"please {word}"))
    assert kinds(found)[1:-1] == [part.type for part in SCRIPT[word].parts]


def test_no_payload_and_no_intent_reaches_the_browser(client: Client) -> None:
    """Taps are ids; what they stand for stays on the server."""
    text = json.dumps([client.say(word) for word in SCRIPT])
    assert "payload" not in text
    assert "/faq" not in text
    assert "/drop" not in text


def test_a_tap_means_the_payload_that_was_issued(client: Client) -> None:
    """The bot gets the payload, the visitor sees the title."""
    tap = client.say("what is it")[2]["choices"][0]
    found = check(lines(client.post("message", {"id": str(uuid.uuid4()), "choice": tap["id"]})))
    assert found[0]["text"] == "Who benefits"
    assert client.agent.heard[-1][1] == "/faq/who_benefits"


def test_an_unknown_tap_is_no_more_than_its_words(client: Client) -> None:
    """An invented id never becomes a payload; without words it is refused."""
    found = check(lines(client.post("message", {"id": str(uuid.uuid4()), "choice": "9.9", "text": "/restart"})))
    assert found[1]["text"] == "You said: restart"
    assert client.post("message", {"id": str(uuid.uuid4()), "choice": "9.9"}).status_code == 400


def test_a_leading_slash_never_reaches_rasa(client: Client) -> None:
    """Free text cannot name an intent, with any kind of slash or space before it."""
    for text in ("/restart", " //restart", "／restart", "\u202e/restart", "/ /restart{}"):
        client.say(text)
        assert client.agent.heard[-1][1].startswith("restart")


def test_while_the_model_loads_a_message_is_put_off_with_help_lines(serve: Callable[..., tuple[Server, Agent]]) -> None:
    """503 and when to come again; the same message is answered once the model is there."""
    server, agent = serve()
    client = Client(server.port).begin()
    for loading in (None, Agent(loaded=False)):  # before Rasa made its agent, and before that has its model
        server.app.ctx.agent = loading
        found = client.post("message", {"id": "put-off-1", "text": "what is it"})
        assert (found.status_code, found.headers["Retry-After"]) == (503, "5")
        assert check([found.json()])[0]["code"] == "failed"
        assert "tel:" in found.text
    server.app.ctx.agent = agent
    assert kinds(check(client.say("what is it", "put-off-1")))[0] == "you"
    assert len(agent.heard) == 1


def test_while_the_model_loads_a_cry_for_help_is_answered(serve: Callable[..., tuple[Server, Agent]]) -> None:
    """The crisis screen and its static reply need no model."""
    server, agent = serve(agent=Agent(loaded=False))
    found = check(Client(server.port).begin().say("i want to die"))
    assert kinds(found) == ["you", "crisis", "done"]
    assert agent.heard == []


def test_the_same_id_is_answered_once(client: Client) -> None:
    """A repeat gets the same lines, and the bot hears it once."""
    first, second = client.say("hello there", "same-id-1"), client.say("hello there", "same-id-1")
    assert first == second
    assert len(client.agent.heard) == 1


def test_a_repeat_in_mid_turn_joins_the_turn(client: Client) -> None:
    """Two requests with one id at the same time share one answer."""
    found: list[Any] = []
    calls = [threading.Thread(target=lambda: found.append(client.say("slow one", "same-id-2"))) for _ in range(3)]
    client.agent.__class__.handle_message  # noqa: B018
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert found[0] == found[1] == found[2]
    assert len(client.agent.heard) == 1


def test_the_stream_is_kept_by_nobody_on_the_way(client: Client) -> None:
    """Not cached, not held back by a proxy, not compressed."""
    found = client.post("message", {"id": "stream-id-1", "text": "hello"}, Accept_Encoding="gzip")
    assert found.headers["content-type"].startswith("application/x-ndjson")
    assert (found.headers["cache-control"], found.headers["x-accel-buffering"]) == ("no-store", "no")
    assert "content-encoding" not in found.headers


def test_lines_are_numbered_and_can_be_resumed(client: Client) -> None:
    """`resume` brings what came after a number, and a fresh token."""
    client.say("one")
    client.say("two")
    found = check(lines(client.post("resume", {"after": 2})))
    assert kinds(found) == ["token", "you", "text", "done"]
    assert [line["seq"] for line in found if "seq" in line] == [3, 4]


def test_messages_of_one_visitor_are_answered_in_order(client: Client) -> None:
    """A second message waits for the first."""
    slow = threading.Thread(target=client.say, args=("a slow default",))
    slow.start()
    while not client.agent.heard:
        pass
    client.say("quick")
    slow.join()
    said = [line["text"] for line in lines(client.post("resume", {"after": 0})) if line["type"] == "you"]
    assert said == ["a slow default", "quick"]


def test_plain_replies_of_rasa_itself_are_shown(client: Client) -> None:
    """Text and buttons from Rasa's own defaults become text and choices, in one piece."""
    found = check(client.say("default"))
    assert found[1]["text"] == "One\n\ntwo"
    assert found[2]["choices"][0]["title"] == "Yes"


@pytest.mark.parametrize(("text", "code"), [("boom", "failed"), ("hang", "timeout"), ("silence", "silent")])
def test_the_visitor_is_never_left_in_silence(client: Client, text: str, code: str) -> None:
    """A bot that raises, hangs or says nothing ends in an error line with help lines."""
    found = check(client.say(text))
    assert found[-1]["code"] == code
    assert found[-1]["lines"][0]["links"][0]["url"].startswith("tel:")


@pytest.mark.parametrize("text", ["boom i want to die", "hang i want to die", "silence i want to die"])
def test_a_cry_for_help_is_answered_when_the_bot_fails(client: Client, text: str) -> None:
    """The static reply needs neither the bot nor a database."""
    assert kinds(check(client.say(text))) == ["you", "crisis", "done"]


def test_a_failed_turn_can_be_tried_again_under_its_id(client: Client) -> None:
    """The same message runs again, and numbers stay in step."""
    client.say("boom", "again-id-1")
    found = check(client.say("boom", "again-id-1"))
    assert len(client.agent.heard) == 2
    assert found[0]["seq"] == 1


def test_a_form_becomes_one_payload_with_the_offered_values_only(client: Client) -> None:
    """Names that were not offered are left out; a wrong number or option is refused."""
    client.say("form")
    data = {"city": "Halifax", "budget": "140", "format": "online", "admin": "true"}
    found = check(lines(client.post("message", {"id": str(uuid.uuid4()), "form": "wishes", "data": data})))
    assert found[0]["text"].startswith("City or town: Halifax · ")
    assert client.agent.heard[-1][1] == '/inform{"city": "Halifax", "budget": "140", "format": "online"}'
    for bad in ({"budget": "cheap"}, {"format": "by pigeon"}, {"city": ["x"]}, {}):
        answer = client.post("message", {"id": str(uuid.uuid4()), "form": "wishes", "data": bad})
        assert answer.status_code == 400


def test_a_cry_for_help_in_a_form_is_read_as_words(client: Client) -> None:
    """It reaches the gate as free text, not as a city."""
    client.say("form")
    body = {"id": str(uuid.uuid4()), "form": "wishes", "data": {"city": "i want to die"}}
    assert "crisis" in kinds(check(lines(client.post("message", body))))


def test_the_talk_can_be_opened_by_the_bot(client: Client) -> None:
    """`start` sends the opening of the settings and shows no words of the visitor."""
    found = check(lines(client.post("message", {"id": str(uuid.uuid4()), "start": True})))
    assert client.agent.heard[-1][1] == "/greet"
    assert kinds(found) == ["text", "text", "choices", "done"]
