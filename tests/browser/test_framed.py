"""On the pages of others, in a frame: what the page sees, who may frame it, and browsers that refuse to keep anything."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chat import AXE, Chat, findings
from conftest import Site
from playwright.sync_api import Page, Playwright, expect

from tests.browsing import launch_profile


@pytest.fixture
def partner(site: Site) -> Iterator[str]:
    """A site of somebody else, on another port, that embeds the loader; it also listens in."""
    pages = {
        "/": f'<!doctype html><html lang="en"><title>Partner</title><link rel="icon" href="data:,"><main><h1>Partner</h1></main><script src="{site.url("loader.js")}" data-site="partner" async></script>',  # noqa: E501
        "/stranger": f'<!doctype html><title>x</title><iframe src="{site.url("frame?site=partner")}"></iframe>',
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            host = site.url().split("/chat/")[0]
            self.send_header("Content-Security-Policy", f"default-src 'none'; script-src {host}; frame-src {host}; img-src data:")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", site.partner_port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.partner_port}"
    server.shutdown()
    server.server_close()


def test_framed_on_a_strangers_page(visit: Callable[..., Chat], partner: str) -> None:
    """One request before the first click; a talk in the frame; the page cannot look in; close and exit work."""
    chat = visit()
    page = chat.page
    page.goto(partner)
    page.wait_for_timeout(300)
    names = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert len(names) == 1
    chat.button("Ask our guide").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="I understand, start").click()
    frame.get_by_label("Your message").fill("framed words")
    frame.get_by_label("Your message").press("Enter")
    expect(frame.locator("attune-chat .log")).to_contain_text("You said: framed words")
    inside = page.evaluate("""() => { const root = document.body.lastElementChild.shadowRoot;
      try { return root.querySelector('iframe').contentDocument } catch (error) { return error.name } }""")
    assert inside is None
    frame.get_by_role("button", name="Close the guide").click()
    expect(chat.button("Ask our guide")).to_be_focused()
    chat.button("Ask our guide").click()
    expect(frame.locator("attune-chat .log")).to_contain_text("You said: framed words")
    page.route("https://weather.gc.ca/**", lambda route: route.fulfill(body="weather"))
    frame.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("https://weather.gc.ca/")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in tests/browser")
def test_the_frame_is_clean(visit: Callable[..., Chat], partner: str) -> None:
    """axe on the launcher, and inside the frame: the words before the talk, a search, a crisis."""
    chat = visit(viewport={"width": 390, "height": 844})
    chat.page.goto(partner)
    chat.button("Ask our guide").wait_for()
    assert chat.axe() == []
    chat.button("Ask our guide").click()
    frame = chat.page.frame_locator("iframe")
    expect(frame.get_by_role("button", name="I understand, start")).to_be_visible()
    inside = chat.page.frames[-1]
    assert findings(inside) == []
    frame.get_by_role("button", name="I understand, start").click()
    for text, words in (("somatic", "Cleo Sample"), ("i want to die", "Are you safe right now?")):
        frame.get_by_label("Your message").fill(text)
        frame.get_by_label("Your message").press("Enter")
        expect(frame.locator("attune-chat .log")).to_contain_text(words)
        assert findings(inside) == [], text


def test_shift_three_times_in_the_frame_leaves_the_page_around_it(visit: Callable[..., Chat], partner: str) -> None:
    """By message to the loader, which replaces the page: Back does not bring it back."""
    chat = visit()
    chat.page.route("https://weather.gc.ca/**", lambda route: route.fulfill(body="weather"))
    chat.page.goto(partner)
    chat.button("Ask our guide").click()
    frame = chat.page.frame_locator("iframe")
    frame.get_by_role("button", name="I understand, start").click()
    expect(frame.get_by_label("Your message")).to_be_focused()
    for _ in range(3):
        chat.page.keyboard.press("Shift")
    chat.page.wait_for_url("https://weather.gc.ca/")
    chat.page.go_back()
    assert chat.page.url != f"{partner}/"


def test_on_a_phone_nothing_behind_the_frame_can_be_reached(visit: Callable[..., Chat], partner: str) -> None:
    """Opening moves the focus to the title in the frame; Tab never comes to a link that the frame covers."""
    chat = visit(viewport={"width": 390, "height": 844})
    chat.page.goto(partner)
    chat.page.evaluate("document.body.prepend(Object.assign(document.createElement('a'), {href: '#x', textContent: 'behind'}))")
    chat.button("Ask our guide").click()
    expect(chat.page.frame_locator("iframe").get_by_role("heading", name="Attune").last).to_be_focused()
    for _ in range(15):
        chat.page.keyboard.press("Tab")
        assert chat.focused() != "behind"
    chat.page.frame_locator("iframe").get_by_role("button", name="Urgent help", exact=True).press("Escape")
    expect(chat.button("Ask our guide")).to_be_focused()
    chat.page.keyboard.press("Tab")
    assert chat.focused() != "IFRAME", "a closed panel leaks no focus"


def test_the_launcher_gives_way_to_a_control_of_the_page(visit: Callable[..., Chat], partner: str) -> None:
    """A focused control is never wholly under it."""
    chat = visit()
    chat.page.goto(partner)
    chat.button("Ask our guide").wait_for()
    chat.page.evaluate("""() => { const one = document.createElement('button'); one.textContent = 'under';
      one.style.cssText = 'position:fixed;right:40px;bottom:30px'; document.body.append(one); one.focus(); }""")
    one, other = chat.button("Ask our guide").bounding_box(), chat.page.get_by_text("under", exact=True).bounding_box()
    assert one
    assert other
    assert one["x"] + one["width"] < other["x"]


def test_messages_from_elsewhere_are_not_heard(visit: Callable[..., Chat], partner: str) -> None:
    """Origin and source both count: what the page itself posts closes and leaves nothing."""
    chat = visit()
    chat.page.goto(partner)
    chat.button("Ask our guide").click()
    frame = chat.page.frame_locator("iframe")
    start = frame.get_by_role("button", name="I understand, start")
    expect(start).to_be_visible()
    for what in ("close", "exit", "ready"):
        chat.page.evaluate(
            "what => new Promise((done) => { addEventListener('message', done, {once: true}); postMessage({attune: what}, '*') })",
            what,
        )
    assert chat.page.url == f"{partner}/"
    expect(start).to_be_visible()


def test_another_site_cannot_frame_it(visit: Callable[..., Chat], site: Site) -> None:
    """The browser refuses by `frame-ancestors`."""
    chat = visit(allow="frame-ancestors|Framing")
    chat.page.goto("about:blank")
    chat.page.set_content(f'<iframe src="{site.url("frame?site=partner")}"></iframe>')
    chat.page.wait_for_timeout(500)
    assert chat.page.frames[-1].locator("attune-chat").count() == 0


def test_a_frame_that_does_not_load_leaves_numbers_and_a_link(visit: Callable[..., Chat], partner: str) -> None:
    """No invisible sheet over the page: after eight seconds a note."""
    chat = visit()
    chat.page.clock.install()
    chat.page.route("**/chat/frame**", lambda route: route.abort())
    chat.page.goto(partner)
    chat.button("Ask our guide").click()
    chat.page.clock.run_for(9000)
    expect(chat.page.get_by_role("link", name="911")).to_be_visible()
    expect(chat.page.get_by_role("link", name="Open it in a new tab")).to_be_visible()
    assert chat.page.locator("iframe").count() == 0


# What a visitor's browser refuses, by its own settings, and the cookies that are left: a partitioned one (CHIPS) is no tracker.
REFUSALS = {
    "cookies of third parties": ({"cookie_controls_mode": 1, "block_third_party_cookies": True}, ["__Host-guide"]),
    "all cookies": ({"default_content_setting_values": {"cookies": 2}}, []),
}


@pytest.fixture
def refusing(driver: Playwright, tmp_path: Path) -> Iterator[Callable[[dict[str, Any]], Page]]:
    """A browser whose visitor has told it, in its settings, what not to keep."""
    contexts = []

    def open_browser(profile: dict[str, Any]) -> Page:
        (tmp_path / "Default").mkdir()
        (tmp_path / "Default" / "Preferences").write_text(json.dumps({"profile": profile}), encoding="utf-8")
        contexts.append(launch_profile(driver, tmp_path))
        return contexts[-1].new_page()

    yield open_browser
    for context in contexts:
        context.close()


@pytest.mark.parametrize("refused", REFUSALS)
def test_a_frame_that_may_keep_nothing(refusing: Callable[..., Page], partner: str, site: Site, refused: str) -> None:
    """`sessionStorage` throws, and perhaps no cookie either: a whole talk goes on all the same, and can be deleted."""
    profile, left = REFUSALS[refused]
    page = refusing(profile)
    chat = Chat(page, partner.replace("127.0.0.1", "localhost"))  # another site than the frame's, not only another port
    chat.button("Ask our guide").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="I understand, start").click()
    log = frame.locator("attune-chat .log")
    for text in ("kept nowhere", "and still one talk"):
        frame.get_by_label("Your message").fill(text)
        frame.get_by_label("Your message").press("Enter")
        expect(log).to_contain_text(f"You said: {text}")
    inside = page.frames[-1]
    assert inside.evaluate("() => { try { return sessionStorage.length } catch (error) { return error.name } }") == "SecurityError"
    assert [cookie["name"] for cookie in page.context.cookies()] == left
    visitors = [sender for sender, text in site.agent.heard if text in ("kept nowhere", "and still one talk")]
    assert visitors[-1] == visitors[-2]
    frame.get_by_role("button", name="Close the guide").click()
    chat.button("Ask our guide").click()
    expect(log).to_contain_text("You said: and still one talk")
    frame.get_by_role("button", name="More", exact=True).click()
    frame.get_by_role("button", name="Delete this chat").click()
    with page.expect_response("**/chat/end") as ended:
        frame.get_by_role("button", name="Delete this chat").click()
    assert ended.value.status == 200
    assert visitors[-1] not in site.agent.tracker_store.store
    assert chat.problems == []
