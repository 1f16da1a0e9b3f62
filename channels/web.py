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

from attune.settings import load_settings
from channels import strings, tokens, tracker
from channels.base import wire
from channels.desk import Desk, Handler
from channels.http import route
from channels.memory import Memory
from channels.operator import operator_options
from channels.options import WebOptions
from channels.pages import Pages
from channels.plain import PlainPage
from channels.screen import Screen
from channels.visits import Visits
from channels.web_api import WebApi, agent_of

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
        return cls(WebOptions.read({**operator_options(load_settings()), **(credentials or {})}))

    def url_prefix(self) -> str:
        """Where it is mounted; absolute, so not under /webhooks."""
        return self.options.path

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Put the parts together; files are read here, not at import."""
        options = self.options
        screen = self._screen or Screen.load(options.country)
        agent: dict[str, Any] = {"app": None}

        async def recover(conversation: str, message_id: str) -> list[dict[str, Any]] | None:
            return await tracker.answered(getattr(agent["app"].ctx, "agent", None), conversation, message_id)

        async def erase(conversation: str) -> bool:
            return await tracker.erase(getattr(agent["app"].ctx, "agent", None), conversation)

        keys = tokens.parse_keys(options.keys) or tokens.load_or_make(Path(options.key_file))
        memory = Memory(options.memory)
        desk = Desk(self.name(), on_new_message, memory, screen, wire, options.timeout, recover, erase)
        visits = Visits(options, tokens.Tokens(keys, options.idle), memory, screen, desk)
        words = strings.load(options.folder("content"))
        api = WebApi(options, visits, words)
        pages = Pages(options, api.words(options.language), words[options.language])

        found = Blueprint("attune_web", strict_slashes=False)
        for part in (api, pages, PlainPage(pages, visits)):
            part.mount(found)
        route(found, _ready, "/ready", "ready")

        async def start(app: Any, _loop: Any) -> None:
            agent.update(app=app, purge=asyncio.get_running_loop().create_task(_purge(app, visits)))

        async def stop(_app: Any, _loop: Any) -> None:
            agent["purge"].cancel()
            memory.close()

        found.listener("before_server_start")(start)
        found.listener("after_server_stop")(stop)
        return found


async def _ready(request: Request) -> HTTPResponse:
    """Whether the bot can answer: 200, or 503 while its model loads."""
    agent = agent_of(request)
    ready = agent is not None and agent.is_ready()
    return response.json({"ready": ready}, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


async def _purge(app: Any, visits: Visits) -> None:
    """Erase quiet sessions once a minute."""
    while True:
        try:
            await visits.purge(getattr(app.ctx, "agent", None))
        except Exception:
            logger.exception("Old sessions could not be erased; the next try comes in a minute.")
        await asyncio.sleep(_PURGE_EVERY)
