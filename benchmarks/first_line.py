"""How long a visitor waits for the first line of an answer: `python -m benchmarks.first_line` on a quiet machine.

Starts the service as `make run` does and talks to it over HTTP, one visitor at a time: six conversations of ten ordinary
turns, some answered in Rasa's process and some by the action server. The clock runs from the POST to the first line of the
reply itself; the line that repeats the visitor's own words does not count.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import requests

from attune.settings import ROOT
from tests.end_to_end.service import running_service

BAR_MS = 60
TURNS = (
    "what even is attunement",
    "who is it for",
    "my last therapist never really got me",
    "how do i know it is working",
    "so what kind of therapy should i look for",
    "somatic sounds good, do you have anyone in halifax under 150, online is ok",
    "tell me more about the second one",
    "only women",
    "what happens in a first session",
    "show me more",
)
TALKS = 6


def main() -> None:
    """Start, talk, print."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, running_service(Path(folder)) as service:
        talks = [talk(service.address) for _ in range(TALKS)]
    waits = sorted(wait for one in talks for wait in one)
    p50, p95 = statistics.median(waits), waits[int(len(waits) * 0.95)]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    print(f"first reply line of {len(waits)} turns: p50 {p50:.0f} ms, p95 {p95:.0f} ms (bar: p50 at most {BAR_MS} ms)")
    print(f"commit {commit.strip()}, {os.cpu_count()} cores, load before {load:.1f}")
    for number, text in enumerate(TURNS):
        print(f"{statistics.median(one[number] for one in talks):6.0f} ms  {text}")


def talk(address: str) -> list[float]:
    """Hold one conversation; return the milliseconds until each answer began."""
    http = requests.Session()
    http.headers["Origin"] = address
    opened = http.post(f"{address}/chat/session", json={"v": 1, "consent": True}, timeout=30)
    http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
    first_line(http, address, {"start": True})
    return [first_line(http, address, {"text": text}) for text in TURNS]


def first_line(http: requests.Session, address: str, body: dict[str, object]) -> float:
    """Send a message and read the whole answer; return the milliseconds until its first line.

    Raises:
        RuntimeError: When there was no answer.
    """
    began, waited = time.perf_counter(), 0.0
    sent = {"v": 1, "id": str(uuid.uuid4()), **body}
    with http.post(f"{address}/chat/message", json=sent, stream=True, timeout=30) as found:
        kinds = []
        for raw in found.iter_lines(chunk_size=None):
            kinds.append(json.loads(raw)["type"])
            if not waited and kinds[-1] not in ("you", "token", "ping"):
                waited = (time.perf_counter() - began) * 1000
    if not waited or kinds[-1] != "done":
        raise RuntimeError(f"{body} was answered with {found.status_code}: {kinds}")
    return waited


if __name__ == "__main__":
    main()
