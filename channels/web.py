"""The web channel: `channels.web.WebInput` in credentials.yml. Serves the widget and talks with it, on one origin."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from attune.faults import describe
from attune.settings import load_settings
from channels import strings, tokens
from channels.base import wire
from channels.desk import Desk, Handler
from channels.http import Handle, route
from channels.memory import Memory
from channels.operator import web_options, with_credentials
from channels.options import WebOptions
from channels.pages import Pages
from channels.plain import PlainPage
from channels.screen import Screen
from channels.tracker import Conversations
from channels.visits import Visits
from channels.web_api import WebApi

logger = logging.getLogger(__name__)

_PURGE_EVERY = 60


class WebInput(InputChannel):  # type: ignore[misc]  # Rasa's classes are untyped for mypy
    """Rasa's input side of the web channel.

    Args:
        options: See WebOptions.
        screen: The crisis screen; attune.safety's when left out.
    """

    def __init__(self, options: WebOptions, screen: Screen | None = None) -> None:
        self.options, self._screen = options, screen

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebInput:
        """Read the options: those of the settings and of site.yml, then those that stand in credentials.yml."""
        return cls(WebOptions.read(with_credentials(web_options(load_settings()), credentials)))

    def url_prefix(self) -> str:
        """Where it is mounted; absolute, so not under /webhooks."""
        return self.options.path

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Put the parts together; files are read here, not at import."""
        options = self.options
        screen = self._screen or Screen.load(options.country)
        keys = tokens.parse_keys(options.keys) or tokens.load_or_make(Path(options.key_file))
        memory = Memory(options.memory)
        conversations = Conversations()
        desk = Desk(self.name(), on_new_message, memory, screen, wire, conversations, options.timeout)
        visits = Visits(options, tokens.Tokens(keys, options.idle), memory, screen, desk)
        words = strings.load(options.folder("content"))
        api = WebApi(options, visits, words)
        pages = Pages(options, api.words(options.language), words[options.language])

        found = Blueprint("attune_web", strict_slashes=False)
        for part in (conversations, api, pages, PlainPage(pages, visits)):
            part.mount(found)
        route(found, _readiness(conversations), "/ready", "ready")
        _purge_every_minute(found, visits)
        found.listener("after_server_stop")(lambda _app, _loop: memory.close())
        return found


def _readiness(conversations: Conversations) -> Handle:
    async def ready(_request: Request) -> HTTPResponse:
        """Whether the bot can answer: 200, or 503 while its model loads."""
        found = conversations.ready
        return response.json({"ready": found}, status=200 if found else 503, headers={"Cache-Control": "no-store"})

    return ready


def _purge_every_minute(blueprint: Blueprint, visits: Visits) -> None:
    """Erase quiet sessions as long as the server runs."""
    running: list[asyncio.Task[None]] = []

    async def purge() -> None:
        while True:
            try:
                await visits.purge()
            except Exception as error:
                # Each tracker store has errors of its own, and this task must live on, or nothing is ever erased again.
                logger.error("Old sessions could not be erased; the next try comes in a minute: %s", describe(error))
            await asyncio.sleep(_PURGE_EVERY)

    async def start(_app: Any, _loop: Any) -> None:
        running.append(asyncio.get_running_loop().create_task(purge()))

    async def stop(_app: Any, _loop: Any) -> None:
        running.pop().cancel()

    blueprint.listener("before_server_start")(start)
    blueprint.listener("before_server_stop")(stop)
