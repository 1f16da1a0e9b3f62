"""Is the bot really there? Only an answer to a message says so: a port can be open long before the model is loaded."""

from __future__ import annotations

import time

import requests

from attune.talk.client import Client, ClientError

POLL_S = 1.0


def wait_until_answering(address: str, within_s: float = 120) -> bool:
    """Return True as soon as the bot at `address` greets a visitor, False when it has not within `within_s` seconds."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if is_loaded(address) and answers(address):
            return True
        time.sleep(POLL_S)
    return False


def is_loaded(address: str) -> bool:
    """Return whether the model is loaded; cheap, so it is asked before a conversation is tried."""
    try:
        return requests.get(f"{address}/chat/ready", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def answers(address: str) -> bool:
    """Return whether the bot greets and an action of the action server answers; leaves no conversation behind."""
    client = Client(address)
    try:
        greeted = bool(client.start().parts) and bool(client.say("find me a therapist").parts)
        client.end()
    except ClientError:
        return False
    return greeted
