"""A browser for the tests that look at a page: Debian's Chromium, or with BROWSER=firefox its Firefox (docs/widget.md).

Without one they are skipped with a message, never in CI.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

FIREFOX = os.environ.get("BROWSER") == "firefox"
NAMES = ("firefox-esr", "firefox") if FIREFOX else ("chromium", "chromium-browser")
# It runs as root in containers, and talks to nobody but the pages that it is sent to.
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Start Playwright, once in a thread; skip the test where there is no browser for it."""
    if not _installed() and not os.environ.get("CI"):
        pytest.skip(f"There is no browser on this machine: apt install {NAMES[0]}")
    with sync_playwright() as driver:
        yield driver


def launch(driver: Playwright) -> Browser:
    """Start a browser whose contexts keep nothing."""
    if FIREFOX:
        return driver.firefox.launch(executable_path=_installed(), channel="moz-firefox")
    return driver.chromium.launch(executable_path=_installed(), args=ARGUMENTS)


def launch_profile(driver: Playwright, folder: Path, **options: Any) -> BrowserContext:
    """Start Chromium on a profile, whose settings stand in `Default/Preferences` of its folder."""
    if FIREFOX:
        pytest.skip("Its settings are Chromium's.")
    return driver.chromium.launch_persistent_context(folder, executable_path=_installed(), args=ARGUMENTS, **options)


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
