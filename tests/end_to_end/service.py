"""The service as `make run` starts it, on ports and in a folder of its own; also for benchmarks and pictures."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from attune.running.readiness import wait_until_answering
from attune.settings import ROOT


@dataclass(frozen=True)
class Service:
    """The running service: where it answers, the demo site that frames it, its supervisor, the folder that it writes to."""

    address: str
    demo: str
    process: subprocess.Popen[bytes]
    var: Path


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_service(var: Path, **settings: str) -> Iterator[Service]:
    """Run `attune up` until the block ends.

    Args:
        var: An empty folder for what it writes, `out.log` among it.
        settings: More variables of attune/settings.py, such as `ATTUNE_FRAME_ANCESTORS`.
    """
    port, demo_port = free_port(), free_port()
    environment = {
        **os.environ,
        "ATTUNE_PORT": str(port),
        "ATTUNE_ACTIONS_PORT": str(free_port()),
        "ATTUNE_DEMO_PORT": str(demo_port),
        "ATTUNE_VAR": str(var),
        **settings,
    }
    with (var / "out.log").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "attune", "up"], cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        assert wait_until_answering(address), (var / "out.log").read_text()
        yield Service(address, f"http://127.0.0.1:{demo_port}", process, var)
    finally:
        # Each process is the head of a session of its own, so only the supervisor can end them all.
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
