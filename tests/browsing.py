"""Debian's Chromium, for the tests that look at a page. Without it they are skipped with a message, never in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

# It runs as root in containers, and talks to nobody but the pages that it is sent to.
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Start Playwright, once in a thread; skip the test where there is no browser for it."""
    if not _chromium() and not os.environ.get("CI"):
        pytest.skip("There is no Chromium on this machine: apt install chromium")
    with sync_playwright() as driver:
        yield driver


def launch(driver: Playwright) -> Browser:
    """Start a browser whose contexts keep nothing."""
    return driver.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)


def launch_profile(driver: Playwright, folder: Path, **options: Any) -> BrowserContext:
    """Start a browser on a profile, whose settings stand in `Default/Preferences` of its folder."""
    return driver.chromium.launch_persistent_context(folder, executable_path=_chromium(), args=ARGUMENTS, **options)


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
