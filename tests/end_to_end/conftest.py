"""The real service, and a browser, for the tests of a module."""

import pytest

from tests.browsing import launch, playwright
from tests.end_to_end.service import running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with running_service(tmp_path_factory.mktemp("var")) as running:
        yield running


@pytest.fixture
def browser():
    """A browser for one test: Playwright holds the thread's event loop, which other tests need."""
    with playwright() as driver:
        made = launch(driver)
        yield made
        made.close()
