"""What can be known to be wrong before anything is started."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import yaml

from attune.running import StartError
from attune.settings import LOOPBACK, Settings

NEEDED_BYTES = 500_000_000
YAML_FOLDERS = ("data", "content")
YAML_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "site.yml")


def check_port(host: str, port: int, variable: str) -> None:
    """Raise a `StartError` when `port` is taken on `host`; `variable` is the setting that moves it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is taken" if error.errno == 98 else f"cannot be used ({error.strerror})"
            message = f"port {port} on {host} {reason}; stop what uses it or choose another: {variable}={port + 100} make run"
            raise StartError(message) from None


def check_ports(settings: Settings) -> None:
    """Raise a `StartError` when a port that is needed is named by two settings, or taken."""
    needed = {"ATTUNE_PORT": (settings.host, settings.port), "ATTUNE_ACTIONS_PORT": (LOOPBACK, settings.actions_port)}
    if settings.demo:
        needed["ATTUNE_DEMO_PORT"] = (LOOPBACK, settings.demo_port)
    named: dict[int, str] = {}
    for variable, (_, port) in needed.items():
        if port in named:
            raise StartError(
                f"{named[port]} and {variable} both name port {port}; choose another: {variable}={port + 100} make run"
            )
        named[port] = variable
    for variable, (host, port) in needed.items():
        check_port(host, port, variable)


def check_space(folder: Path) -> None:
    """Raise a `StartError` when there is no room for the model and the databases."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise StartError(f"{free / 1e6:.0f} MB are free in {folder} and {NEEDED_BYTES / 1e6:.0f} MB are needed; make room")


def check_yaml(root: Path) -> None:
    """Raise a `StartError` that names file, line and column of the first YAML file that cannot be read."""
    paths = [root / name for name in YAML_FILES]
    for folder in YAML_FOLDERS:
        paths += sorted((root / folder).rglob("*.yml"))
    for path in paths:
        try:
            # Only the structure: composing is several times faster than loading, and Rasa loads it anyway.
            with path.open(encoding="utf-8") as file:
                yaml.compose(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except FileNotFoundError:
            raise StartError(f"{path.relative_to(root)}: this file is missing; restore it with git checkout") from None
        except UnicodeDecodeError as error:
            raise StartError(f"{path.relative_to(root)}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
        except yaml.YAMLError as error:
            raise StartError(f"{path.relative_to(root)}{_where(error)}; mend the line and start again") from None


def _where(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or "this is not YAML"
    return f":{mark.line + 1}:{mark.column + 1}: {problem}" if mark else f": {problem}"


def check_all(settings: Settings, root: Path) -> None:
    """Run every check; raise the `StartError` of the first that fails."""
    check_yaml(root)
    check_space(settings.var)
    check_ports(settings)
