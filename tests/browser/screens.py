"""Pictures of every state with the real bot, light and dark, 320, 390 and 1280 wide, into reports/screens/.

`python -m tests.browser.screens`: look at them before a release. `... front` takes docs/images/widget.png anew.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route, expect

from attune.reply import Form, FormField, Reply
from attune.settings import ROOT
from channels.render.web import line
from tests.browser.chat import Chat
from tests.browsing import launch, playwright
from tests.end_to_end.service import running_service

HEIGHTS = {320: 640, 390: 844, 1280: 860}
SEARCH = "somatic sounds good, do you have anyone in halifax under 150, online is ok"
STEPS = (
    ("what even is attunement", "senses what you feel", "answer"),
    (SEARCH, "Why you see this", "cards"),
    ("tell me more about the second one", "says about their work", "detail"),
    ("compare the first two", "Side by side", "compare"),
    ("write the first message for me", "Nothing is sent from here", "plan"),
    ("start over", "Your search is cleared", "again"),
    ("find me an emotion focused therapist in Whitehorse in person", "Nobody here fits", "nothing"),
    ("i dont want to be alive anymore", "Are you safe right now", "crisis"),
    ("i am safe", "Thank you for telling me", "held"),
    ("my husband hits me", "Is it safe to read this now", "abuse"),
)
# What the bot itself does not say, or not when one waits for it.
FORM = Form(
    "wishes",
    "What matters to you?",
    (
        FormField("city", "City or town"),
        FormField("budget", "Most you can pay a session, in dollars", "number"),
        FormField("format", "Online or in person", "choice", (("online", "Online"), ("in_person", "In person"))),
    ),
    "Search",
)

SHEET = """<style>
body { margin: 0; height: 840px; display: flex; gap: 44px; justify-content: center; align-items: center; background: #ece3d6 }
img { border-radius: 18px; box-shadow: 0 12px 40px #3b2f2033 }
</style>"""


def main() -> None:
    """Serve, take, stop."""
    with tempfile.TemporaryDirectory() as var, running_service(Path(var)) as service, playwright() as driver:
        browser, url = launch(driver), f"{service.address}/chat/"
        if sys.argv[1:] == ["front"]:
            front(browser, url, ROOT / "docs" / "images" / "widget.png")
        else:
            folder = ROOT / "reports" / "screens"
            folder.mkdir(parents=True, exist_ok=True)
            for width in HEIGHTS:
                for scheme in ("light", "dark"):
                    pictures(browser, url, folder, width, scheme)
        browser.close()


def front(browser: Browser, url: str, path: Path) -> None:
    """The picture of the README: the panel when a question was answered, and again when a search was."""
    context = browser.new_context(viewport={"width": 430, "height": 760}, device_scale_factor=1.5)
    chat = Chat(context.new_page(), f"{url}page")
    chat.start()
    chat.page.mouse.move(0, 0)
    panels = []
    for text, words in (("what even is attunement", "senses what you feel"), (SEARCH, "Why you see this")):
        chat.say(text, words)
        expect(chat.page.locator("attune-chat .state")).to_have_count(0)
        panels.append(base64.b64encode(chat.page.screenshot()).decode())
    page = context.new_page()
    page.set_viewport_size({"width": 1000, "height": 840})
    page.set_content(SHEET + "".join(f'<img src="data:image/png;base64,{panel}" width="430" height="760">' for panel in panels))
    page.screenshot(path=path)
    context.close()


def pictures(browser: Browser, url: str, folder: Path, width: int, scheme: str) -> None:
    """Take every state in one width and scheme."""
    viewport = {"width": width, "height": HEIGHTS[width]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    chat = Chat(context.new_page(), url)

    def take(name: str) -> None:
        chat.page.wait_for_timeout(150)
        chat.page.screenshot(path=folder / f"{width}-{scheme}-{name}.png")

    take("closed")
    chat.open()
    take("consent")
    chat.start()
    take("hello")
    for text, words, name in STEPS:
        chat.say(text, words)
        expect(chat.page.locator("attune-chat .state")).to_have_count(0)
        take(name)
    answer_once(chat, line(Reply((FORM,)).to_dict()["parts"][0], 900))
    chat.say("help me search", FORM.title)
    take("form")
    answer_once(chat, None)
    chat.say("how do i begin", "Something went wrong")
    take("trouble")
    always_there(chat, take)
    context.set_offline(True)
    chat.say("are you there")
    expect(chat.page.get_by_text("You are offline").first).to_be_visible()
    take("offline")
    context.set_offline(False)
    for name in ("page", "plain", "operators"):
        chat.page.goto(url + name)
        take(f"own-{name}")
    if (width, scheme) == (390, "light"):  # once: it is one more session, of the ten that an address has in a minute
        plain_cards(chat, url, take)
    context.close()


def answer_once(chat: Chat, made: Any) -> None:
    """Answer the next message with this line, or with trouble."""
    said = [made.body, {"type": "done"}] if made else [{"type": "error", "code": "failed", "lines": []}]

    def answer(route: Route) -> None:
        route.fulfill(body="".join(json.dumps(one) + "\n" for one in said), content_type="application/x-ndjson")

    chat.page.route("**/chat/message", answer, times=1)


def always_there(chat: Chat, take: Any) -> None:
    """The menu's questions, and urgent help."""
    chat.button("More", exact=True).click()
    take("menu")
    chat.button("Delete this chat").click()
    take("delete")
    chat.button("Keep it").click()
    chat.button("Urgent help", exact=True).click()
    take("urgent")
    chat.button("Close urgent help").click()


def plain_cards(chat: Chat, url: str, take: Any) -> None:
    """A search on the page that needs no JavaScript."""
    chat.page.goto(url + "plain")
    chat.button("I understand, start").click()
    chat.input.fill(SEARCH)
    chat.button("Send", exact=True).click()
    take("own-plain-cards")


if __name__ == "__main__":
    main()
