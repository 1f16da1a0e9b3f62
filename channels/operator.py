"""What the operator's settings, site.yml and credentials.yml say to the connectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attune.settings import DEMO_KEY, ROOT, Settings
from attune.site import Site, load_site

OF_SITE = frozenset({"name", "country", "language", "colours", "exit_url", "privacy_url"})
"""Options that site.yml alone decides."""


def with_credentials(options: Mapping[str, Any], credentials: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return `options` with those that stand in credentials.yml; partners there come beside the ones that are known.

    Raises:
        ValueError: For an option that stands in site.yml.
    """
    given = dict(credentials or {})
    if twice := sorted(OF_SITE & given.keys()):
        raise ValueError(f"credentials.yml: `{twice[0]}` is not set here; it stands in site.yml, the file for what visitors see.")
    if partners := given.pop("partners", None):
        given["partners"] = {**options.get("partners", {}), **partners}
    return {**options, **given}


def web_options(settings: Settings) -> dict[str, Any]:
    """Return the options of the web channel that follow from `settings` and the site file."""
    site = load_site(settings.site)
    return {
        **_everywhere(site),
        "origins": _listed(settings.allowed_origins),
        "partners": {key: origins for key, origins in _partners(settings).items() if origins},
        "keys": f"a:{settings.token_key}" if settings.token_key else "",
        "key_file": str(settings.var / "web.key"),
        "memory": str(settings.var / "web.sqlite"),
        "widget": str(ROOT / "widget"),
        "name": site.name,
        "exit_url": site.exit_url,
        "privacy_url": site.privacy_url,
        "colours": dict(site.colours),
        "demo": settings.demo,
    }


def telegram_options(settings: Settings) -> dict[str, Any]:
    """Return the options of the Telegram channel that follow from `settings` and the site file."""
    return {
        **_everywhere(load_site(settings.site)),
        "token": settings.telegram_token,
        "secret": settings.telegram_secret,
        "api": settings.telegram_api,
        "memory": str(settings.var / "telegram.sqlite"),
    }


def _everywhere(site: Site) -> dict[str, Any]:
    return {"content": str(ROOT / "content"), "language": site.language, "country": site.country}


def _partners(settings: Settings) -> dict[str, tuple[str, ...]]:
    return {"partner": _listed(settings.frame_ancestors), DEMO_KEY: settings.demo_origins}


def _listed(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated setting."""
    return tuple(filter(None, (part.strip() for part in text.split(","))))
