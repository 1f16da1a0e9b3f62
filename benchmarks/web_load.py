"""Two hundred visitors at once, with reloads, cuts, double sends, and a server that is killed and started again.

`python benchmarks/web_load.py [--visitors 200 --turns 20 --kills 3]`. The channel is the real one; the bot behind it echoes, takes
its time, and saves each turn when it is complete, in Rasa's own SQL tracker store, as Rasa does. Every visitor checks: each
message answered exactly once, in order, nothing lost. Prints the figures, and exits with 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "channels")]

Json = dict[str, Any]


def serve(port: int, folder: Path) -> None:
    """Serve the channel with an echoing bot until killed."""
    import serving  # noqa: F401  # first: imports Rasa the lean way
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import BotUttered, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker
    from standin import application

    from channels.options import WebOptions

    store = SQLTrackerStore(Domain.empty(), db=str(folder / "tracker.sqlite"))

    async def handle(message: Any) -> None:
        said = UserUttered(message.text, message_id=message.message_id)
        await asyncio.sleep(random.uniform(0.005, 0.06))
        replies = [{"text": f"echo {message.text}"}, {"text": "and more"}]
        for reply in replies:
            await message.output_channel.send_response(message.sender_id, dict(reply))
        tracker = await store.retrieve(message.sender_id) or DialogueStateTracker.from_events(message.sender_id, [])
        for event in (said, *(BotUttered(reply["text"]) for reply in replies)):
            tracker.update(event)
        await store.save(tracker)

    agent = SimpleNamespace(tracker_store=store, handle_message=handle, is_ready=lambda: True)
    options = WebOptions(
        memory=str(folder / "web.sqlite"),
        key_file=str(folder / "web.key"),
        messages_per_minute=100_000,
        sessions_per_minute=100_000,
    )
    application(options, agent).run("127.0.0.1", port, access_log=False)


class Visitor:
    """One visitor, with the habits of the widget: an id for each message, tries again, passes over numbers seen before."""

    def __init__(self, http: aiohttp.ClientSession, base: str, number: int) -> None:
        self.http, self.base, self.number = http, base, number
        self.token, self.seq = "", 0
        self.lines: list[Json] = []
        self.first: list[float] = []
        self.retries = 0
        self.random = random.Random(number)

    async def talk(self, turns: int) -> None:
        """Say `turns` things."""
        await self._session()
        for turn in range(turns):
            await self._message(str(uuid.uuid4()), f"visitor {self.number} turn {turn}")
            if self.random.random() < 0.1:
                await self._stream("resume", {"after": self.seq})

    async def _session(self) -> None:
        while not self.token:
            try:
                async with self._post("session", {"consent": True}) as found:
                    self.token = (await found.json())["token"]
            except (aiohttp.ClientError, KeyError):
                await asyncio.sleep(0.5)

    async def _message(self, key: str, text: str) -> None:
        body = {"id": key, "text": text}
        mischief = self.random.random()
        if mischief < 0.08:
            await asyncio.gather(self._until_done(body), self._until_done(body))
        elif mischief < 0.2:
            task = asyncio.create_task(self._stream("message", body))
            await asyncio.sleep(self.random.uniform(0, 0.04))
            task.cancel()
            await self._until_done(body)
        else:
            await self._until_done(body, clean=True)

    async def _until_done(self, body: Json, clean: bool = False) -> None:
        began = time.perf_counter()
        tries = 0
        while not await self._stream("message", body, began if clean and not tries else None):
            tries += 1
            self.retries += 1
            await asyncio.sleep(0.3 + self.random.random() * 0.3)

    async def _stream(self, name: str, body: Json, began: float | None = None) -> bool:
        """Read the lines; say whether the stream ended as it should."""
        try:
            async with self._post(name, body) as found:
                if found.status != 200:
                    return False
                async for raw in found.content:
                    line = json.loads(raw)
                    if began and line["type"] == "text":
                        self.first.append(time.perf_counter() - began)
                        began = None
                    if line["type"] in ("done", "error"):
                        return line["type"] == "done"
                    if line["type"] == "token":
                        self.token = line["token"]
                    elif line.get("seq", 0) > self.seq:
                        self.seq = line["seq"]
                        self.lines.append(line)
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
        return False

    def _post(self, name: str, body: Json) -> Any:
        headers = {"Origin": self.base, "Authorization": f"Bearer {self.token}"}
        return self.http.post(f"{self.base}/chat/{name}", json=body, headers=headers)

    def faults(self, turns: int) -> list[str]:
        """What is wrong with what this visitor saw."""
        expected = []
        for turn in range(turns):
            text = f"visitor {self.number} turn {turn}"
            expected += [text, f"echo {text}", "and more"]
        seen = [line["text"] for line in self.lines]
        return [] if seen == expected else [f"visitor {self.number} saw {len(seen)} of {len(expected)} lines, or another order"]


async def start(port: int, folder: str) -> asyncio.subprocess.Process:
    """Start a server and wait until it answers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--serve", str(port), folder, stderr=asyncio.subprocess.DEVNULL, cwd=ROOT
    )
    async with aiohttp.ClientSession() as http:
        while process.returncode is None:
            try:
                async with http.get(f"http://127.0.0.1:{port}/chat/ready"):
                    return process
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    raise RuntimeError("The server did not start.")


async def drive(visitors: int, turns: int, kills: int, port: int) -> int:
    """Run everything; return how many faults were found."""
    with tempfile.TemporaryDirectory() as folder:
        process = await start(port, folder)
        began = time.perf_counter()
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30)) as http:
            crowd = [Visitor(http, f"http://127.0.0.1:{port}", number) for number in range(visitors)]
            talks = asyncio.gather(*(visitor.talk(turns) for visitor in crowd))
            for _ in range(kills):
                await asyncio.sleep(4)
                process.send_signal(signal.SIGKILL)
                await process.wait()
                process = await start(port, folder)
            await talks
        seconds = time.perf_counter() - began
        process.kill()
        await process.wait()
        faults = [fault for visitor in crowd for fault in visitor.faults(turns)]
        faults += twice(Path(folder), visitors * turns)
    first = sorted(time for visitor in crowd for time in visitor.first)
    print(f"{visitors} visitors, {turns} turns each, {kills} kills: {seconds:.0f} s, {sum(v.retries for v in crowd)} tries again")
    if first:
        print(
            f"first reply line: median {statistics.median(first) * 1000:.0f} ms, 95th {first[int(len(first) * 0.95)] * 1000:.0f} ms"
        )
    print("\n".join(faults[:10]) or "every message answered exactly once, in order, nothing lost")
    return len(faults)


def twice(folder: Path, expected: int) -> list[str]:
    """Ask the tracker store how often the bot heard each message."""
    import sqlite3

    with sqlite3.connect(folder / "tracker.sqlite") as db:
        texts = [json.loads(data)["text"] for (data,) in db.execute("SELECT data FROM events WHERE type_name = 'user'")]
    return (
        []
        if len(texts) == len(set(texts)) == expected
        else [f"the bot saved {len(texts)} messages, {len(set(texts))} different, of {expected}"]
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", nargs=2, metavar=("PORT", "FOLDER"))
    for name, value in (("--visitors", 200), ("--turns", 20), ("--kills", 3), ("--port", 8017)):
        parser.add_argument(name, type=int, default=value)
    given = parser.parse_args()
    if given.serve:
        serve(int(given.serve[0]), Path(given.serve[1]))
    sys.exit(1 if asyncio.run(drive(given.visitors, given.turns, given.kills, given.port)) else 0)


if __name__ == "__main__":
    main()
