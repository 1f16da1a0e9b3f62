"""The demo site on the second port, as `make run` starts it: another origin, with the chat in a frame."""

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.chat import AXE, Chat, findings

pytestmark = pytest.mark.browser

QUESTION = "what even is attunement"


HOSTS = ["127.0.0.1", "localhost"]


def visited(browser, service, host):
    """Return a page of the demo site, opened in a context of its own."""
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    return Chat(page, service.demo.replace("127.0.0.1", host))


def asked(chat):
    """Open the frame, ask the question and wait for the answer."""
    chat.button("Ask our guide").click()
    frame = chat.page.frame_locator("iframe")
    frame.get_by_role("button", name="I understand, start").click()
    frame.get_by_label("Your message").fill(QUESTION)
    frame.get_by_label("Your message").press("Enter")
    expect(frame.locator("attune-chat .log")).to_contain_text("senses what you feel")


@pytest.mark.parametrize("host", HOSTS)
def test_a_visitor_of_another_site_asks_one_question(browser, service, host):
    """Only the loader is fetched before the first click; the answer comes in the frame."""
    chat = visited(browser, service, host)
    expect(chat.button("Ask our guide")).to_be_visible()
    fetched = chat.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert [name for name in fetched if name.startswith(service.address)] == [f"{service.address}/chat/loader.js"]
    asked(chat)
    assert chat.problems == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in tests/browser")
@pytest.mark.parametrize("host", HOSTS)
def test_axe_finds_nothing_in_another_site_or_its_frame(browser, service, host):
    chat = visited(browser, service, host)
    expect(chat.button("Ask our guide")).to_be_visible()
    assert findings(chat.page) == []
    asked(chat)
    assert findings(chat.page.frames[-1]) == []


def test_the_demo_site_names_people_of_the_sample(service):
    page = requests.get(service.demo, timeout=10)
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Amina Yarrowwick" in page.text
    assert requests.get(f"{service.demo}/home.html", timeout=10).status_code == 404


def test_only_the_demo_site_may_frame_it(service):
    found = requests.get(f"{service.address}/chat/frame", params={"site": "demo"}, timeout=10)
    port = service.demo.rpartition(":")[2]
    assert f"frame-ancestors {service.demo} http://localhost:{port};" in found.headers["Content-Security-Policy"]
    assert requests.get(f"{service.address}/chat/frame", params={"site": "partner"}, timeout=10).status_code == 403


def test_make_run_prints_its_address(service):
    said = (service.var / "out.log").read_text()
    assert f"{service.address}/chat/\n" in said
    assert f"{service.demo}/\n" in said
