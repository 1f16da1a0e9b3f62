"""A page with the guide on it, in the words of a visitor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Frame, Locator, Page, expect

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_TABS = 150
"""More than any page of ours has stops."""

# What the polite and the urgent region were given, each node once.
_LISTEN = """() => {
  window.heard = [];
  const root = document.querySelector('attune-chat').shadowRoot;
  for (const region of root.querySelectorAll('[role=status], [role=alert].vh'))
    new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) =>
      window.heard.push((region.getAttribute('role') === 'alert' ? '! ' : '') + node.textContent))))
      .observe(region, { childList: true });
}"""


class Chat:
    """The widget on a page."""

    def __init__(self, page: Page, url: str, allow: str = "") -> None:
        self.page, self.url, self.allow = page, url, allow
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"{error.name}: {error.message}"))
        page.goto(url)

    def _console(self, message: ConsoleMessage) -> None:
        expected = "Failed to load resource" in message.text or (self.allow and re.search(self.allow, message.text))
        if message.type in ("error", "warning") and not expected:
            self.problems.append(message.text)

    def button(self, name: str, exact: bool = False) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=exact)

    @property
    def log(self) -> Locator:
        """The visible conversation."""
        return self.page.locator("attune-chat .log")

    @property
    def input(self) -> Locator:
        """The message field."""
        return self.page.get_by_label("Your message")

    def open(self) -> Chat:
        """Open the panel."""
        self.button("Ask our guide").click()
        return self

    def start(self) -> Chat:
        """Open, agree, and wait for the greeting."""
        if self.button("Ask our guide").count():
            self.open()
        self.button("I understand, start").click()
        expect(self.log).to_contain_text("Find a therapist")
        return self

    def say(self, text: str, wait_for: str | None = None) -> Chat:
        """Send a text; wait for some words of the answer."""
        self.input.fill(text)
        self.input.press("Enter")
        if wait_for:
            expect(self.log).to_contain_text(wait_for)
        return self

    def listen(self) -> Chat:
        """Begin to note what a screen reader is given."""
        self.page.evaluate(_LISTEN)
        return self

    def heard(self) -> list[str]:
        """What it was given since."""
        return list(self.page.evaluate("window.heard"))

    def focused(self) -> str:
        """What has the focus: its words, or its name."""
        return str(
            self.page.evaluate(
                """() => { let one = document.activeElement;
            while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
            return (one.labels?.[0] ?? one).innerText.trim() || one.getAttribute('aria-label') || one.tagName; }"""
            )
        )

    def tab_to(self, name: str, key: str = "Tab") -> Chat:
        """Press Tab until the focus is on something in the guide whose name begins so."""
        for _ in range(_TABS):
            if self.focused().startswith(name) and self.page.evaluate("!!document.activeElement.shadowRoot"):
                return self
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not reach {name!r}")

    def axe(self, *without: str) -> list[str]:
        """Run axe in this page; return its findings."""
        return findings(self.page, *without)


def findings(page: Page | Frame, *without: str) -> list[str]:
    """Run axe in a page or a frame; return its findings."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "([tags, off]) => axe.run({runOnly: tags, rules: Object.fromEntries(off.map((id) => [id, {enabled: false}]))})",
        [TAGS, list(without)],
    )
    return [f"{one['id']}: {node['html'][:160]} {node['target']}" for one in found["violations"] for node in one["nodes"]]
