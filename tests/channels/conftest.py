"""The real channels on the scripted bot, served on a port of their own."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import json
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pipeline.lean import import_rasa

import_rasa()
sys.path.insert(0, str(Path(__file__).parent))

from sanic.touchup import TouchUp  # noqa: E402
from standin import Agent, application  # noqa: E402

from channels.options import WebOptions  # noqa: E402

_touch_up, _touched = TouchUp.run, []


def _touch_up_once(app: Any) -> None:
    """Let Sanic rewrite its own classes once; it cannot do that twice in a process, and these tests start many apps."""
    if not _touched:
        _touched.append(True)
        _touch_up(app)


TouchUp.run = _touch_up_once  # type: ignore[method-assign]

_names = itertools.count()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """A Sanic application in a thread; `stop` is as abrupt as the end of a process."""

    def __init__(self, app: Any, port: int) -> None:
        self.app, self.port = app, port
        self.loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._up.wait(20)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._start())
        self._up.set()
        self.loop.run_forever()

    async def _start(self) -> None:
        made = await self.app.create_server("127.0.0.1", self.port, return_asyncio_server=True, access_log=False)
        await made.startup()
        await made.before_start()
        await made.start_serving()
        self._made = made

    def stop(self) -> None:
        """Close the port and stop everything at once."""

        def end() -> None:
            self._made.server.close()
            for connection in list(self._made.connections):
                connection.abort()
            self.loop.stop()

        self.loop.call_soon_threadsafe(end)
        self._thread.join(5)


class Client:
    """A browser's view of the wire."""

    def __init__(self, port: int) -> None:
        self.base, self.token = f"http://127.0.0.1:{port}", ""
        self.headers = {"Origin": self.base, "Content-Type": "application/json"}

    def post(self, name: str, body: Any, **headers: str | None) -> requests.Response:
        """POST as our own page would; a header given as None is left out."""
        sent = {**self.headers, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        sent |= {key.replace("_", "-"): value for key, value in headers.items()}
        kept = {key: value for key, value in sent.items() if value is not None}
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return requests.post(f"{self.base}/chat/{name}", data=data, headers=kept, timeout=30)

    def begin(self) -> Client:
        """Open a session."""
        found = self.post("session", {"consent": True})
        assert found.status_code == 200, found.text
        self.token = found.json()["token"]
        return self

    def say(self, text: str, message_id: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """Send a text and return the lines."""
        found = self.post("message", {"id": message_id or str(uuid.uuid4()), "text": text, **more})
        return lines(found)


def lines(found: requests.Response) -> list[dict[str, Any]]:
    """The lines of a stream."""
    return [json.loads(line) for line in found.text.splitlines()]


@pytest.fixture
def options(tmp_path: Path) -> WebOptions:
    """Options of a test: files under the test's own folder, generous limits."""
    return WebOptions(
        memory=str(tmp_path / "web.sqlite"), key_file=str(tmp_path / "web.key"), timeout=1.5,
        messages_per_minute=1000, sessions_per_minute=1000, partners={"partner": ("https://partner.example",)},
    )


@pytest.fixture
def serve(options: WebOptions) -> Iterator[Callable[..., tuple[Server, Agent]]]:
    """Start the web channel, as often as a test likes; every start reads the same files."""
    running: list[Server] = []

    def start(port: int | None = None, agent: Agent | None = None, **changes: Any) -> tuple[Server, Agent]:
        agent = agent or Agent()
        app = application(dataclasses.replace(options, **changes), agent, f"test{next(_names)}")
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
