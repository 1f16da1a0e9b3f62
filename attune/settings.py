"""Everything that the environment decides; no other module reads it.

Each setting has a default that works on a bare machine. docs/operators.md lists them; a test keeps the two equal.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOOPBACK = "127.0.0.1"
DEMO_KEY = "demo"
"""The demo site's key among the partners that may frame the chat."""


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names the variable and the fix."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, each read from the variable `ATTUNE_<NAME>`.

    Attributes:
        host: Address on which the public server listens.
        port: Port of the public server: the page, the widget's channel and the webhooks of platforms.
        actions_port: Port of the action server, on the loopback address only.
        var: Folder for what the running service writes: databases and keys.
        directory_url: SQLAlchemy URL of the directory; empty for SQLite in `var`.
        tracker_db: File of the conversations; empty for SQLite in `var`.
        site: The operator's file with name, country, links and colours.
        allowed_origins: Origins that may talk to the web channel, comma-separated; empty for the server's own.
        frame_ancestors: Origins of partner sites that may frame the chat, comma-separated.
        token_key: Key (at least 32 characters) that signs session tokens; empty for one made and kept in `var`.
        telegram_token: Bot token from BotFather; empty switches Telegram off.
        telegram_secret: Secret token given to Telegram's setWebhook (1 to 256 of A-Z, a-z, 0-9, _ and -).
        telegram_api: Base address of Telegram's Bot API.
        max_workers: Threads that ONNX Runtime may use for one message.
        demo: Whether the demo page, the operators' page and the demo site of somebody else are served; `on` or `off`.
        demo_port: Port of that site, on the loopback address only; it shows the chat in a frame.
        transcripts: Whether the words of visitors are kept with the conversations; `on` or `off`.
    """

    host: str = "127.0.0.1"
    port: int = 5005
    actions_port: int = 5055
    var: Path = ROOT / "var"
    directory_url: str = ""
    tracker_db: str = ""
    site: Path = ROOT / "site.yml"
    allowed_origins: str = ""
    frame_ancestors: str = ""
    token_key: str = ""
    telegram_token: str = ""
    telegram_secret: str = ""
    telegram_api: str = "https://api.telegram.org"
    max_workers: int = 1
    demo: bool = True
    demo_port: int = 5006
    transcripts: bool = False

    @property
    def address(self) -> str:
        """Return the address of the public server."""
        return f"http://{self.host}:{self.port}"

    @property
    def demo_origins(self) -> tuple[str, ...]:
        """Return the addresses of the demo site, the one to open first; none when it is switched off."""
        return tuple(f"http://{host}:{self.demo_port}" for host in (LOOPBACK, "localhost")) if self.demo else ()

    @property
    def directory(self) -> str:
        """Return the URL of the directory's database."""
        return self.directory_url or f"sqlite:///{self.var / 'directory.sqlite'}"

    @property
    def conversations(self) -> Path:
        """Return the file of the conversations."""
        return Path(self.tracker_db) if self.tracker_db else self.var / "conversations.sqlite"

    def environment(self) -> dict[str, str]:
        """Return the settings as variables, for the processes that we start and for Rasa's YAML files."""
        values = {f"ATTUNE_{field.name.upper()}": _written(getattr(self, field.name)) for field in fields(self)}
        return values | {"ATTUNE_TRACKER_DB": str(self.conversations), "ATTUNE_DIRECTORY_URL": self.directory}

    def process_environment(self) -> dict[str, str]:
        """Return the environment for a process of ours: this one's, with every setting resolved."""
        return {**os.environ, **self.environment()}

    def publish(self) -> None:
        """Put the settings into this process's environment, where Rasa's YAML files look them up."""
        os.environ.update(self.environment())


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from `environment`, by default that of the process.

    Raises:
        SettingsError: When a value does not fit its setting.
    """
    environment = os.environ if environment is None else environment
    given: dict[str, Any] = {}
    for field in fields(Settings):
        variable = f"ATTUNE_{field.name.upper()}"
        if variable in environment:
            given[field.name] = _convert(variable, environment[variable], type(field.default))
    return Settings(**given)


def _convert(variable: str, text: str, kind: type) -> str | int | bool | Path:
    if kind is bool:
        return _switch(variable, text)
    if kind is int:
        if not text.strip().isdigit():
            raise SettingsError(f"{variable}={text!r} is not a whole number; unset it or give one, such as 5005")
        return int(text)
    return Path(text).expanduser() if issubclass(kind, Path) else text


def _written(value: object) -> str:
    """Return a value as `_convert` reads it."""
    return ("off", "on")[value] if isinstance(value, bool) else str(value)


def _switch(variable: str, text: str) -> bool:
    if text.strip().lower() not in ("on", "off"):
        raise SettingsError(f"{variable}={text!r} is neither on nor off; unset it or give one of the two")
    return text.strip().lower() == "on"
