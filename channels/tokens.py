"""Signed session tokens: short-lived, bound to one conversation, with nothing about the person in them."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jwt

from channels.seals import new_seal

ALGORITHM = "HS256"
AUDIENCE = "web"
SLIDING = 30 * 60
ABSOLUTE = 24 * 60 * 60
_REQUIRED = ["sub", "aud", "iat", "exp", "end", "seal"]


class TokenError(Exception):
    """The token is missing, forged, for something else, or too old."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says.

    Attributes:
        sub: The conversation.
        org: The embedding site.
        issued: When it was issued.
        end: When it ends for good.
        seal: The key of the conversation's lines; it lives in the visitor's token and nowhere on our disk.
    """

    sub: str
    org: str
    issued: int
    end: int
    seal: str


class Tokens:
    """Signs and checks tokens. The first key signs; all of them verify, so that keys can be rotated."""

    def __init__(self, keys: Mapping[str, bytes], sliding: int = SLIDING, absolute: int = ABSOLUTE) -> None:
        if not keys or any(len(key) < 32 for key in keys.values()):
            raise ValueError("A token key needs at least 32 bytes; remove the key file to have a new one made.")
        self.keys, self.sliding, self.absolute = dict(keys), sliding, absolute

    def issue(self, conversation: str, org: str = "", end: int | None = None, seal: str = "") -> str:
        """Return a new token for `conversation`; `end` and `seal` keep those of an earlier one."""
        now = int(time.time())
        end = end or now + self.absolute
        kid = next(iter(self.keys))
        claims = {"sub": conversation, "aud": AUDIENCE, "org": org, "iat": now, "exp": min(now + self.sliding, end)}
        claims |= {"end": end, "seal": seal or new_seal()}
        return jwt.encode(claims, self.keys[kid], algorithm=ALGORITHM, headers={"kid": kid})

    def renew(self, claims: Claims) -> str:
        """Return a fresh token for the same conversation and the same absolute end."""
        return self.issue(claims.sub, claims.org, claims.end, claims.seal)

    def check(self, token: str) -> Claims:
        """Return the claims of a valid token.

        Raises:
            TokenError: For anything else.
        """
        try:
            key = self.keys[str(jwt.get_unverified_header(token).get("kid"))]
            found = jwt.decode(token, key, [ALGORITHM], audience=AUDIENCE, options={"require": _REQUIRED})
            claims = Claims(found["sub"], str(found.get("org", "")), int(found["iat"]), int(found["end"]), str(found["seal"]))
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            raise TokenError("The session is over.") from error
        if claims.end <= time.time():
            raise TokenError("The session is over.")
        return claims


def parse_keys(text: str) -> dict[str, bytes]:
    """Read keys as settings hold them: `kid:secret`, separated by spaces, commas or lines; the first one signs."""
    pairs = (item.partition(":") for item in text.replace(",", " ").split())
    return {kid: secret.encode() for kid, _, secret in pairs if secret}


def load_or_make(path: Path) -> dict[str, bytes]:
    """Return the keys in `path`; on the first run a key is made and kept there, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return parse_keys(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return load_or_make(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(4)}:{secrets.token_urlsafe(48)}\n")
    return parse_keys(path.read_text(encoding="ascii"))
