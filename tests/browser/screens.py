"""Pictures of every state, light and dark, 320, 390 and 1280 wide, into reports/screens/.

`python tests/browser/screens.py`: look at them before a release.
"""

from __future__ import annotations

import dataclasses
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE), str(HERE.parent / "channels")]

from chat import Chat  # noqa: E402
from playwright.sync_api import Browser, expect, sync_playwright  # noqa: E402
from serving import Server, free_port  # noqa: E402  # first: imports Rasa the lean way
from standin import application  # noqa: E402

from channels.options import WebOptions  # noqa: E402

STEPS = (
    ("what even is attunement", "feeling understood", "answer"),
    ("somatic sounds good, do you have anyone in halifax under 150", "Cleo Sample", "cards"),
    ("tell me more about the second one", "In their own words", "detail"),
    ("compare the first two", "side by side", "compare"),
    ("plan", "A first message", "plan"),
    ("form", "What matters to you?", "form"),
    ("i want to die", "Are you safe right now?", "crisis"),
    ("safe", "whenever you like", "held"),
    ("abuse", "Is it safe to read", "abuse"),
    ("boom", "Something went wrong", "trouble"),
)


def pictures(browser: Browser, url: str, folder: Path, width: int, scheme: str) -> None:
    """Take every state in one width and scheme."""
    height = {320: 640, 390: 844}.get(width, 860)
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
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
        take(name)
    chat.button("More", exact=True).click()
    chat.button("Delete this chat").click()
    take("delete")
    chat.button("Keep it").click()
    chat.button("Urgent help", exact=True).click()
    take("urgent")
    chat.button("Close urgent help").click()
    context.set_offline(True)
    chat.say("are you there")
    expect(chat.page.get_by_text("You are offline").first).to_be_visible()
    take("offline")
    context.set_offline(False)
    for name in ("page", "plain", "operators"):
        chat.page.goto(url + name)
        take(f"own-{name}")
    chat.page.goto(url + "plain")
    chat.button("I understand, start").click()
    chat.input.fill("somatic")
    chat.button("Send", exact=True).click()
    take("own-plain-cards")
    context.close()


def main() -> None:
    """Serve, take, stop."""
    folder = ROOT / "reports" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        options = dataclasses.replace(
            WebOptions(), memory=f"{place}/m", key_file=f"{place}/k", sessions_per_minute=1000, messages_per_minute=1000
        )
        port = free_port()
        server = Server(application(options, name="screens"), port)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width in (320, 390, 1280):
            for scheme in ("light", "dark"):
                pictures(browser, f"http://127.0.0.1:{port}/chat/", folder, width, scheme)
        browser.close()
    server.stop()


if __name__ == "__main__":
    main()
