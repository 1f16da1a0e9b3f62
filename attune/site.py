"""site.yml: the one file that an operator edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml


class SiteError(ValueError):
    """site.yml cannot be used; the message names file, field and fix."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the operator decides.

    Attributes:
        name: The directory's name, as visitors read it.
        country: Two-letter code; decides which help lines are shown unless a visitor names another country.
        languages: Languages offered, the default first.
        person_contact: How a visitor reaches a person, in words ("write to hello@example.org").
        directory: The site's own search and profile pages, read by attune.directory.links.
        public_care_url: Where free or public care is explained; may be empty.
        exit_url: Where "Exit this page" goes: a page that gives nothing away.
        privacy_url: Where it is said what is done with messages; may be empty.
        colours: Values for the widget's CSS custom properties by name (`accent`, `surface` ...).
    """

    name: str = "Attune"
    country: str = "CA"
    languages: tuple[str, ...] = ("en",)
    person_contact: str = ""
    directory: Mapping[str, Any] = field(default_factory=dict)
    public_care_url: str = ""
    exit_url: str = "https://weather.gc.ca/"
    privacy_url: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """Return the default language."""
        return self.languages[0]

    def values(self) -> dict[str, str]:
        """Return what fills {site_name} and {person_contact} in the content."""
        return {"site_name": self.name, "person_contact": self.person_contact}


NAMES = tuple(item.name for item in fields(Site))


@cache
def load_site(path: Path) -> Site:
    """Return the operator's choices from `path`.

    Raises:
        SiteError: When the file is not YAML, has an unknown field, or a value of the wrong kind.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        raise SiteError(f"{path}: there is no such file; restore it with git checkout site.yml") from None
    except yaml.YAMLError as error:
        raise SiteError(f"{path.name}: {error}") from None
    for name, value in data.items():
        _check(path.name, name, value)
    if "languages" in data:
        data["languages"] = tuple(data["languages"])
    return Site(**{name: value for name, value in data.items() if value is not None})


def _check(file: str, name: str, value: Any) -> None:
    if name not in NAMES:
        close = get_close_matches(str(name), NAMES, 1)
        raise SiteError(f"{file}: `{name}` is not a setting" + (f"; did you mean `{close[0]}`?" if close else ""))
    expected = {"languages": list, "colours": dict, "directory": dict}.get(name, str)
    if value is not None and not isinstance(value, expected):
        raise SiteError(f"{file}: `{name}` must be a {expected.__name__}, not {value!r}")
    if name.endswith("_url") and value and not value.startswith("https://"):
        raise SiteError(f"{file}: `{name}` must begin with https://, not {value!r}")
    if name == "exit_url" and value == "":
        raise SiteError(f"{file}: `exit_url` is empty; name a page that gives nothing away, or leave the line out")
