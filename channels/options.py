"""The connectors' options, as they stand under their names in credentials.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar, Self

from attune.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOptions:
    """Options of every connector; each has a default that is right for `make run`.

    Attributes:
        content: The folder with `<language>/widget.yml`.
        language: Default language of the strings.
        country: Whose help lines are shown.
        opening: What Rasa is told when a chat begins.
        messages_per_minute: Limit for each session.
        timeout: Seconds for one turn.
    """

    channel: ClassVar[str] = ""

    content: str = "content"
    language: str = "en"
    country: str = "CA"
    opening: str = "/greet"
    messages_per_minute: int = 20
    timeout: float = 20.0

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Self:
        """Return the options with these values; None stands for the default.

        Raises:
            ValueError: With a sentence that names the wrong option.
        """
        known = [item.name for item in fields(cls)]
        unknown = sorted(set(found) - set(known))
        if unknown:
            raise ValueError(f"credentials.yml: {cls.channel} has no option `{unknown[0]}`; it has {', '.join(known)}.")
        return cls(**{name: value for name, value in found.items() if value is not None})

    def folder(self, name: str) -> Path:
        """The folder that an option names, from the directory that Rasa was started in or from the project."""
        path = Path(getattr(self, name))
        return path if path.is_absolute() or path.exists() else Path(__file__).parents[1] / path


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions(ChannelOptions):
    """Options of the web channel.

    Attributes:
        path: Where everything is mounted.
        origins: Origins whose pages may talk to us; empty means the server's own address only.
        partners: Site key to the origins that may frame the widget.
        keys: Token keys, `kid:secret kid:secret`, the first signs; empty means `key_file`.
        key_file: Where a key is made and kept on the first run.
        memory: The SQLite file of sessions.
        widget: The folder with the widget's files.
        name: The site's name on our own pages.
        exit_url: Where "Exit this page" goes (site.yml).
        colours: The element's custom properties by name (`accent`, `on-accent`, `paper`, `tint`, `ink`, `soft`).
        privacy_url: A page on what is done with messages, or empty (site.yml).
        form_intent: The intent of a filled-in form.
        demo: Whether the demo and operators' pages are served.
        sessions_per_minute: Limit for each address.
        proxies: How many reverse proxies of ours stand in front (0: the peer's address counts).
        idle: Seconds after which a quiet session is erased.
    """

    channel: ClassVar[str] = "the web channel"

    path: str = "/chat"
    origins: tuple[str, ...] = ()
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: str = ""
    key_file: str = "var/web.key"
    memory: str = "var/web.sqlite"
    widget: str = "widget"
    name: str = "Attune"
    exit_url: str = Site().exit_url
    privacy_url: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    form_intent: str = "inform"
    demo: bool = True
    sessions_per_minute: int = 10
    proxies: int = 0
    idle: int = 1800

    def __post_init__(self) -> None:
        """Check what an operator may well write wrong."""
        object.__setattr__(self, "origins", _origins(self.origins))
        object.__setattr__(self, "partners", {str(key): _origins(found) for key, found in self.partners.items()})
        if not self.path.startswith("/") or self.path.endswith("/"):
            raise ValueError(f"credentials.yml: `path` of the web channel is `{self.path}`; write it like `/chat`.")


def _origins(values: Any) -> tuple[str, ...]:
    """Check a list of origins: scheme and host, no path."""
    items = tuple(str(value).rstrip("/") for value in ([values] if isinstance(values, str) else values))
    for item in items:
        scheme, _, host = item.partition("://")
        if scheme not in ("http", "https") or not host or "/" in host or "*" in host:
            raise ValueError(f"credentials.yml: `{item}` is not an origin; write it like `https://www.example.org`.")
    return items
