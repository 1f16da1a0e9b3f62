"""Helpers: a real server in a thread, and a client that speaks the wire as our own page does."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import threading
import uuid
from typing import Any

import requests

from pipeline.lean import import_rasa

import_rasa()
from sanic.touchup import TouchUp  # noqa: E402

_touch_up, _touched = TouchUp.run, []


def _touch_up_once(app: Any) -> None:
    """Let Sanic rewrite its own classes once; it cannot do that twice in a process, and these tests start many apps."""
    if not _touched:
        _touched.append(True)
        _touch_up(app)


TouchUp.run = _touch_up_once  # type: ignore[method-assign]

names = itertools.count()


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
        for connection in list(self._made.connections):
            connection.abort()
        self._made.server.close()
        self.loop.run_until_complete(_cancel_all())
        self.loop.close()

    async def _start(self) -> None:
        made = await self.app.create_server("127.0.0.1", self.port, return_asyncio_server=True, access_log=False)
        await made.startup()
        await made.before_start()
        await made.start_serving()
        self._made = made

    def stop(self) -> None:
        """Cut every connection and stop everything at once; what was being answered stays unfinished."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(5)


async def _cancel_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


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
