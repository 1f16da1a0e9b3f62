"""The widget's words, from content/<language>/widget.yml."""

from __future__ import annotations

from pathlib import Path

import yaml

SERVER_ONLY = ("plain_", "frame_", "platform_", "text_only", "old_button")


def for_browser(words: dict[str, str]) -> dict[str, str]:
    """Return the words that the element itself needs."""
    return {key: text for key, text in words.items() if not key.startswith(SERVER_ONLY)}


def load(folder: Path) -> dict[str, dict[str, str]]:
    """Return the words of each language that has a widget.yml."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*/widget.yml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        bad = [key for key, value in words.items() if not isinstance(value, str)]
        if bad:
            raise ValueError(f"{path}: `{bad[0]}` is not a text; put it in quotes.")
        found[path.parent.name] = words
    if not found:
        raise ValueError(f"{folder}: there is no widget.yml in any language folder, so the page would have no words.")
    return found
