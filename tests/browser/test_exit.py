"""Leaving quickly: hidden first, forgotten, replaced; and what is there before and without a conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chat import Chat
from conftest import Site
from playwright.sync_api import expect


def left(chat: Chat, site: Site, keys: Callable[[], None]) -> None:
    """Leave, and check that nothing is kept here or on the server."""
    chat.page.route("https://weather.gc.ca/**", lambda route: route.fulfill(body="weather"))
    keys()
    chat.page.wait_for_url("https://weather.gc.ca/")
    chat.page.go_back()
    assert "/chat/" not in chat.page.url
    chat.page.goto(site.url())
    assert chat.page.evaluate("sessionStorage.getItem('attune-chat')?.includes('secret')") in (None, False)
    expect(chat.log).to_be_hidden()
    assert all("secret" not in str(texts) for texts in site.agent.tracker_store.store.values())


@pytest.mark.parametrize("how", ["button", "shift"])
def test_exit(visit: Callable[..., Chat], site: Site, how: str) -> None:
    """By the button, and by Shift three times."""
    chat = visit().start().say("my secret", "You said: my secret")

    def shift() -> None:
        for _ in range(3):
            chat.page.keyboard.press("Shift")

    left(chat, site, chat.button("Exit this page").click if how == "button" else shift)


def test_shift_counts_only_alone_and_is_said(visit: Callable[..., Chat]) -> None:
    """Capital letters, other keys and pauses begin again; each step is spoken."""
    chat = visit().start().listen()
    for key in ("Shift", "Shift", "a", "Shift", "Shift+A", "Shift", "Shift"):
        chat.page.keyboard.press(key)
    assert "/chat/" in chat.page.url
    assert [one for one in chat.heard() if "Shift" in one][:2] == [
        "! Shift, press 2 more times to exit.",
        "! Shift, press 1 more time to exit.",
    ]


def test_nothing_is_sent_before_consent(visit: Callable[..., Chat]) -> None:
    """Opening and reading costs no request; help is there already."""
    chat = visit()
    sent: list[str] = []
    # The browser fetches the page's own icon whenever it likes; that says nothing about the visitor.
    chat.page.on("request", lambda request: None if request.url.endswith("/mark.svg") else sent.append(request.url))
    chat.open()
    chat.button("Urgent help now").click()
    assert chat.focused() == "Urgent help"
    expect(chat.page.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    chat.button("Close urgent help").click()
    assert sent == []


def test_urgent_help_works_offline(visit: Callable[..., Chat]) -> None:
    """The numbers came with the page."""
    chat = visit().start()
    chat.page.context.set_offline(True)
    chat.button("Urgent help", exact=True).click()
    for name, href in (("Call 911", "tel:911"), ("Call 988", "tel:988"), ("Text 988", "sms:988")):
        expect(chat.page.get_by_role("link", name=name)).to_have_attribute("href", href)


def test_delete_and_start_over(visit: Callable[..., Chat], site: Site) -> None:
    """One question, then it is gone, here and on the server; starting over greets again."""
    chat = visit().start().say("my secret", "You said: my secret")
    chat.button("More", exact=True).click()
    chat.button("Start over").click()
    chat.button("Start over").click()
    expect(chat.log).to_contain_text("What would help you most?")
    expect(chat.log).not_to_contain_text("secret")
    assert "secret" not in str(site.agent.tracker_store.store)
    chat.say("another secret", "You said: another secret")
    chat.button("More", exact=True).click()
    chat.button("Delete this chat").click()
    chat.button("Delete this chat").click()
    expect(chat.page.get_by_text("This chat was deleted.").first).to_be_visible()
    expect(chat.button("I understand, start")).to_be_visible()
    chat.page.wait_for_timeout(300)
    assert "secret" not in str(site.agent.tracker_store.store)


def test_the_pinned_line_stays_until_the_session_ends(visit: Callable[..., Chat]) -> None:
    """Through other talk and a reload."""
    chat = visit().start().say("safe", "whenever you like").say("what", "feeling understood")
    chat.page.reload()
    expect(chat.page.locator("attune-chat .pin")).to_contain_text("If it gets too much:")
    chat.button("More", exact=True).click()
    chat.button("Start over").click()
    chat.button("Start over").click()
    expect(chat.page.locator("attune-chat .pin")).to_be_hidden()


def test_what_the_bot_says_is_deleted_is_gone_here_too(visit: Callable[..., Chat]) -> None:
    """The page forgets with the server."""
    chat = visit().start().say("my secret", "You said: my secret").say("please delete everything", "Deleted.")
    assert "secret" not in chat.log.inner_text()
    assert "secret" not in chat.page.evaluate("sessionStorage.getItem('attune-chat')")
