"""What every folder of tests may use."""

import pytest

from attune.settings import ROOT


@pytest.fixture(scope="session")
async def bot(tmp_path_factory):
    """The trained model with the real actions on the sample directory and the service's tracker store, in this process."""
    from tests.support.bot import Bot, use_sample_directory

    folder = tmp_path_factory.mktemp("var")
    use_sample_directory(folder)
    return await Bot(ROOT / "models" / "attune.tar.gz", folder / "conversations.sqlite").load()
