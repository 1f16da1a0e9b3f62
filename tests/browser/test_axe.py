"""axe finds nothing, in any state, theme and width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chat import AXE, Chat
from playwright.sync_api import expect

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in tests/browser")

LOOKS = {
    "light 1280": {"viewport": {"width": 1280, "height": 860}},
    "dark 1280": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "light 390": {"viewport": {"width": 390, "height": 844}},
    "dark 320": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "forced 320": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
}


def clean(chat: Chat, state: str) -> None:
    """Check one state. Under forced colours axe reads the page's own text fill, which the system overrides."""
    forced = chat.page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert chat.axe(*(["color-contrast"] if forced else [])) == [], state


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_is_clean(visit: Callable[..., Chat], look: str) -> None:
    """Closed, consent, chat, choices, cards, detail, comparison, form with an error, crisis, urgent help, menu, offline."""
    chat = visit(**LOOKS[look])
    clean(chat, "closed")
    chat.open()
    clean(chat, "consent")
    chat.start()
    clean(chat, "choices")
    chat.say("what is it", "feeling understood")
    chat.say("somatic", "Cleo Sample")
    clean(chat, "cards")
    chat.say("the second", "In their own words")
    chat.say("compare", "Therapists side by side")
    clean(chat, "detail and comparison")
    chat.say("plan", "A first message").say("form", "What matters to you?")
    chat.page.get_by_label("Most you can pay").fill("cheap")
    chat.button("Search").click()
    clean(chat, "form with an error")
    chat.say("i want to die", "Are you safe right now?")
    clean(chat, "crisis")
    chat.say("safe", "whenever you like")
    chat.say("boom", "Something went wrong")
    clean(chat, "trouble and pinned line")
    chat.button("Urgent help", exact=True).click()
    clean(chat, "urgent help")
    chat.button("Close urgent help").click()
    chat.button("More", exact=True).click()
    chat.button("Delete this chat").click()
    clean(chat, "the question before deleting")
    chat.button("Keep it").click()
    chat.page.context.set_offline(True)
    chat.say("hello")
    expect(chat.page.get_by_text("You are offline").first).to_be_visible()
    clean(chat, "offline")


def test_a_session_about_to_close_and_closed_is_clean(visit: Callable[..., Chat]) -> None:
    """The warning with its button, and the line that says it is over."""
    chat = visit(**LOOKS["dark 320"])
    chat.page.clock.install()
    chat.start()
    for time, words in (("28:30", "This chat closes in 2 minutes"), ("02:30", "closed after 30 quiet minutes")):
        chat.page.clock.fast_forward(time)
        expect(chat.page.locator("attune-chat .news")).to_contain_text(words)
        clean(chat, words)


@pytest.mark.parametrize("path", ["page", "plain", "operators"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_pages_are_clean(visit: Callable[..., Chat], path: str, scheme: str) -> None:
    """The full page, the plain page, the operators' page."""
    chat = visit(path, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    clean(chat, path)
    if path == "plain":
        chat.button("I understand, start").click()
        for text in ("what is it", "somatic", "the second", "compare", "form", "i want to die"):
            chat.input.fill(text)
            chat.button("Send", exact=True).click()
            clean(chat, text)
