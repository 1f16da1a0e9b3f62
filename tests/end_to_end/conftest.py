"""One service for the tests of a module."""

import pytest

from tests.end_to_end.service import running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with running_service(tmp_path_factory.mktemp("var")) as running:
        yield running
