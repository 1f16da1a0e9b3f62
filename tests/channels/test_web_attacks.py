"""Every attack that Rasa's own channels let through is refused here, and every refusal carries the help lines."""

from __future__ import annotations

import base64
import json
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import requests
from serving import Client, Server, lines


def refused(found: requests.Response, status: int, code: str) -> None:
    """Check a refusal: status, code, help lines, nothing cached."""
    assert found.status_code == status, found.text
    said = found.json()
    assert (said["type"], said["code"]) == ("error", code)
    assert said["lines"]
    assert found.headers["cache-control"] == "no-store"


def message(text: str = "hello") -> dict[str, Any]:
    """A message with a new id."""
    return {"id": str(uuid.uuid4()), "text": text}


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1", "http://127.0.0.1:1"])
@pytest.mark.parametrize("name", ["session", "message", "resume", "end"])
def test_another_origin_is_refused(client: Client, name: str, origin: str | None) -> None:
    """Absent, opaque, foreign, and the same host on another port."""
    refused(client.post(name, message(), Origin=origin), 403, "origin")


def test_a_cross_site_fetch_is_refused_whatever_its_origin_says(client: Client) -> None:
    """The browser's own mark counts too."""
    refused(client.post("message", message(), Sec_Fetch_Site="cross-site"), 403, "origin")


@pytest.mark.parametrize("kind", [None, "text/plain", "text/plain; application/json", "application/x-www-form-urlencoded"])
def test_a_simple_request_is_refused(client: Client, kind: str | None) -> None:
    """A foreign page could send these without a preflight."""
    refused(client.post("message", message(), Content_Type=kind), 415, "bad_request")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "nonsense",
        "[" * 5000,
        "null",
        '"text"',
        "{}",
        '{"id": 7, "text": "x"}',
        '{"id": "../../etc", "text": "x"}',
        '{"id": "abcdefgh1", "text": ["x"]}',
    ],
    ids=range(10),
)
def test_what_is_no_message_is_refused(client: Client, body: str) -> None:
    """Never a stack trace, never a 500."""
    refused(client.post("message", body), 400, "bad_request")


@pytest.mark.parametrize("text", ["", "   ", "/", "///", "\u200e\u0000"])
def test_an_empty_message_is_refused(client: Client, text: str) -> None:
    """Nothing reaches the bot."""
    refused(client.post("message", message(text)), 400, "empty")
    assert not client.agent.heard


def test_a_long_text_and_a_large_body_are_refused(client: Client) -> None:
    """2,000 characters, 8 KB."""
    assert client.say("x" * 2000)[-1]["type"] == "done"
    refused(client.post("message", message("x" * 2001)), 413, "too_long")
    refused(client.post("message", message("x" * 9000)), 413, "too_large")
    refused(client.post("message", message("x" * 900_000)), 413, "too_large")


@pytest.mark.parametrize("length", [2500, 9000])
def test_a_cry_for_help_is_answered_over_every_limit(client: Client, length: int) -> None:
    """Too long or too large, the help comes."""
    found = client.post("message", message("i want to die " + "x" * length))
    assert "crisis" in [line["type"] for line in lines(found)]


def forged(client: Client, **changes: Any) -> dict[str, str]:
    """Tokens that must not pass, by what is wrong with them."""
    claims = jwt.decode(client.token, options={"verify_signature": False})
    kid = jwt.get_unverified_header(client.token)["kid"]
    now = int(time.time())
    key = "k" * 64

    def unsigned(payload: dict[str, Any]) -> str:
        parts = ({"alg": "none", "typ": "JWT", "kid": kid}, payload)
        return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."

    return {
        "none": unsigned(claims),
        "other key": jwt.encode(claims, key, "HS256", {"kid": kid}),
        "other algorithm": jwt.encode(claims, key, "HS512", {"kid": kid}),
        "unknown kid": jwt.encode(claims, key, "HS256", {"kid": "nobody"}),
        "no kid": jwt.encode(claims, key, "HS256"),
        "old": jwt.encode({**claims, "exp": now - 1}, key, "HS256", {"kid": kid}),
        "cut": client.token[:-4],
        "changed": client.token[:-2] + ("aa" if not client.token.endswith("aa") else "bb"),
        "empty": "",
        "words": "let me in",
    }


def test_a_forged_token_is_refused(client: Client) -> None:
    """Unsigned, other key, other algorithm, cut, changed, old."""
    for name, token in forged(client).items():
        for route in ("message", "resume", "end"):
            found = client.post(route, message(), Authorization=f"Bearer {token}")
            assert found.status_code == 401, (name, route)
    assert not client.agent.heard


def test_a_token_in_the_address_or_the_body_is_no_token(client: Client) -> None:
    """Only `end` takes it in the body, for a page that is being left."""
    token, client.token = client.token, ""
    refused(client.post(f"message?token={token}", {**message(), "token": token}), 401, "session")
    assert client.post("end", {"token": token}).status_code == 200
    client.token = token
    refused(client.post("message", message()), 401, "session")


def test_the_sender_cannot_be_chosen(client: Client) -> None:
    """What the client says about itself is not believed."""
    client.post("message", {**message(), "sender": "victim", "input_channel": "slack", "metadata": {"role": "admin"}})
    assert client.agent.heard[0][0].startswith("web-")


def test_two_visitors_never_see_each_other(serve: Callable[..., tuple[Server, Any]]) -> None:
    """Lines, taps and ids belong to one session."""
    server, agent = serve()
    one, other = Client(server.port).begin(), Client(server.port).begin()
    tap = one.say("what is my secret", "shared-id")[2]["choices"][0]["id"]
    assert "secret" not in other.post("resume", {"after": 0}).text
    assert other.say("hello", "shared-id")[0]["text"] == "hello"
    assert other.post("message", {"id": str(uuid.uuid4()), "choice": tap}).status_code == 400
    assert len({sender for sender, _ in agent.heard}) == 2


def test_end_erases_and_kills_the_token(client: Client, options: Any) -> None:
    """The tracker, the lines and the token go at once."""
    client.say("remember my name")
    sender = client.agent.heard[0][0]
    assert sender in client.agent.tracker_store.store
    assert client.post("end", {}).status_code == 200
    assert client.agent.tracker_store.store == {}
    refused(client.post("resume", {"after": 0}), 401, "session")
    kept = b"".join(path.read_bytes() for path in __import__("pathlib").Path(options.memory).parent.glob("web.sqlite*"))
    assert b"remember my name" not in kept


def test_limits_say_when_to_come_back_and_let_a_cry_for_help_through(serve: Callable[..., tuple[Server, Any]]) -> None:
    """Messages for each token, sessions for each address."""
    server, _ = serve(messages_per_minute=3, sessions_per_minute=2)
    client = Client(server.port).begin()
    for _ in range(3):
        client.say("hello")
    found = client.post("message", message())
    refused(found, 429, "rate_limit")
    assert 0 < int(found.headers["retry-after"]) <= 60
    assert client.say("i want to die")[1]["type"] == "crisis"
    Client(server.port).begin()
    refused(Client(server.port).post("session", {"consent": True}), 429, "rate_limit")


def test_nothing_begins_without_consent(client: Client) -> None:
    """And not for a partner that nobody knows."""
    for body in ({}, {"consent": "yes"}, {"consent": True, "org": "stranger"}):
        refused(client.post("session", body), 400, "bad_request")


def test_no_text_and_no_token_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Not even when the bot fails with the visitor's words in its error."""
    caplog.set_level(logging.DEBUG)
    client.say("boom my secret words")
    client.post("message", message("x" * 3000))
    assert "secret words" not in caplog.text
    assert client.token not in caplog.text


def test_only_our_origin_may_read_and_frame(client: Client) -> None:
    """No cross-origin header goes out; our pages name who may frame them."""
    found = client.post("resume", {"after": 0})
    assert "access-control-allow-origin" not in found.headers
    page = requests.get(f"{client.base}/chat/page", timeout=5)
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    frame = requests.get(f"{client.base}/chat/frame?site=partner&from=https://evil.example", timeout=5)
    assert "frame-ancestors https://partner.example;" in frame.headers["content-security-policy"]
    assert "evil.example" not in frame.text
    assert requests.get(f"{client.base}/chat/frame?site=stranger", timeout=5).status_code == 403


@pytest.mark.parametrize("path", ["../channels/web.py", "%2e%2e/web.key", "web.key", "plain.html", "..%2f..%2fvar%2fweb.key"])
def test_only_named_files_are_served(client: Client, path: str) -> None:
    """Templates, keys and sources cannot be fetched."""
    assert requests.get(f"{client.base}/chat/{path}", timeout=5).status_code in (400, 404)


def test_the_framed_cookie_is_a_token_too(client: Client) -> None:
    """Unreadable for scripts, separate for every embedding site; foreign origins are refused with it as without."""
    found = client.post("session", {"consent": True, "framed": True, "org": "partner"}, Authorization=None)
    cookie = found.headers["set-cookie"]
    for rule in ("__Host-guide=", "Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"):
        assert rule in cookie
    value = cookie.split(";")[0]
    assert lines(client.post("message", message(), Authorization=None, Cookie=value))[-1]["type"] == "done"
    refused(client.post("message", message(), Authorization=None, Cookie=value, Origin="https://evil.example"), 403, "origin")
    refused(client.post("message", message(), Authorization=None, Cookie=value, Content_Type="text/plain"), 415, "bad_request")
    assert client.post("end", {}, Authorization=None, Cookie=value).status_code == 200
    refused(client.post("message", message(), Authorization=None, Cookie=value), 401, "session")


def test_the_words_deleted_are_true(client: Client) -> None:
    """When the bot says that everything was deleted, it is: tracker, lines, taps. The session goes on."""
    client.say("remember my name")
    found = client.say("please delete everything")
    assert [line["type"] for line in found] == ["you", "erased", "text", "done"]
    assert client.agent.tracker_store.store == {}
    assert "remember" not in client.post("resume", {"after": 0}).text
    assert client.say("hello")[-1]["type"] == "done"
