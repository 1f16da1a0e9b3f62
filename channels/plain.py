"""The guide without JavaScript: HTML forms, the same sessions, the same rules."""

from __future__ import annotations

import hmac
import uuid
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels import http
from channels.http import Refused
from channels.pages import Pages, policy
from channels.tokens import Claims
from channels.visits import Visits


class PlainPage:
    """GET shows the talk so far; POST says something, then sends the browser back to GET."""

    def __init__(self, pages: Pages, visits: Visits) -> None:
        self.pages, self.visits = pages, visits
        # Leaving is a form too, and a browser checks where a form's answer sends it.
        away = urlsplit(pages.options.exit_url)
        form = f"'self' {away.scheme}://{away.netloc}" if away.netloc else "'self'"
        self._headers = {**policy(form=form), "Referrer-Policy": "same-origin"}

    def mount(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        http.route(blueprint, self.show, "/plain", "plain")
        http.route(blueprint, self.act, "/plain", "plain_post", "POST")

    async def show(self, request: Request) -> HTTPResponse:
        """The talk so far, or the words before it begins."""
        try:
            return self._page(self.visits.claims(self._token(request)))
        except Refused:
            return self._page(None)

    async def act(self, request: Request) -> HTTPResponse:
        """Begin, say, choose, start over, delete or leave."""
        form: dict[str, str] = {}
        try:
            http.check_origin(request, self.visits.options.origins, self.visits.options.proxies)
            if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                raise Refused(415, "bad_request")
            form = {name: values[0] for name, values in parse_qs(await http.read_body(request)).items()}
            return await self._do(request, form)
        except Refused as refused:
            return self._refused(request, refused, form)

    async def _do(self, request: Request, form: dict[str, str]) -> HTTPResponse:
        if form.get("do") == "begin":
            token = self.visits.begin(http.address(request, self.visits.options.proxies))
            await self._say(self.visits.claims(token), {"id": str(uuid.uuid4()), "start": True})
            return self._back(request, token)
        if form.get("do") == "exit":
            return await self._leave(request, form)
        claims = self._checked(request, form)
        if form.get("do") in ("end", "restart"):
            await self.visits.end(claims.sub)
            return self._back(request, "") if form["do"] == "end" else await self._do(request, {"do": "begin"})
        trouble = await self._say(claims, _body(form))
        if trouble:
            return self._page(claims, trouble=trouble["code"], draft=form.get("text", ""))
        return self._back(request, self.visits.tokens.renew(claims))

    async def _leave(self, request: Request, form: dict[str, str]) -> HTTPResponse:
        """Erase the talk, so that Back finds nothing, and send the browser to a neutral page, whatever happens here."""
        with suppress(Refused):
            await self.visits.end(self._checked(request, form).sub)
        return self._back(request, "", self.pages.options.exit_url)

    def _checked(self, request: Request, form: dict[str, str]) -> Claims:
        """The session that a form of our own page belongs to.

        Raises:
            Refused: 401 without a session, 403 for a form that is not of its page.
        """
        claims = self.visits.claims(self._token(request))
        if not hmac.compare_digest(form.get("check", ""), self._check(claims)):
            raise Refused(403, "origin")
        return claims

    async def _say(self, claims: Claims, body: dict[str, Any]) -> dict[str, Any] | None:
        """Answer a message; return the error line when it failed."""
        last = None
        async for line in self.visits.submit(claims, body).follow():
            last = line or last
        return last if last and last["type"] == "error" else None

    def _refused(self, request: Request, refused: Refused, form: dict[str, str]) -> HTTPResponse:
        try:
            claims = self.visits.claims(self._token(request))
        except Refused:
            claims = None
        draft = form.get("text", "")
        page = self._page(claims, refused.status, trouble=refused.code, draft=draft, wait=refused.retry_after)
        if refused.retry_after:
            page.headers["Retry-After"] = str(refused.retry_after)
        return page

    def _page(self, claims: Claims | None, status: int = 200, trouble: str = "", draft: str = "", wait: int = 0) -> HTTPResponse:
        lines = self.visits.memory.lines(claims.sub) if claims else []
        last = max((line["seq"] for line in lines if line["type"] == "you"), default=0)
        return self.pages.render(
            "plain.html",
            self._headers,
            status,
            begun=claims is not None,
            lines=lines,
            last=last,
            draft=draft,
            wait=wait,
            trouble=trouble,
            check=self._check(claims) if claims else "",
            id=str(uuid.uuid4()),
        )

    def _check(self, claims: Claims) -> str:
        """A value that only our own page of this session knows."""
        key = next(iter(self.visits.tokens.keys.values()))
        return hmac.new(key, b"plain:" + claims.sub.encode(), "sha256").hexdigest()

    def _token(self, request: Request) -> str:
        return str(request.cookies.get(self._cookie(request), ""))

    def _cookie(self, request: Request) -> str:
        secure = http.scheme(request, self.visits.options.proxies) == "https"
        return "__Host-plain" if secure else "plain"

    def _back(self, request: Request, token: str, url: str = "") -> HTTPResponse:
        """See other: the talk, at its end, or `url`. The token travels in a cookie that no script can read."""
        name = self._cookie(request)
        rules = "; Secure" if name.startswith("__Host-") else ""
        age = self.visits.tokens.sliding if token else 0
        found = response.redirect(url or f"{self.pages.options.path}/plain#end", status=303)
        found.headers["Set-Cookie"] = f"{name}={token}; Max-Age={age}; Path=/; HttpOnly; SameSite=Strict{rules}"
        found.headers["Cache-Control"] = "no-store"
        return found


def _body(form: dict[str, str]) -> dict[str, Any]:
    """What a form says, as the wire's request body."""
    body: dict[str, Any] = {"id": form.get("id", "")}
    if "choice" in form:
        return body | {"choice": form["choice"]}
    if "form" in form:
        data = {name.removeprefix("f."): value for name, value in form.items() if name.startswith("f.")}
        return body | {"form": form["form"], "data": data}
    return body | {"text": form.get("text", "")}
