"""The four POSTs of the widget: session, message, resume, end.

Answers are lines of JSON that end in `done` or `error`.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels import http, strings
from channels.desk import trouble
from channels.http import NO_STORE, Refused
from channels.options import WebOptions
from channels.render.web import help_line
from channels.tokens import Claims
from channels.turns import Turn
from channels.visits import Visits

RENEW_AFTER = 300
"""Seconds after which an answer brings a fresh token."""
COOKIE = "__Host-guide"

Json = dict[str, Any]
Handle = Callable[[Request], Awaitable[HTTPResponse | None]]


class WebApi:
    """Handlers for the wire of widget/reply.schema.json."""

    def __init__(self, options: WebOptions, visits: Visits, words: dict[str, dict[str, str]]) -> None:
        self.options, self.visits, self.strings = options, visits, words

    def mount(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        for name in ("session", "message", "resume", "end"):
            http.route(blueprint, self._guarded(getattr(self, name)), f"/{name}", name, "POST")

    def _guarded(self, handle: Handle) -> Handle:
        """Check the origin first; turn every refusal into an error line with the help lines."""

        async def guarded(request: Request) -> HTTPResponse | None:
            try:
                http.check_origin(request, self.options.origins, self.options.proxies)
                return await handle(request)
            except Refused as refused:
                return await self._refuse(request, refused)

        return guarded

    async def _refuse(self, request: Request, refused: Refused) -> HTTPResponse | None:
        if refused.body:
            try:
                claims = self.visits.claims(token_of(request))
                turn = self.visits.rescue(claims, refused.body)
            except Refused:
                turn = None
            if turn:
                await self._stream(request, claims, _lines(turn))
                return None
        return http.refusal(refused, trouble(refused.code, self.visits.screen, refused.retry_after))

    async def session(self, request: Request) -> HTTPResponse:
        """Begin: after consent, a token, the words and the help lines."""
        body = await http.read_json(request)
        org = str(body.get("org") or "")
        if body.get("consent") is not True or (org and org not in self.options.partners):
            raise Refused(400, "bad_request")
        token = self.visits.begin(http.address(request, self.options.proxies), org)
        found = response.json(
            {"v": 1, "type": "session", "token": token, "expires_in": self.visits.tokens.sliding}
            | self.words(str(body.get("lang") or "")),
            headers=dict(NO_STORE),
        )
        if body.get("framed") is True:
            found.headers["Set-Cookie"] = cookie(token, self.visits.tokens.sliding)
        return found

    def words(self, language: str) -> Json:
        """Strings and help lines for a language, or for the default one."""
        language = language if language in self.strings else self.options.language
        lines = [help_line(line) for line in self.visits.screen.lines()]
        return {
            "lang": language,
            "strings": strings.for_browser(self.strings[language]),
            "help": lines,
            "exit_url": self.options.exit_url,
            "privacy_url": self.options.privacy_url,
        }

    async def message(self, request: Request) -> None:
        """Answer one message, line by line."""
        claims = self.visits.claims(token_of(request))
        body = await http.read_json(request)
        await self._stream(request, claims, _lines(self.visits.submit(claims, body)))

    async def resume(self, request: Request) -> None:
        """Say again what came after a line, and follow what is still under way."""
        claims = self.visits.claims(token_of(request))
        body = await http.read_json(request)
        after = body.get("after", 0)
        if not isinstance(after, int) or isinstance(after, bool):
            raise Refused(400, "bad_request")
        self.visits.seen(claims)
        await self._stream(request, claims, self._missed(claims.sub, after), renew=True)

    async def _missed(self, conversation: str, after: int) -> AsyncIterator[Json | None]:
        """Kept lines first, then those of the turns under way; each once, as their numbers tell."""
        running = self.visits.desk.running(conversation)
        for line in self.visits.memory.lines(conversation, after):
            after = line["seq"]
            yield line
        for turn in running:
            async for news in turn.follow():
                if news is None or "seq" not in news:
                    yield news
                elif news["seq"] > after:
                    after = news["seq"]
                    yield news

    async def end(self, request: Request) -> HTTPResponse:
        """Erase. The token may stand in the body, because a page that is being left cannot send a header."""
        body = await http.read_json(request)
        claims = self.visits.claims(token_of(request) or str(body.get("token") or ""))
        await self.visits.end(claims.sub)
        headers = {**NO_STORE, "Set-Cookie": cookie("", 0)}
        return response.json({"type": "done"}, headers=headers)

    async def _stream(self, request: Request, claims: Claims, lines: AsyncIterator[Json | None], renew: bool = False) -> None:
        """Send lines as they come; the last one is always `done` or `error`."""
        headers = {**NO_STORE, "X-Accel-Buffering": "no"}
        first: Json | None = None
        if renew or time.time() - claims.issued > RENEW_AFTER:
            token = self.visits.tokens.renew(claims)
            first = {"type": "token", "token": token, "expires_in": self.visits.tokens.sliding}
            if request.cookies.get(COOKIE):
                headers["Set-Cookie"] = cookie(token, self.visits.tokens.sliding)
        stream = await request.respond(content_type="application/x-ndjson; charset=utf-8", headers=headers)
        if first:
            await stream.send(encode(first))
        failed = False
        async for line in lines:
            failed = line is not None and line["type"] == "error"
            await stream.send(encode(line or {"type": "ping"}))
        if not failed:
            await stream.send(encode({"type": "done"}))
        await stream.eof()


async def _lines(turn: Turn) -> AsyncIterator[Json | None]:
    async for line in turn.follow():
        yield line


def token_of(request: Request) -> str:
    """The bearer token, or the cookie of the framed widget."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else str(request.cookies.get(COOKIE, ""))


def cookie(token: str, seconds: int) -> str:
    """The framed widget's cookie: unreadable for scripts, and separate for every embedding site (CHIPS)."""
    return f"{COOKIE}={token}; Max-Age={seconds}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"


def encode(line: Json) -> str:
    """One line of the wire."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
