"""The real channels on the scripted bot, served on a port of their own."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from serving import Client, Server, free_port, names
from standin import Agent, application

from channels.options import WebOptions


@pytest.fixture
def options(tmp_path: Path) -> WebOptions:
    """Options of a test: files under the test's own folder, generous limits."""
    return WebOptions(
        memory=str(tmp_path / "web.sqlite"),
        key_file=str(tmp_path / "web.key"),
        timeout=1.5,
        messages_per_minute=1000,
        sessions_per_minute=1000,
        partners={"partner": ("https://partner.example",)},
    )


@pytest.fixture
def serve(options: WebOptions) -> Iterator[Callable[..., tuple[Server, Agent]]]:
    """Start the web channel, as often as a test likes; every start reads the same files."""
    running: list[Server] = []

    def start(port: int | None = None, agent: Agent | None = None, **changes: Any) -> tuple[Server, Agent]:
        agent = agent or Agent()
        app = application(dataclasses.replace(options, **changes), agent, f"test{next(names)}")
        running.append(Server(app, port or free_port()))
        return running[-1], agent

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def client(serve: Callable[..., tuple[Server, Agent]]) -> Client:
    """A client with a session, on a server of its own."""
    server, agent = serve()
    made = Client(server.port).begin()
    made.agent = agent  # type: ignore[attr-defined]
    return made
