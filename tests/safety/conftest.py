"""The detector, made once for all tests of safety; and the ids of the tests of this run, for the safety case."""

from __future__ import annotations

import pytest

from attune.safety import Detector


@pytest.fixture(scope="session")
def detector() -> Detector:
    return Detector.load()


@pytest.fixture(scope="session")
def collected(request: pytest.FixtureRequest) -> set[str]:
    """Ids of all tests that this session collected, without parameters."""
    return {item.nodeid.partition("[")[0] for item in request.session.items}
