"""What the operator and the help lines put into our sentences: {site_name}, {person_contact}, {help_line}, {youth_line}."""

from __future__ import annotations

from functools import cache

from attune.safety import Lines
from attune.safety.lines import DIRECTORY
from attune.site import Site


def operator_values(site: Site) -> dict[str, str]:
    """Return the values of the placeholders that every reply may use."""
    contact = {"site_name": site.name, "person_contact": site.person_contact}
    return contact | {"help_line": _line(site.country, minor=False), "youth_line": _line(site.country, minor=True)}


@cache
def _line(country: str, *, minor: bool) -> str:
    """Return the first verified line for the country as a name with the way to reach it.

    Where we know no line, this is the way to find one: another country's number does not answer there.
    """
    lines = Lines.load()
    line = lines.select("self_harm", country, minor=minor)[0] if country in lines.display else lines.by_id[DIRECTORY]
    return f"{line.shown.name} ({line.brief})"
