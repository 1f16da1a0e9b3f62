"""A visit on the web: begins with consent, lives by a signed token, ends for good.

Shared by the widget and the plain page.
"""

from __future__ import annotations

import json
import re
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from channels.base import TEXT_MAX, Incoming, clean_text
from channels.desk import Desk
from channels.http import Refused
from channels.limits import RateLimit
from channels.memory import Memory
from channels.options import WebOptions
from channels.screen import Screen
from channels.tokens import Claims, TokenError, Tokens
from channels.turns import Busy, Turn

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_FIELD_MAX = 200

LOADING = 5
"""Seconds after which a message that came while the model loads may come again."""

Json = dict[str, Any]


class Visits:
    """Sessions and their messages, whatever page they come from."""

    def __init__(self, options: WebOptions, tokens: Tokens, memory: Memory, screen: Screen, desk: Desk) -> None:
        self.options, self.tokens, self.memory, self.screen, self.desk = options, tokens, memory, screen, desk
        self._new = RateLimit(options.sessions_per_minute)
        self._messages = RateLimit(options.messages_per_minute)
        self._alarms = RateLimit(3 * options.messages_per_minute)
        self._resumes = RateLimit(6 * options.messages_per_minute)

    def begin(self, address: str, org: str = "") -> str:
        """Open a session and return its token.

        Raises:
            Refused: 429 when too many come from one address.
        """
        wait = self._new.take(address)
        if wait:
            raise Refused(429, "rate_limit", wait)
        conversation = "web-" + secrets.token_hex(16)
        self.memory.open(conversation)
        return self.tokens.issue(conversation, org)

    def claims(self, token: str) -> Claims:
        """Return what a token says, if its session still lives; from here on its kept lines can be read.

        Raises:
            Refused: 401.
        """
        try:
            claims = self.tokens.check(token)
        except TokenError as error:
            raise Refused(401, "session") from error
        if not self.memory.known(claims.sub):
            raise Refused(401, "session")
        self.memory.unlock(claims.sub, claims.seal)
        return claims

    def seen(self, claims: Claims) -> None:
        """Count a resume, and keep the session.

        Raises:
            Refused: 429.
        """
        wait = self._resumes.take(claims.sub)
        if wait:
            raise Refused(429, "rate_limit", wait)
        self.memory.open(claims.sub)

    def submit(self, claims: Claims, body: Mapping[str, Any]) -> Turn:
        """Answer one message.

        Raises:
            Refused: When it cannot be read, is over a limit, or too many wait.
        """
        message = self._read(claims.sub, body)
        self.memory.open(claims.sub)
        return self._put(message)

    def rescue(self, claims: Claims, text: str) -> Turn | None:
        """Answer a body that was too large, if it cries for help."""
        if not self.screen.alarm(text):
            return None
        return self._put(Incoming(claims.sub, str(uuid.uuid4()), "", "", static=True))

    async def end(self, conversation: str) -> bool:
        """End a session: its token dies first, then what runs, then everything that was kept."""
        self.memory.forget(conversation)
        await self.desk.stop(conversation)
        self.memory.forget(conversation)
        return await self.desk.conversations.erase(conversation)

    async def purge(self) -> int:
        """Erase the sessions that have been quiet for too long; return how many."""
        old = self.memory.expired(self.options.idle)
        for conversation in old:
            await self.end(conversation)
        return len(old)

    def _put(self, message: Incoming) -> Turn:
        try:
            return self.desk.submit(message)
        except Busy as error:
            raise Refused(409, "busy", 2) from error

    def _read(self, conversation: str, body: Mapping[str, Any]) -> Incoming:
        """Check one message: exactly one of text, choice, form and start."""
        message_id = body.get("id")
        if not isinstance(message_id, str) or not _ID.fullmatch(message_id):
            raise Refused(400, "bad_request")
        new = self.memory.state(conversation, message_id) is None
        payload: str
        said: Any
        if "form" in body:
            payload, said = self._form(conversation, body)
        elif "choice" in body:
            payload, said = self._choice(conversation, body)
        elif body.get("start") is True:
            payload, said = self.options.opening, ""
        else:
            payload, said = "", body.get("text")
        if not isinstance(said, str):
            raise Refused(400, "bad_request")
        return self._limited(Incoming(conversation, message_id, payload, said, tapped=bool(payload)), new)

    def _limited(self, message: Incoming, new: bool) -> Incoming:
        """Apply the limits, after the crisis screen; turn free text into what Rasa may read."""
        wait = self._messages.take(message.conversation) if new else 0
        alarm, ready = self.screen.alarm(message.said), self.desk.conversations.ready
        long = len(message.said) > TEXT_MAX
        if alarm and (long or not ready or (wait and self._alarms.take(message.conversation))):
            return Incoming(message.conversation, message.id, "", message.said[:TEXT_MAX], static=True)
        if wait and not alarm:
            raise Refused(429, "rate_limit", wait)
        if long:
            raise Refused(413, "too_long")
        if not ready:
            raise Refused(503, "failed", LOADING)
        if message.tapped and not alarm:
            return message
        text = clean_text(message.said)
        if not text:
            raise Refused(400, "empty")
        return Incoming(message.conversation, message.id, text, text)

    def _choice(self, conversation: str, body: Mapping[str, Any]) -> tuple[str, Any]:
        """What a tap stands for; an id that we did not issue is no more than its words."""
        meaning = self.memory.tap(conversation, str(body["choice"]))
        if isinstance(meaning, list):
            payload, title = map(str, meaning)
            return payload if payload.startswith("/") else "", title
        return "", body.get("text")

    def _form(self, conversation: str, body: Mapping[str, Any]) -> tuple[str, str]:
        """A filled-in form as a payload, with only the fields and values that were offered."""
        spec = self.memory.tap(conversation, f"form:{body['form']}")
        data = body.get("data")
        if not isinstance(spec, dict) or not isinstance(data, dict):
            raise Refused(400, "bad_request")
        values = {name: _value(spec[name], data[name]) for name in spec if data.get(name) not in (None, "")}
        if not values:
            raise Refused(400, "empty")
        said = " · ".join(f"{spec[n]['label']}: {spec[n]['options'].get(v, v)}" for n, v in values.items())
        return f"/{self.options.form_intent}{json.dumps(values, ensure_ascii=False)}", said


def _value(field: Mapping[str, Any], found: object) -> str:
    """Check one value of a form.

    Raises:
        Refused: For a value that was not offered, or not a number where one was asked.
    """
    text = clean_text(str(found)) if isinstance(found, str | int | float) else ""
    bad_option = field["options"] and text not in field["options"]
    bad_number = field["kind"] == "number" and not re.fullmatch(r"\d{1,6}([.,]\d{1,2})?", text)
    if not text or len(text) > _FIELD_MAX or bad_option or bad_number:
        raise Refused(400, "bad_request")
    return text
