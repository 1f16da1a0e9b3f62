"""A browser on the real channel with the scripted bot."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "channels")]

from chat import Chat  # noqa: E402
from serving import Server, free_port, names  # noqa: E402
from standin import Agent, application  # noqa: E402

from channels.options import WebOptions  # noqa: E402
from tests.browsing import launch, playwright  # noqa: E402


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright, once: it keeps the thread's event loop to itself."""
    with playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """One browser for all tests; each test has a context of its own."""
    made = launch(driver)
    yield made
    made.close()


class Site:
    """The running channel, which a test may stop and start again on its port."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        self.port, self.partner_port = free_port(), free_port()
        values = {
            "memory": str(folder / "web.sqlite"),
            "key_file": str(folder / "web.key"),
            "timeout": 4.0,
            "messages_per_minute": 10_000,
            "sessions_per_minute": 10_000,
            "partners": {"partner": tuple(f"http://{host}:{self.partner_port}" for host in ("127.0.0.1", "localhost"))},
        }
        self.options = WebOptions(**{**values, **changes})
        self.agent = Agent()
        self.start()

    def start(self) -> None:
        """Serve."""
        self.server = Server(application(self.options, self.agent, f"browser{next(names)}"), self.port)

    def stop(self) -> None:
        """Stop at once."""
        self.server.stop()

    def url(self, path: str = "") -> str:
        """An address on it."""
        return f"http://127.0.0.1:{self.port}/chat/{path}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server for the tests that leave it as it is."""
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.stop()


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Servers of a test's own, with other settings, to be stopped and started."""
    running: list[Site] = []

    def make(**changes: Any) -> Site:
        running.append(Site(tmp_path, **changes))
        return running[-1]

    yield make
    for one in running:
        one.stop()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Chat]]:
    """Open a page in a context of its own; at the end nothing may have been violated or thrown."""
    chats: list[Chat] = []

    def open_page(path: str = "", on: Site | None = None, allow: str = "", **context: Any) -> Chat:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **context})
        chats.append(Chat(made.new_page(), (on or site).url(path), allow))
        return chats[-1]

    yield open_page
    problems = [problem for chat in chats for problem in chat.problems]
    for chat in chats:
        chat.page.context.close()
    assert not problems
