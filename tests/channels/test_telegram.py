"""Telegram's connector: its secret, every shape of update, once-only answers, and what is sent back."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import register
from sanic import Sanic
from serving import Server, free_port, names
from standin import Agent, screen

from channels.telegram import TelegramInput, TelegramOptions, read_update
from tests.support.telegram_api import BotApi

SHARED = Path(__file__).parents[3] / "shared" / "data" / "webhooks" / "telegram_updates.jsonl"
_updates = itertools.count(1000)


class Bot:
    """A running connector, and Telegram on its other side."""

    def __init__(self, tmp_path: Path, **changes: Any) -> None:
        self.api, self.agent = BotApi(), Agent()
        values = {
            "token": "42:TOKEN",
            "secret": "s3cret",
            "api": self.api.url,
            "memory": str(tmp_path / "t.sqlite"),
            "timeout": 1.0,
        }
        self.app = Sanic(f"telegram{next(names)}", configure_logging=False)
        self.app.ctx.agent = self.agent
        register([TelegramInput(TelegramOptions(**{**values, **changes}), screen())], self.app, route="/webhooks/")
        self.server = Server(self.app, free_port())

    def post(self, update: Any, secret: str | None = "s3cret") -> requests.Response:
        """Deliver an update."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
        data = update if isinstance(update, bytes) else json.dumps(update)
        url = f"http://127.0.0.1:{self.server.port}/webhooks/telegram/webhook"
        return requests.post(url, data=data, headers=headers, timeout=20)

    def stop(self) -> None:
        """Stop both sides."""
        self.server.stop()
        self.api.stop()

    def say(self, text: str, **message: Any) -> list[dict[str, Any]]:
        """Deliver a text and return what was sent for it."""
        before = len(self.api.sent())
        assert self.post(update(text=text, **message)).status_code == 200
        return self.api.sent()[before:]


def update(**message: Any) -> dict[str, Any]:
    """A private message in the shape that Telegram documents, with values of our own."""
    chat = {"id": 7001, "first_name": "Pat", "type": "private"}
    who = {"id": 7001, "is_bot": False, "first_name": "Pat", "language_code": "en"}
    return {"update_id": next(_updates), "message": {"message_id": 5, "from": who, "chat": chat, "date": 1762000000, **message}}


def tap(data: str, **query: Any) -> dict[str, Any]:
    """A press on an inline button."""
    who = {"id": 7001, "is_bot": False, "first_name": "Pat"}
    place = {"message_id": 6, "chat": {"id": 7001, "type": "private"}, "date": 1762000000}
    return {"update_id": next(_updates), "callback_query": {"id": "q1", "from": who, "message": place, "data": data, **query}}


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A connector of the test's own."""
    made = Bot(tmp_path)
    yield made
    made.stop()


@pytest.mark.parametrize("secret", [None, "", "wrong", "s3cre", "s3cret "])
def test_without_the_secret_nothing_is_heard(bot: Bot, secret: str | None) -> None:
    """The bot's name, which anybody knows, is no proof."""
    if secret == "s3cret ":
        secret = "s3cretx"
    assert bot.post(update(text="hello"), secret).status_code == 403
    assert not bot.agent.heard
    assert not bot.api.calls


def test_credentials_without_a_secret_are_refused() -> None:
    """Open webhooks cannot be configured by accident."""
    with pytest.raises(ValueError, match="secret"):
        TelegramInput.from_credentials({"token": "42:T"})
    with pytest.raises(ValueError, match="no option `tokne`"):
        TelegramInput.from_credentials({"tokne": "42:T"})


def test_without_a_token_there_is_no_door() -> None:
    """As the project is delivered: listed in credentials.yml, and shut."""
    app = Sanic("shut", configure_logging=False)
    register([TelegramInput.from_credentials({})], app, route="/webhooks/")
    assert [route.path for route in app.router.routes] == []


def test_the_settings_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Token and secret come from the environment, language and country from the site file."""
    monkeypatch.setenv("ATTUNE_TELEGRAM_TOKEN", "42:T")
    monkeypatch.setenv("ATTUNE_TELEGRAM_SECRET", "s" * 32)
    options = TelegramInput.from_credentials({}).options
    assert (options.token, options.secret, options.language, options.country) == ("42:T", "s" * 32, "en", "CA")


def test_a_text_is_answered_to_its_chat(bot: Bot) -> None:
    """The account stands in no tracker: its id is hashed."""
    sent = bot.say("what is it")
    assert sent[0]["chat_id"] == 7001
    assert sent[0]["parse_mode"] == "HTML"
    assert "7001" not in bot.agent.heard[0][0]


def test_choices_become_buttons_and_taps_come_back_as_payloads(bot: Bot) -> None:
    """Callback ids are ours and short; the press is confirmed."""
    keys = bot.say("what is it")[-1]["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"] for row in keys] == ["Who benefits", "How it feels in a session", "Find a therapist"]
    assert all(len(row[0]["callback_data"].encode()) <= 64 and "/" not in row[0]["callback_data"] for row in keys)
    bot.post(tap(keys[2][0]["callback_data"]))
    assert bot.agent.heard[-1][1] == "/find_therapist"
    assert ("/bot42:TOKEN/answerCallbackQuery", {"callback_query_id": "q1"}) in bot.api.calls


def test_an_invented_button_is_answered_and_does_nothing(bot: Bot) -> None:
    """A payload in callback data is never believed."""
    bot.post(tap('/restart{"x": "y"}'))
    assert not bot.agent.heard
    assert bot.api.calls[0][1]["text"].startswith("This button is too old")


def test_cards_are_text_with_links_and_a_button_each(bot: Bot) -> None:
    """One message a therapist, everything escaped."""
    cards = [sent for sent in bot.say("somatic") if "Sample" in sent["text"] and "Fee:" in sent["text"]]
    assert len(cards) == 3
    assert '<a href="https://directory.example/t/1">Profile</a>' in cards[0]["text"]
    assert cards[0]["reply_markup"]["inline_keyboard"][0][0]["text"] == "More about Ada Sample"


def test_markup_in_a_message_stays_text(bot: Bot) -> None:
    """Telegram would refuse, or obey, unescaped HTML."""
    assert bot.say("<b>hi</b> & <a href='x'>you</a>")[0]["text"].startswith("You said: &lt;b&gt;hi&lt;/b&gt; &amp; ")


def test_a_long_reply_is_split(bot: Bot) -> None:
    """No message is longer than Telegram takes, and no word is lost."""
    words = " ".join(f"word{n}" for n in range(210))
    sent = bot.say(words)
    assert "".join(one["text"] for one in sent).count("word") == 210


def test_an_update_is_answered_once(bot: Bot) -> None:
    """Telegram repeats what it is not sure of."""
    same = update(text="hello")
    for _ in range(3):
        assert bot.post(same).status_code == 200
    assert len(bot.agent.heard) == len(bot.api.sent()) == 1


def test_the_same_update_at_the_same_time_is_answered_once(bot: Bot) -> None:
    """Also while the first is still being answered."""
    same = update(text="slow default")
    calls = [threading.Thread(target=bot.post, args=(same,)) for _ in range(3)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert len(bot.agent.heard) == 1


def ignored() -> list[tuple[str, dict[str, Any]]]:
    """Updates that are none of our business."""
    group = {"id": -99, "type": "group", "title": "Group"}
    return [
        ("edit", {"update_id": 1, "edited_message": update(text="hello")["message"]}),
        ("group", update(text="hello", chat=group)),
        ("channel post", {"update_id": 2, "channel_post": update(text="x")["message"]}),
        ("service", update(pinned_message={"message_id": 3})),
        ("poll", {"update_id": 3, "poll": {"id": "1"}}),
        ("unknown", {"update_id": 4, "something_new": {"a": 1}}),
        ("group tap", tap("7.1", message={"message_id": 1, "chat": group})),
        ("no id", {"message": update(text="hello")["message"]}),
        ("list", [1, 2]),  # type: ignore[list-item]
        ("odd chat", {"update_id": 5, "message": {"chat": {"id": "x", "type": "private"}, "text": "hello"}}),
    ]


@pytest.mark.parametrize(("name", "found"), ignored(), ids=[name for name, _ in ignored()])
def test_what_is_not_for_us_is_taken_and_ignored(bot: Bot, name: str, found: dict[str, Any]) -> None:
    """200, so that Telegram does not repeat it; no answer."""
    assert bot.post(found).status_code == 200, name
    assert not bot.agent.heard
    assert not bot.api.sent()


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[" * 10000, b'{"update_id": 1, "message": 7, "callback_query": 8}'],
    ids=["empty", "words", "deep", "odd"],
)
def test_what_is_no_update_never_breaks_the_server(bot: Bot, body: bytes) -> None:
    """400 or ignored, never 500."""
    assert bot.post(body).status_code in (200, 400)
    assert bot.post(b"x" * 300_000).status_code == 413


@pytest.mark.parametrize("what", ["photo", "voice", "sticker", "location"])
def test_what_cannot_be_read_is_said_so(bot: Bot, what: str) -> None:
    """A picture or a voice message gets a sentence; a caption is read."""
    assert bot.post(update(**{what: {"file_id": "f"}})).status_code == 200
    assert "only read text" in bot.api.sent()[0]["text"]
    bot.post(update(**{what: {"file_id": "f"}}, caption="hello"))
    assert bot.agent.heard[-1][1] == "hello"


def test_commands(bot: Bot) -> None:
    """Start opens, delete erases, another command is only words."""
    bot.say("/start")
    assert bot.agent.heard[-1][1] == "/greet"
    bot.say("/restart now")
    assert bot.agent.heard[-1][1] == "restart now"
    assert "deleted" in bot.say("/delete")[0]["text"]
    assert bot.agent.tracker_store.store == {}


@pytest.mark.parametrize("text", ["boom", "hang", "silence", "x" * 2500], ids=["raises", "hangs", "silent", "long"])
def test_the_visitor_is_never_left_in_silence(bot: Bot, text: str) -> None:
    """Every failure brings words and the help lines."""
    sent = bot.say(text)
    assert "988" in sent[-1]["text"]


def test_a_cry_for_help_is_answered_when_the_bot_fails(bot: Bot) -> None:
    """Also when it is too long."""
    assert "glad you said that" in bot.say("boom i want to die")[0]["text"]
    assert "glad you said that" in bot.say("i want to die " + "x" * 2500)[0]["text"]


def test_limits(tmp_path: Path) -> None:
    """Twenty a minute by default, and a cry for help passes."""
    bot = Bot(tmp_path, messages_per_minute=2)
    bot.say("one")
    bot.say("two")
    assert "wait" in bot.say("three")[0]["text"]
    assert "glad you said that" in bot.say("i want to die")[0]["text"]
    bot.stop()


def test_telegram_is_asked_again_when_it_is_busy(bot: Bot) -> None:
    """429 and 5xx are tried again, a refusal is not."""
    bot.api.statuses = [429, 500]
    assert len(bot.say("hello")) == 3
    bot.api.statuses = [403]
    assert len(bot.say("what is it")) == 1


@pytest.mark.skipif(not SHARED.exists(), reason="the collected updates are not here")
def test_every_collected_update_is_read_or_ignored(bot: Bot) -> None:
    """Shapes collected from other projects' tests: none breaks the connector."""
    for row in SHARED.read_text(encoding="utf-8").splitlines():
        found = json.loads(row)["update"]
        found["update_id"] = next(_updates)
        read_update(found)
        assert bot.post(found).status_code == 200
