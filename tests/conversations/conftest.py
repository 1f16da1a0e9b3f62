import pytest

from attune.settings import ROOT


@pytest.fixture(scope="session")
async def bot(tmp_path_factory):
    """The trained model with the real actions on the sample directory, in this process."""
    from tests.support.bot import Bot, use_sample_directory

    use_sample_directory(tmp_path_factory.mktemp("directory"))
    return await Bot(ROOT / "models" / "attune.tar.gz").load()
