"""Checks that a webhook came from its platform: constant time, never `==`, and an empty secret never passes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

SLACK_TOLERANCE = 300
"""Seconds after which a signed Slack request counts as replayed."""


def same(given: str | None, expected: str) -> bool:
    """Compare two secrets in constant time; an empty or missing one never matches."""
    return bool(given) and bool(expected) and hmac.compare_digest(str(given).encode(), expected.encode())


def telegram(given: str | None, secret: str) -> bool:
    """Check the X-Telegram-Bot-Api-Secret-Token header."""
    return same(given, secret)


def meta(given: str | None, body: bytes, secret: str) -> bool:
    """Check Meta's X-Hub-Signature-256 (Messenger, WhatsApp); the old SHA-1 header is not accepted."""
    return bool(secret) and same(given, "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest())


def slack(given: str | None, timestamp: str | None, body: bytes, secret: str, now: float) -> bool:
    """Check Slack's v0 signature, and that the request is at most five minutes old."""
    try:
        fresh = abs(now - int(timestamp or "")) <= SLACK_TOLERANCE
    except ValueError:
        return False
    base = b"v0:" + str(timestamp).encode() + b":" + body
    return fresh and bool(secret) and same(given, "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest())


def twilio(given: str | None, url: str, params: Mapping[str, Sequence[str]], secret: str) -> bool:
    """Check X-Twilio-Signature: HMAC-SHA1 over the public address and the sorted form values."""
    text = url + "".join(name + value for name in sorted(params) for value in sorted(set(params[name])))
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()
    return bool(secret) and same(given, base64.b64encode(digest).decode())
