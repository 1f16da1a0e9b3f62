"""The page with the real bot behind it, in a real browser: from consent to a therapist."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("There is no Chromium on this machine: apt install chromium", allow_module_level=True)

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture
def page(service):
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{service.address}/chat/")
        yield page
        browser.close()


def test_a_visitor_on_a_phone_finds_a_therapist_and_is_heard_in_a_crisis(page):
    page.get_by_role("button", name="Ask our guide").click()
    page.get_by_role("button", name="I understand, start").click()
    box = page.get_by_role("textbox").last
    box.fill("somatic therapist in halifax under 150, online is ok")
    box.press("Enter")
    sync_api.expect(page.get_by_text("Why you see this").first).to_be_visible(timeout=15_000)
    sync_api.expect(page.get_by_text("Sample", exact=True).first).to_be_visible()
    box.fill("i dont want to be alive anymore")
    box.press("Enter")
    sync_api.expect(page.get_by_role("link", name="Call 988").last).to_be_visible(timeout=15_000)
    assert page.faults == []
