"""Copy the verified facts about help lines into content/help_lines.yml: `python scripts/copy_help_lines.py PATH`.

Numbers are never typed by hand. Only entries graded `verified: "yes"` are copied, and of those only the fields
that were read in the named source. `dial_checked` that a person wrote into the target is kept.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml

TARGET = Path(__file__).parents[1] / "content" / "help_lines.yml"
FACTS = ("phone", "sms", "tty", "chat", "web", "hours", "languages")
HEAD = """\
# Help lines that may be shown. Written by scripts/copy_help_lines.py from the compiled source: do not edit a number here.
# A person who has dialled a line writes `dial_checked: {date: YYYY-MM-DD, by: initials}` into its entry; the script keeps it.
"""


def main(source: str) -> None:
    """Copy from `source` to `TARGET`."""
    data = yaml.safe_load(Path(source).read_text(encoding="utf-8"))
    checked = _dial_checks()
    lines = [_line(entry, checked) for entry in data["lines"] if entry["verified"] == "yes" and entry["verified_fields"]]
    directory = [
        {"name": entry["name"], "web": entry["web"], "source": entry["source"], "dial_checked": checked.get(entry["name"])}
        for entry in data["fallback"]["directory"]
        if entry["verified"] == "yes"
    ]
    result = {
        "emergency": {code: _emergency(code, entry, checked) for code, entry in data["emergency"].items()},
        "lines": [line for line in lines if any(line.get(field) for field in ("phone", "sms", "chat", "web"))],
        "directory": directory,
        "display": data["display"],
        "do_not_show": [{"number": entry["number"], "reason": entry["reason"]} for entry in data["do_not_show"]],
    }
    TARGET.write_text(HEAD + yaml.safe_dump(result, sort_keys=False, allow_unicode=True, width=150), encoding="utf-8")
    print(f"{len(result['lines'])} lines, {len(result['emergency'])} emergency numbers -> {TARGET}")


def _line(entry: dict[str, Any], checked: dict[str, Any]) -> dict[str, Any]:
    """Copy one line with the fields that were verified, and the addresses by which each is reached."""
    fields = entry["verified_fields"]
    facts = {name: entry[name] for name in FACTS if name in fields and entry.get(name)}
    if "not_24_7" in fields:
        facts["hours"] = entry["hours"]
    facts |= _addresses(facts)
    day_and_night = bool(re.match(r"24/7|24 hours|any time", facts.get("hours", ""))) and "not 24/7" not in facts.get("hours", "")
    return {
        "id": entry["id"],
        "country": entry["country"],
        "region": entry["region"],
        "name": entry["name"],
        "topics": entry["topics"],
        "audience": entry["audience"],
        **facts,
        "day_and_night": day_and_night,
        "grade": entry["grade"],
        "source": entry["source"],
        "dial_checked": checked.get(entry["id"]),
    }


def _emergency(code: str, entry: dict[str, Any], checked: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": entry["number"],
        "also": entry.get("also"),
        "call": f"tel:{entry['number']}",
        "note": _silent(entry.get("note", "")),
        "grade": entry["grade"],
        "source": entry["source"],
        "dial_checked": checked.get(code),
    }


def _silent(note: str) -> str:
    """Keep of a note only the advice for people who cannot speak, without its sources in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", note).strip() if "safe to speak" in note else ""


def _addresses(facts: dict[str, Any]) -> dict[str, str]:
    """Derive tel: and sms: addresses from the printed forms ("CONNECT to 686868", "988, then press 1")."""
    found: dict[str, str] = {}
    if phone := re.match(r"[\d\s-]+", str(facts.get("phone", ""))):
        found["call"] = "tel:" + re.sub(r"\D", "", phone.group())
    text = re.match(r"(?:([A-Z]+) to )?(\d[\d\s-]*)", str(facts.get("sms", "")))
    if text:
        found["text"] = "sms:" + re.sub(r"\D", "", text.group(2)) + (f"?body={text.group(1)}" if text.group(1) else "")
    if not str(facts.get("chat", "https://")).startswith("https://"):
        found["chat"] = ""
    return found


def _dial_checks() -> dict[str, Any]:
    """Return what people have written into the target so far."""
    if not TARGET.exists():
        return {}
    old = yaml.safe_load(TARGET.read_text(encoding="utf-8"))
    checks = {line["id"]: line.get("dial_checked") for line in old["lines"]}
    checks |= {code: entry.get("dial_checked") for code, entry in old["emergency"].items()}
    return checks | {entry["name"]: entry.get("dial_checked") for entry in old["directory"]}


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parents[2] / "shared" / "data" / "crisis_lines.yml"))
