"""Nothing typed is lost, nothing is answered twice, and the visitor always sees what is going on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chat import Chat
from conftest import Site
from playwright.sync_api import Route, expect


def said(chat: Chat) -> list[str]:
    """The visitor's own messages, as shown."""
    return chat.page.locator("attune-chat .mine p").all_inner_texts()


def heard(site: Site, text: str) -> int:
    """How often the bot got a text."""
    return sum(one == text for _, one in site.agent.heard)


def test_a_reload_in_mid_turn(visit: Callable[..., Chat], site: Site) -> None:
    """The turn goes on at the server; the page picks it up."""
    chat = visit().start().say("a slow reload")
    chat.page.wait_for_timeout(300)
    chat.page.reload()
    expect(chat.log).to_contain_text("You said: a slow reload")
    assert heard(site, "a slow reload") == 1
    assert said(chat) == ["a slow reload"]


def test_a_draft_survives_a_reload(visit: Callable[..., Chat]) -> None:
    """Also what was never sent."""
    chat = visit().start()
    chat.input.fill("half a thought")
    chat.page.reload()
    expect(chat.input).to_have_value("half a thought")


def test_offline_and_back(visit: Callable[..., Chat], site: Site) -> None:
    """Messages wait in order and are sent once."""
    chat = visit().start()
    chat.page.context.set_offline(True)
    chat.say("first offline").say("last offline")
    news = chat.page.locator("attune-chat .news")
    expect(news).to_contain_text("You are offline")
    expect(news.get_by_role("link", name="988")).to_have_attribute("href", "tel:988")
    chat.page.context.set_offline(False)
    expect(chat.log).to_contain_text("You said: last offline")
    assert said(chat) == ["first offline", "last offline"]
    assert heard(site, "first offline") == heard(site, "last offline") == 1


@pytest.mark.parametrize("how", ["abort", "500", "cut", "no done"])
def test_a_failing_request_is_tried_again(visit: Callable[..., Chat], site: Site, how: str) -> None:
    """Lost before, lost after, cut in the middle: the same id goes out again and is answered once."""
    chat = visit().start()
    tries: list[Any] = []

    def once(route: Route) -> None:
        tries.append(route.request.post_data_json["id"])
        if len(tries) > 1:
            return route.continue_()
        if how == "abort":
            return route.abort()
        if how == "500":
            return route.fulfill(status=500, body="oops")
        body = route.fetch().text()
        return route.fulfill(status=200, body=body[: len(body) // 2] if how == "cut" else body.replace('{"type":"done"}\n', ""))

    chat.page.route("**/chat/message", once)
    chat.say(f"try {how}", f"You said: try {how}")
    for _ in range(50):
        if len(tries) == 2:
            break
        chat.page.wait_for_timeout(100)
    expect(chat.page.locator("attune-chat .state")).to_have_count(0)
    assert len(tries) == 2
    assert tries[0] == tries[1]
    assert heard(site, f"try {how}") == 1
    assert chat.log.inner_text().count(f"You said: try {how}") == 1


def test_after_three_tries_there_is_a_button(visit: Callable[..., Chat]) -> None:
    """The message is kept, help is shown, and it works when pressed."""
    chat = visit().start()
    chat.page.clock.install()
    chat.page.route("**/chat/message", lambda route: route.abort())
    chat.say("nobody there")
    for _ in range(5):
        chat.page.wait_for_timeout(100)
        chat.page.clock.run_for(5000)
    expect(chat.log).to_contain_text("I cannot reach our server")
    expect(chat.log).to_contain_text("9-8-8")
    chat.page.unroute("**/chat/message")
    chat.page.clock.resume()
    chat.button("Try again").last.click()
    expect(chat.log).to_contain_text("You said: nobody there")


def test_too_many_messages_wait_and_go_out(visit: Callable[..., Chat]) -> None:
    """429 says how long, shows the lines, and sends by itself."""
    chat = visit().start()
    tries: list[int] = []

    def busy(route: Route) -> None:
        tries.append(1)
        if len(tries) > 1:
            return route.continue_()
        body = {"type": "error", "code": "rate_limit", "retry_after": 1, "lines": []}
        return route.fulfill(status=429, json=body)

    chat.page.route("**/chat/message", busy)
    chat.say("many words")
    expect(chat.log).to_contain_text("Please wait 1 seconds")
    expect(chat.log).to_contain_text("You said: many words")


def test_a_restarted_server(visit: Callable[..., Chat], own_site: Callable[..., Site]) -> None:
    """Stopped in mid-turn and started again: the message is answered, once on the page, in order."""
    site = own_site()
    chat = visit(on=site).start().say("before", "You said: before")
    chat.say("a slow restart")
    chat.page.wait_for_timeout(400)
    site.stop()
    chat.say("typed meanwhile")
    site.start()
    expect(chat.log).to_contain_text("You said: typed meanwhile", timeout=15_000)
    assert said(chat) == ["before", "a slow restart", "typed meanwhile"]
    assert chat.log.inner_text().count("You said: a slow restart") == 1


def test_an_ended_session_is_renewed_and_keeps_what_is_seen(visit: Callable[..., Chat], own_site: Callable[..., Site]) -> None:
    """401: a new session, the old words stay, the message is answered."""
    site = own_site()
    chat = visit(on=site).start().say("old words", "You said: old words")
    token = chat.page.evaluate("JSON.parse(sessionStorage.getItem('attune-chat')).token")
    chat.page.evaluate(
        "token => fetch('/chat/end', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({token})})",  # noqa: E501
        token,
    )
    chat.say("new words", "You said: new words")
    assert "old words" in chat.log.inner_text()
    expect(chat.log).to_contain_text("A new one has begun")


def test_a_quiet_session_warns_and_stays(visit: Callable[..., Chat], own_site: Callable[..., Site]) -> None:
    """Two minutes before its end; "Stay" renews it; later it closes and the words stay."""
    site = own_site(idle=1800)
    chat = visit(on=site)
    chat.page.clock.install()
    chat.start().say("hello there", "You said: hello there")
    chat.page.clock.fast_forward("28:30")
    expect(chat.page.get_by_text("This chat closes in 2 minutes").first).to_be_visible()
    chat.button("Stay").click()
    expect(chat.page.locator("attune-chat .news")).to_be_hidden()
    chat.page.clock.fast_forward("30:30")
    expect(chat.page.get_by_text("closed after 30 quiet minutes").first).to_be_visible()
    assert "hello there" in chat.log.inner_text()


def test_no_clock_runs_while_help_is_shown(visit: Callable[..., Chat], own_site: Callable[..., Site]) -> None:
    """With a crisis panel in the talk the session is kept by itself, also after a reload."""
    chat = visit(on=own_site(idle=1800))
    chat.page.clock.install()
    chat.start().say("i want to die", "Are you safe right now?")
    with chat.page.expect_response("**/chat/resume"):
        chat.page.reload()
    expect(chat.log).to_contain_text("Are you safe right now?")
    for _ in range(2):
        with chat.page.expect_response("**/chat/resume"):
            chat.page.clock.fast_forward("28:30")
        expect(chat.page.locator("attune-chat .news")).to_be_hidden()


def test_a_server_that_goes_silent_is_asked_again(visit: Callable[..., Chat], site: Site) -> None:
    """After 30 seconds without a line, not even a sign of life, the request is given up and made again."""
    chat = visit().start()
    chat.page.clock.install()
    tries: list[Route] = []

    def hold(route: Route) -> None:
        tries.append(route)
        if len(tries) > 1:
            route.continue_()

    chat.page.route("**/chat/message", hold)
    with chat.page.expect_request("**/chat/message"):
        chat.say("into the quiet")
    with chat.page.expect_request("**/chat/message"):
        chat.page.clock.run_for(33_000)
    expect(chat.log).to_contain_text("You said: into the quiet")
    assert heard(site, "into the quiet") == 1


def test_new_messages_do_not_move_a_reader(visit: Callable[..., Chat]) -> None:
    """Who has scrolled up stays there, and is told; one tap goes down."""
    chat = visit(viewport={"width": 390, "height": 500}).start().say("somatic", "Cleo Sample").say("a slow what")
    expect(chat.log.get_by_text("The guide is answering …")).to_be_visible()
    chat.log.evaluate("one => { one.scrollTop = 0; }")
    below = chat.button("New messages below")
    expect(chat.log).to_contain_text("feeling understood")
    expect(below).to_be_visible()
    assert chat.log.evaluate("one => one.scrollTop") == 0
    below.click()
    expect(below).to_be_hidden()
    expect(chat.log.get_by_text("feeling understood")).to_be_in_viewport()


def test_without_storage_the_chat_runs(visit: Callable[..., Chat]) -> None:
    """Refused storage costs the memory, not the talk."""
    chat = visit()
    chat.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    chat.page.reload()
    chat.start().say("no storage", "You said: no storage")


def test_a_double_send(visit: Callable[..., Chat], site: Site) -> None:
    """Enter twice sends once; the same words later are a new message."""
    chat = visit().start()
    chat.input.fill("twice quickly")
    chat.input.press("Enter")
    chat.input.press("Enter")
    expect(chat.log).to_contain_text("You said: twice quickly")
    assert heard(site, "twice quickly") == 1


def test_a_message_that_is_too_long_stays_in_the_field(visit: Callable[..., Chat]) -> None:
    """It says by how much, and does not send."""
    chat = visit().start()
    chat.input.fill("x" * 2005)
    chat.input.press("Enter")
    expect(chat.page.get_by_text("5 characters over the limit")).to_be_visible()
    assert said(chat) == []


@pytest.mark.parametrize(
    ("text", "words"), [("boom", "Something went wrong"), ("hang", "That took too long"), ("silence", "I have no answer")]
)
def test_a_failing_bot_is_said_with_the_help_lines(visit: Callable[..., Chat], text: str, words: str) -> None:
    """In words, with numbers to tap."""
    chat = visit().start().say(text, words)
    expect(chat.page.locator("attune-chat .trouble").get_by_role("link", name="Call 988")).to_be_visible()
