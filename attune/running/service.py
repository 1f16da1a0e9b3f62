"""The service for a while, on free ports and in a folder of its own: for measurements and end-to-end tests."""

from __future__ import annotations

import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from attune.directory.sample import ensure_sample
from attune.running import StartError
from attune.running.processes import commands, environment
from attune.running.readiness import wait_until_answering
from attune.settings import ROOT, Settings

#: One address holds many conversations here, which the limits for visitors would refuse.
CREDENTIALS = "channels.web.WebInput: {messages_per_minute: 100000, sessions_per_minute: 100000}\n"


Starters = Callable[[Settings, Path], Mapping[str, list[str]]]


class ServiceError(StartError):
    """The service did not come up; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service.

    Attributes:
        address: Where the page is served.
        processes: `bot` and `actions`; a test may kill one.
        folder: What it writes to, its own output (`out.log`) included.
    """

    address: str
    processes: Mapping[str, subprocess.Popen[bytes]]
    folder: Path


@contextmanager
def running_service(
    model: Path, settings: Settings | None = None, credentials: str = CREDENTIALS, starters: Starters | None = None
) -> Iterator[Service]:
    """Start bot and action server with the sample directory, yield them, and end them.

    Args:
        model: The trained model.
        settings: Settings to start from; ports and folder are replaced, and there is no demo.
        credentials: Rasa's credentials.yml: the channels that are open.
        starters: Gives other commands for `bot` and `actions`, from the settings and the file of the credentials.

    Raises:
        ServiceError: When the bot does not answer within two minutes.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attune-")))
        settings = replace(settings or Settings(), port=_free_port(), actions_port=_free_port(), demo=False, var=folder)
        opened = folder / "credentials.yml"
        opened.write_text(credentials, encoding="utf-8")
        ensure_sample(settings.directory)
        out = stack.enter_context((folder / "out.log").open("wb"))
        asked = starters(settings, opened) if starters else commands(settings, model, opened)
        processes = {name: stack.enter_context(_process(command, settings, out)) for name, command in asked.items()}
        service = Service(settings.address, processes, folder)
        if not wait_until_answering(service.address):
            raise ServiceError((folder / "out.log").read_text(encoding="utf-8", errors="replace")[-2000:])
        yield service


@contextmanager
def _process(command: list[str], settings: Settings, out: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment(settings), stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
