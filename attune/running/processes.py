"""The processes of the service, supervised by honcho: when one ends, all end; Ctrl-C ends every one."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from honcho.manager import Manager
from honcho.printer import Printer

from attune.settings import LOOPBACK, Settings


class QuietPrinter(Printer):  # type: ignore[misc]  # honcho is not typed
    """Passes on what the services say, without honcho's own report of each start and stop."""

    def write(self, message: object) -> None:
        """Print a line unless it is honcho's own."""
        if getattr(message, "name", "") != "system":
            super().write(message)


def commands(settings: Settings, model: Path, credentials: Path = Path("credentials.yml")) -> Mapping[str, list[str]]:
    """Return the command of each process by name."""
    python = [sys.executable, "-W", "ignore", "-m"]
    rasa = ["pipeline.lean", "run", "--quiet", "--model", str(model), "--credentials", str(credentials)]
    rasa += ["--endpoints", "endpoints.yml", "--interface", settings.host, "--port", str(settings.port)]
    actions = ["actions", "--port", str(settings.actions_port), "--quiet"]
    demo = {"demo": [*python, "attune.running.demo"]} if settings.demo else {}
    return {"bot": [*python, *rasa], "actions": [*python, *actions], **demo}


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment of each process."""
    # The action server listens on the loopback address only; the bot is told its address by `--interface`.
    quiet = {"SANIC_HOST": LOOPBACK, "RASA_TELEMETRY_ENABLED": "false", "LOG_LEVEL": "WARNING"}
    return {**settings.process_environment(), **quiet}


def supervisor(settings: Settings, model: Path) -> Manager:
    """Return the supervisor with every process added and none started yet."""
    manager = Manager(QuietPrinter(sys.stdout))
    for name, command in commands(settings, model).items():
        # `exec` lets the process itself take the signals, not a shell in front of it.
        manager.add_process(name, f"exec {shlex.join(command)}", env=environment(settings))
    return manager
