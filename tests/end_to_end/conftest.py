"""The service as `make run` starts it, on ports and in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from attune.running.readiness import wait_until_answering
from attune.settings import ROOT


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    port, actions = free_port(), free_port()
    environment = {**os.environ, "ATTUNE_PORT": str(port), "ATTUNE_ACTIONS_PORT": str(actions), "ATTUNE_VAR": str(var)}
    with (var / "out.log").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "attune", "up"], cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        assert wait_until_answering(address), (var / "out.log").read_text()
        yield address, process, var
    finally:
        # Each process is the head of a session of its own, so only the supervisor can end them all.
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
