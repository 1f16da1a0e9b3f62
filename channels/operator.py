"""What the operator's settings and site.yml say to the connectors."""

from __future__ import annotations

from typing import Any

from attune.settings import ROOT, Settings
from attune.site import Site, load_site


def web_options(settings: Settings) -> dict[str, Any]:
    """Return the options of the web channel that follow from `settings` and the site file."""
    site = load_site(settings.site)
    partners = _listed(settings.frame_ancestors)
    return {
        **_everywhere(site),
        "origins": _listed(settings.allowed_origins),
        "partners": {"partner": partners} if partners else {},
        "keys": f"a:{settings.token_key}" if settings.token_key else "",
        "key_file": str(settings.var / "web.key"),
        "memory": str(settings.var / "web.sqlite"),
        "widget": str(ROOT / "widget"),
        "name": site.name,
        "colours": dict(site.colours),
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


def _listed(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated setting."""
    return tuple(filter(None, (part.strip() for part in text.split(","))))
