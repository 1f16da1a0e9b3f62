"""Prints what several searches find, for the test that two processes and databases agree."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from attune.directory import open_directory
from attune.model.wishes import Field, Query, Wish

QUERIES = (
    Query(),
    Query.of([Wish(Field.CITY, "Toronto"), Wish(Field.MAX_FEE, 160), Wish(Field.CONCERN, "grief")]),
    Query.of([Wish(Field.FORMAT, "online"), Wish(Field.PROVINCE, "BC"), Wish(Field.LANGUAGE, "fr")]),
)


def main(url: str) -> None:
    """Print every result with its reasons, the facets and the ways out."""
    directory = open_directory(url, today=lambda: date(2026, 11, 20))
    answer: list[object] = []
    for query in QUERIES:
        page = directory.search(query, limit=500)
        answer += [[match.listing.to_dict(), [asdict(reason) for reason in match.reasons]] for match in page.matches]
        answer += [page.total, {str(key): dict(value) for key, value in directory.facets(query).items()}]
        answer.append([asdict(option) for option in directory.relax(query.adding(Wish(Field.MAX_FEE, 20))).options])
    directory.close()
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))


main(sys.argv[1])
