"""The fictional listings that a fresh installation shows, each of them flagged as a sample."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from attune.directory.engine import make_engine
from attune.directory.listing import Listing
from attune.directory.load import SAMPLE, is_empty, load
from attune.directory.migrate import ready
from attune.directory.rules import load_rules

FILE = Path(__file__).with_name("sample.ndjson")


def read_sample() -> list[Listing]:
    """Return the committed sample."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [Listing.from_dict(json.loads(line)) for line in lines]


def sample_text(listings: list[Listing]) -> str:
    """Return `listings` as the text of the committed file: one JSON object a line."""
    return "".join(json.dumps(listing.to_dict(), ensure_ascii=False) + "\n" for listing in listings)


def ensure_sample(url: str, *, today: date | None = None) -> int:
    """Fill an empty directory at `url` with the sample, and leave any other alone.

    Args:
        url: As for `open_directory`.
        today: The day of the import, for its record.

    Returns:
        How many listings were added: 0 when the directory holds something already.

    Raises:
        StoreError: When the database cannot be used.
    """
    engine, rules = make_engine(url), load_rules()
    try:
        ready(engine, rules)
        if not is_empty(engine):
            return 0
        return load(engine, rules, read_sample(), SAMPLE, FILE.name, today or date.today()).added
    finally:
        engine.dispose()
