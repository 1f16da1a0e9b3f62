"""A client of the web channel: a session, messages, taps. For the terminal, the readiness check and end-to-end tests."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import requests

from attune.talk.expect import Answer

TIMEOUT_S = 30


class ClientError(RuntimeError):
    """The server refused or cannot be reached; the message says which."""


class Client:
    """One conversation with the server at `address` (such as http://127.0.0.1:5005)."""

    def __init__(self, address: str) -> None:
        self.address, self.http = address.rstrip("/"), requests.Session()
        self.http.headers["Origin"] = self.address
        self.help: list[dict[str, Any]] = []

    def start(self) -> Answer:
        """Begin a session and return the greeting.

        Raises:
            ClientError: When no session can be had.
        """
        opened = self._post("session", {"v": 1, "consent": True}).json()
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.help = opened.get("help", [])
        return self._message({"start": True})

    def say(self, text: str) -> Answer:
        """Send typed words and return the answer."""
        return self._message({"text": text})

    def tap(self, offer: Mapping[str, Any]) -> Answer:
        """Send a tap on a choice of an earlier answer and return the answer."""
        return self._message({"choice": offer["id"], "text": offer["title"]})

    def end(self) -> None:
        """Erase the conversation on the server."""
        self._post("end", {})

    def _message(self, body: Mapping[str, Any]) -> Answer:
        response = self._post("message", {"v": 1, "id": str(uuid.uuid4()), **body})
        lines = list(_lines(response))
        if lines and lines[-1]["type"] == "error":
            raise ClientError(f"the bot answered with an error: {lines[-1].get('code')}")
        return Answer([line for line in lines if line["type"] not in ("ping", "token", "done")])

    def _post(self, route: str, body: Mapping[str, Any]) -> requests.Response:
        try:
            response = self.http.post(f"{self.address}/chat/{route}", json=body, timeout=TIMEOUT_S)
        except requests.RequestException as error:
            raise ClientError(f"{self.address} cannot be reached ({type(error).__name__})") from None
        if response.status_code != 200:
            raise ClientError(f"{self.address}/chat/{route} answered {response.status_code}: {response.text[:200]}")
        return response


def _lines(response: requests.Response) -> Iterator[dict[str, Any]]:
    for line in response.text.splitlines():
        if line.strip():
            yield json.loads(line)
