"""What the plain responses name besides the site's own facts: a line to talk to someone now, and one for young people."""

from __future__ import annotations

from attune.safety.lines import DIRECTORY, Line, Lines
from attune.site import Site


def said_values(site: Site) -> dict[str, str]:
    """Return what fills {site_name}, {person_contact}, {help_line} and {youth_line}.

    The numbers come from content/help_lines.yml: the first line for someone in distress in the site's country, and the
    first one there for a minor. Where we know no line, both are the way to find one.
    """
    lines = Lines.load()
    known = site.country in lines.display
    adult, young = (
        lines.select("self_harm", site.country, minor=minor)[0] if known else lines.by_id[DIRECTORY] for minor in (False, True)
    )
    return {**site.values(), "help_line": _named(adult), "youth_line": _named(young)}


def _named(line: Line) -> str:
    return f"{line.shown.name} ({line.brief})"
