"""What the operator's settings and site.yml say to the web channel."""

from __future__ import annotations

from typing import Any

from attune.settings import ROOT, Settings
from attune.site import load_site


def operator_options(settings: Settings) -> dict[str, Any]:
    """Return the options of the web channel that follow from `settings` and the site file."""
    site = load_site(settings.site)
    origins = tuple(filter(None, (part.strip() for part in settings.allowed_origins.split(","))))
    partners = tuple(filter(None, (part.strip() for part in settings.frame_ancestors.split(","))))
    return {
        "origins": origins,
        "partners": {"partner": partners} if partners else {},
        "keys": f"a:{settings.token_key}" if settings.token_key else "",
        "key_file": str(settings.var / "web.key"),
        "memory": str(settings.var / "web.sqlite"),
        "content": str(ROOT / "content"),
        "widget": str(ROOT / "widget"),
        "language": site.language,
        "country": site.country,
        "name": site.name,
        "colours": dict(site.colours),
    }
