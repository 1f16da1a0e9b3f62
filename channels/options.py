"""The web channel's settings, as they stand under its name in credentials.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class WebOptions:
    """Options of the web channel; every one has a default that is right for `make run`.

    Attributes:
        path: Where everything is mounted.
        origins: Origins whose pages may talk to us; empty means the server's own address only.
        partners: Site key to the origins that may frame the widget.
        keys: Token keys, `kid:secret kid:secret`, the first signs; empty means `key_file`.
        key_file: Where a key is made and kept on the first run.
        memory: The SQLite file of sessions.
        content: The folder with `<language>/widget.yml`.
        widget: The folder with the widget's files.
        language: Default language of the strings.
        country: Whose help lines are shown.
        name: The site's name on our own pages.
        exit_url: Where "Exit this page" goes.
        colours: The element's custom properties by name (`accent`, `on-accent`, `paper`, `tint`, `ink`, `soft`).
        privacy_url: A page on what is done with messages, or empty.
        opening: What Rasa is told when a chat begins.
        form_intent: The intent of a filled-in form.
        demo: Whether the demo and operators' pages are served.
        messages_per_minute: Limit for each session.
        sessions_per_minute: Limit for each address.
        proxies: How many reverse proxies of ours stand in front (0: the peer's address counts).
        timeout: Seconds for one turn.
        idle: Seconds after which a quiet session is erased.
    """

    path: str = "/chat"
    origins: tuple[str, ...] = ()
    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: str = ""
    key_file: str = "var/web.key"
    memory: str = "var/web.sqlite"
    content: str = "content"
    widget: str = "widget"
    language: str = "en"
    country: str = "CA"
    name: str = "Attune"
    exit_url: str = "https://weather.gc.ca/"
    privacy_url: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    opening: str = "/greet"
    form_intent: str = "inform"
    demo: bool = True
    messages_per_minute: int = 20
    sessions_per_minute: int = 10
    proxies: int = 0
    timeout: float = 20.0
    idle: int = 1800

    @classmethod
    def read(cls, found: Mapping[str, Any] | None) -> WebOptions:
        """Check the values of credentials.yml.

        Raises:
            ValueError: With a sentence that names the wrong option.
        """
        values = dict(found or {})
        known = {item.name: item for item in fields(cls)}
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise ValueError(f"credentials.yml: the web channel has no option `{unknown[0]}`; it has {', '.join(known)}.")
        values["origins"] = _origins(values.get("origins") or ())
        values["partners"] = {str(k): _origins(v) for k, v in (values.get("partners") or {}).items()}
        path = str(values.get("path") or "/chat")
        if not path.startswith("/") or path.endswith("/"):
            raise ValueError(f"credentials.yml: `path` of the web channel is `{path}`; write it like `/chat`.")
        return cls(**{name: value for name, value in values.items() if value is not None})

    def folder(self, name: str) -> Path:
        """The folder of `content` or `widget`, from the directory that Rasa was started in or from the project."""
        path = Path(getattr(self, name))
        return path if path.is_absolute() or path.exists() else Path(__file__).parents[1] / path


def _origins(values: Any) -> tuple[str, ...]:
    """Check a list of origins: scheme and host, no path."""
    items = tuple(str(value).rstrip("/") for value in ([values] if isinstance(values, str) else values))
    for item in items:
        scheme, _, host = item.partition("://")
        if scheme not in ("http", "https") or not host or "/" in host or "*" in host:
            raise ValueError(f"credentials.yml: `{item}` is not an origin; write it like `https://www.example.org`.")
    return items
