"""What every POST of the web channel passes: origin, type, size, a JSON object. Refusals carry the help lines."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

Handle = Callable[..., Awaitable[HTTPResponse | None]]

BODY_MAX = 8 * 1024
"""Largest body that is read as a message."""
SCREEN_MAX = 64 * 1024
"""How much of a larger one is still read, for the crisis screen only."""

NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def route(blueprint: Blueprint, handle: Handle, uri: str, name: str, method: str = "GET") -> None:
    """Add a route for a method of an object; Sanic writes marks on its handlers, which a bound method forbids."""

    async def handler(request: Request, **values: Any) -> HTTPResponse | None:
        return await handle(request, **values)

    blueprint.add_route(handler, uri, methods=[method], name=name, stream=method == "POST")


class Refused(Exception):  # noqa: N818  # an answer, not an error
    """A request that is not served: status, code, seconds to wait, and what of its body could be read."""

    def __init__(self, status: int, code: str, retry_after: int = 0, body: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.retry_after, self.body = status, code, retry_after, body


def refusal(refused: Refused, line: dict[str, Any]) -> HTTPResponse:
    """The refusal as an error line with a status."""
    headers = dict(NO_STORE)
    if refused.retry_after:
        headers["Retry-After"] = str(refused.retry_after)
    if refused.status == 413:
        headers["Connection"] = "close"
    return response.json(line, status=refused.status, headers=headers)


def scheme(request: Request, proxies: int) -> str:
    """`https` or `http`, as the visitor sees it."""
    forwarded = request.headers.get("x-forwarded-proto", "") if proxies else ""
    return forwarded.split(",")[0].strip() or request.scheme


def check_origin(request: Request, allowed: tuple[str, ...], proxies: int) -> None:
    """Refuse what another site's page sent: the Origin must be there and match exactly.

    Raises:
        Refused: With 403.
    """
    origin = request.headers.get("origin", "")
    own = (f"{scheme(request, proxies)}://{request.headers.get('host', '')}",)
    if origin not in (allowed or own) or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise Refused(403, "origin")


_TEXT = re.compile(r'"text"\s*:\s*"(.*)', re.DOTALL)


async def read_json(request: Request) -> dict[str, Any]:
    """Return the body of a POST.

    Raises:
        Refused: 415 for another type, 413 for more than 8 KB, 400 for anything but a JSON object.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused(415, "bad_request")
    raw = await read_body(request)
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "bad_request") from error
    if not isinstance(found, dict):
        raise Refused(400, "bad_request")
    return found


async def read_body(request: Request) -> str:
    """Read at most 8 KB; of a larger body some more, so that a cry for help in it is not lost.

    Raises:
        Refused: With 413, carrying the text that was read.
    """
    raw = bytearray()
    while len(raw) <= SCREEN_MAX:
        chunk = await request.stream.read() if request.stream else None
        if not chunk:
            break
        raw += chunk
    text = bytes(raw[:SCREEN_MAX]).decode("utf-8", "replace")
    if len(raw) > BODY_MAX:
        raise Refused(413, "too_large", body=_said(text))
    return text


def _said(body: str) -> str:
    """Return what the visitor wrote in a body that is cut off: ids and braces around it are no words of theirs."""
    found = _TEXT.search(body)
    return found[1] if found else body


def address(request: Request, proxies: int) -> str:
    """The visitor's address: the peer, or what our own outermost proxy wrote."""
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    return hops[-proxies] if proxies and len(hops) >= proxies else str(request.ip)
