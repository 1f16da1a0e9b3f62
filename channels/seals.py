"""Seals for what is kept of a chat: the key travels in the visitor's token, so a copy of our disk can be read by nobody."""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

Json = dict[str, Any]


def new_seal() -> str:
    """Return a fresh key."""
    return Fernet.generate_key().decode("ascii")


class Seals:
    """The keys of the sessions that this process has heard from; one that brought none gets a key that dies with us."""

    def __init__(self) -> None:
        self._keys: dict[str, Fernet] = {}

    def unlock(self, sid: str, seal: str) -> None:
        """Take the key that a session's token brought."""
        if sid not in self._keys:
            self._keys[sid] = Fernet(seal)

    def drop(self, sid: str) -> None:
        """Forget a session's key."""
        self._keys.pop(sid, None)

    def close(self, sid: str, body: Json) -> str:
        """Return `body` sealed."""
        if sid not in self._keys:
            self.unlock(sid, new_seal())
        return self._keys[sid].encrypt(json.dumps(body).encode()).decode("ascii")

    def open(self, sid: str, sealed: str) -> Json | None:
        """Return what was sealed, or None without its key."""
        try:
            found: Json = json.loads(self._keys[sid].decrypt(sealed.encode("ascii")))
        except (KeyError, InvalidToken):
            return None
        return found
