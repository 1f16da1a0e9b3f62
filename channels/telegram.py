"""Telegram: `channels.telegram.TelegramInput` in credentials.yml. Checks Telegram's secret, answers each update once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from attune.settings import load_settings
from channels import signatures, strings
from channels.base import wire
from channels.desk import Desk, Handler
from channels.http import route
from channels.memory import Memory
from channels.operator import telegram_options, with_credentials
from channels.options import ChannelOptions
from channels.platform import Platform
from channels.render import telegram as render
from channels.screen import Screen
from channels.telegram_api import Api
from channels.tracker import Conversations

BODY_MAX = 256 * 1024

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramOptions(ChannelOptions):
    """Options of the Telegram channel.

    Attributes:
        token: The bot's token; without one the channel is off.
        secret: The secret_token given to setWebhook; without it nothing is accepted.
        api: Base address of the Bot API.
        memory: The SQLite file of answered ids and buttons.
    """

    channel: ClassVar[str] = "the Telegram channel"

    token: str = ""
    secret: str = ""
    api: str = "https://api.telegram.org"
    memory: str = "var/telegram.sqlite"

    def __post_init__(self) -> None:
        """Refuse half a setting: with a token alone, anybody could speak for Telegram."""
        if bool(self.token) != bool(self.secret):
            raise ValueError("The Telegram channel needs both a token and a secret (see docs/channels.md).")


@dataclass(frozen=True, slots=True)
class Update:
    """What matters of an update: who, which, and one of text, tap and other."""

    chat: int
    id: str
    text: str | None = None
    tap: str | None = None
    query: str | None = None


def read_update(found: Any) -> Update | None:
    """Return what an update says, or None for what is ignored: edits, groups, channels, polls, joins, the unknown."""
    if not isinstance(found, dict) or not isinstance(found.get("update_id"), int):
        return None
    key = f"u{found['update_id']}"
    message, query = found.get("message"), found.get("callback_query")
    if isinstance(query, dict) and isinstance(query.get("from"), dict):
        chat = (query.get("message") or {}).get("chat") or {"id": query["from"].get("id"), "type": "private"}
        if chat.get("type") != "private" or not isinstance(chat.get("id"), int):
            return None
        return Update(chat["id"], key, tap=str(query.get("data", "")), query=str(query.get("id", "")))
    if not isinstance(message, dict) or (message.get("chat") or {}).get("type") != "private":
        return None
    text = message.get("text") or message.get("caption")
    if not isinstance(message["chat"].get("id"), int) or not (text or _SENT & set(message)):
        return None
    return Update(message["chat"]["id"], key, text=str(text or ""))


# Things that a person sends and waits for an answer to; service messages (pins, joins, boosts) are none.
_SENT = frozenset(
    {
        "animation",
        "audio",
        "document",
        "photo",
        "sticker",
        "story",
        "video",
        "video_note",
        "voice",
        "contact",
        "dice",
        "game",
        "poll",
        "venue",
        "location",
    }
)


class TelegramInput(InputChannel):  # type: ignore[misc]  # Rasa's classes are untyped for mypy
    """Rasa's input side for Telegram."""

    def __init__(self, options: TelegramOptions, screen: Screen | None = None) -> None:
        self.options, self._screen = options, screen
        self.api = Api(options.api, options.token)

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "telegram"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> TelegramInput:
        """Read the options: those of the settings and of site.yml, then those that stand in credentials.yml."""
        return cls(TelegramOptions.read(with_credentials(telegram_options(load_settings()), credentials)))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Put the parts together; without a token there is no door."""
        options, found = self.options, Blueprint("attune_telegram")
        if not options.token:
            return found
        screen = self._screen or Screen.load(options.country)
        words = strings.load(options.folder("content"))[options.language]
        memory = Memory(options.memory, keep_lines=False)
        conversations = Conversations()
        desk = Desk(self.name(), on_new_message, memory, screen, wire, conversations, options.timeout)
        self.platform = Platform(desk, words, options.opening, options.messages_per_minute)
        route(found, self.webhook, "/webhook", "webhook", "POST")
        conversations.mount(found)
        found.listener("after_server_stop")(self._stop)
        return found

    async def _stop(self, _app: Any, _loop: Any) -> None:
        await self.api.close()

    async def webhook(self, request: Request) -> HTTPResponse:
        """Take an update. 200 is said after the answer went out, so that Telegram repeats what a crash swallowed."""
        if not signatures.telegram(request.headers.get("x-telegram-bot-api-secret-token"), self.options.secret):
            return response.text("The secret is wrong.", status=403)
        raw = bytearray()
        while len(raw) <= BODY_MAX and request.stream and (chunk := await request.stream.read()):
            raw += chunk
        if len(raw) > BODY_MAX:
            return response.text("Too large.", status=413)
        try:
            update = read_update(json.loads(bytes(raw)))
        except (ValueError, AttributeError, RecursionError):
            return response.text("This is not an update.", status=400)
        if update:
            await self._send(update, await self._answer(update))
        return response.text("ok")

    async def _answer(self, update: Update) -> list[Json]:
        account = str(update.chat)
        if update.query is not None:
            lines = await self.platform.tap(account, update.id, update.tap or "")
            note = {"text": self.platform.words["old_button"]} if lines is None else {}
            await self.api.call("answerCallbackQuery", {"callback_query_id": update.query, **note})
            return lines or []
        text = (update.text or "").strip()
        if text == "/start" or text.startswith("/start "):
            return await self.platform.open(account, update.id)
        if text == "/delete":
            return await self.platform.delete(account)
        return await self.platform.say(account, update.id, text)

    async def _send(self, update: Update, lines: list[Json]) -> None:
        """Send an answer's messages one after the other; an error line brings the help lines."""
        words = self.platform.words
        made = render.messages([line for line in lines if line["type"] != "error"], words)
        for line in lines:
            if line["type"] == "error":
                text = f"{self.platform.error_text(line)}\n\n{render.help_lines(line['lines'])}"
                made.append({"text": text, "parse_mode": "HTML"})
        for message in made:
            if not await self.api.call("sendMessage", {"chat_id": update.chat, **message}):
                break
