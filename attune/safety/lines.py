"""Help lines as dated data: what is shown for a kind, a country, a province, and what is due for a dial check.

Numbers come from content/help_lines.yml only, which a script copies; nobody types one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from attune.reply import HelpLine, Link

FILE = Path(__file__).parents[2] / "content" / "help_lines.yml"
MOST = 3
RECHECK_DAYS, LIMIT_DAYS = 90, 180
DIRECTORY = "fallback.directory"
PROVINCIAL = "provincial_line_or_ca_sheltersafe"
UNKNOWN = "INT"


class HelpLineError(ValueError):
    """The file of help lines cannot be used as it is; the message names the entry and the fix."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the words in which a sentence can name it.

    Attributes:
        shown: What a channel renders.
        reach: "call or text 988", "text HELLO to ...", "open sheltersafe.ca".
        day_and_night: It answers at any hour, as read in its source.
        checked: The day a person last dialled it; None when nobody has.
    """

    shown: HelpLine
    reach: str
    day_and_night: bool
    checked: date | None = None

    @property
    def brief(self) -> str:
        """How to reach it without its name: "call 116 123"."""
        return self.reach.replace(f"{self.shown.name} at ", "")


@dataclass(frozen=True)
class Lines:
    """All lines that may be shown."""

    by_id: Mapping[str, Line]
    entries: Mapping[str, Mapping[str, Any]]
    display: Mapping[str, Mapping[str, list[str]]]

    @classmethod
    def load(cls) -> Lines:
        """Read content/help_lines.yml; nothing unverified is in it."""
        return _load()

    def emergency(self, country: str) -> Line:
        """Return the emergency number of `country`."""
        return self.by_id.get(f"em_{country}") or self.by_id["em_EU"]

    def select(self, kind: str, country: str, province: str | None = None, *, minor: bool = False) -> list[Line]:
        """Return at most three lines for `kind`, the one that matters first."""
        if country == UNKNOWN or country not in self.display:
            return self._international()
        return self._unique(self._ids(kind, country, province, minor))[:MOST]

    def _ids(self, kind: str, country: str, province: str | None, minor: bool) -> Iterator[str]:
        table = self.display[country]
        if minor and kind in ("self_harm", "abuse", "someone_else"):
            yield from self._named(table["minor"][:1], country, province)
            yield f"em_{country}"
        wanted = table.get(f"{kind}_{province}") or table[kind]
        yield from self._named(wanted, country, province)
        if country == "CA" and province and kind in ("self_harm", "someone_else"):
            yield from self._provincial(province, {"suicide", "crisis"}, "all")

    def _named(self, names: Iterable[str], country: str, province: str | None) -> Iterator[str]:
        for name in names:
            if name == "EM":
                yield f"em_{country}"
            elif name == PROVINCIAL:
                found = list(self._provincial(province or "", {"abuse"}, "abuse"))
                yield from found[:1] or ["ca_sheltersafe"]
            else:
                yield name

    def _provincial(self, province: str, topics: set[str], audience: str) -> Iterator[str]:
        """Return the province's lines for everyone of `audience` that answer day and night."""
        for name, entry in self.entries.items():
            open_to_all = audience in entry["audience"] and set(entry["audience"]) <= {audience, "all"}
            here = entry["country"] == "CA" and str(entry["region"]).split(" ")[0] == province
            if here and open_to_all and topics & set(entry["topics"]) and entry["day_and_night"] and entry.get("call"):
                yield name

    def _unique(self, names: Iterable[str]) -> list[Line]:
        seen: dict[str, Line] = {}
        for name in names:
            if name in self.by_id:
                seen.setdefault(name, self.by_id[name])
        return list(seen.values())

    def _international(self) -> list[Line]:
        return self._unique(["us_988", "gb_samaritans", DIRECTORY])

    def shown_ids(self) -> set[str]:
        """Return the ids of every line that some reply can show."""
        provinces = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT", None)
        kinds = ("self_harm", "abuse", "medical", "harm_to_others", "someone_else")
        found = {line.shown.id for line in self._international()}
        for country in self.display:
            for kind in kinds:
                for province in provinces if country == "CA" else (None,):
                    for minor in (False, True):
                        found |= {line.shown.id for line in self.select(kind, country, province, minor=minor)}
        return found

    def due(self, today: date, limit: int = RECHECK_DAYS) -> list[Line]:
        """Return the shown lines that nobody has dialled within `limit` days."""
        shown = self.shown_ids()
        return [
            line for name, line in self.by_id.items()
            if name in shown and (line.checked is None or (today - line.checked).days > limit)
        ]  # fmt: skip


@cache
def _load() -> Lines:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    lines = {entry["id"]: _line(entry) for entry in data["lines"]}
    lines |= {f"em_{code}": _emergency(code, entry) for code, entry in data["emergency"].items()}
    for entry in data["directory"][:1]:
        site = _bare(entry["web"])
        shown = HelpLine(DIRECTORY, entry["name"], (Link(site, entry["web"], "web"),))
        lines[DIRECTORY] = Line(shown, f"find a helpline at {site}", False, _day(entry))
    closed = {entry["number"] for entry in data["do_not_show"]}
    for entry in data["lines"]:
        if entry.get("phone") in closed or entry.get("sms") in closed:
            raise HelpLineError(f"{FILE.name}: `{entry['id']}` has a number that is listed under do_not_show; take it out")
    return Lines(lines, {entry["id"]: entry for entry in data["lines"]}, data["display"])


def _line(entry: Mapping[str, Any]) -> Line:
    links = []
    if entry.get("call"):
        links.append(Link(f"Call {entry['phone']}", entry["call"], "phone"))
    if entry.get("text"):
        links.append(Link(f"Text {_plain(entry['sms'])}", entry["text"], "text"))
    for field in ("chat", "web"):
        if str(entry.get(field) or "").startswith("https://"):
            links.append(Link(_bare(entry[field]), entry[field], "web"))
    if not links:
        raise HelpLineError(f"{FILE.name}: `{entry['id']}` has no way to reach it; run scripts/copy_help_lines.py again")
    hours = "" if entry["day_and_night"] else str(entry.get("hours", ""))
    shown = HelpLine(entry["id"], entry["name"], tuple(links), hours)
    return Line(shown, _reach(entry, links), entry["day_and_night"], _day(entry))


def _emergency(code: str, entry: Mapping[str, Any]) -> Line:
    shown = HelpLine(f"em_{code}", "Emergency", (Link(f"Call {entry['number']}", entry["call"], "phone"),), "", entry["note"])
    return Line(shown, f"call {entry['number']}", True, _day(entry))


def _reach(entry: Mapping[str, Any], links: list[Link]) -> str:
    """Say in a sentence how to reach a line."""
    phone, text = entry.get("phone"), entry.get("sms")
    if entry.get("call") and text and _plain(text) == str(phone):
        return f"call or text {phone}"
    if entry.get("call"):
        named = str(phone).split(",")[0] in entry["name"]
        return (f"call {phone}" if named else f"call {entry['name']} at {phone}") + (
            f" or text {_plain(text)}" if entry.get("text") else ""
        )
    if entry.get("text"):
        return f"text {_plain(text)}"
    return f"find a line near you at {links[0].title}"


def _plain(printed: object) -> str:
    """Leave out what stands in brackets: "988 (AYUDA to 988 for Spanish)"."""
    return str(printed).split(" (")[0]


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").strip("/")


def _day(entry: Mapping[str, Any]) -> date | None:
    checked = entry.get("dial_checked")
    return date.fromisoformat(str(checked["date"])) if checked else None
