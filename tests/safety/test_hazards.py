"""The safety case: every hazard names a control and a test that exists, and that this run has collected."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (H\d+) \| (.+?) \| (.+?) \| (.+?) \| (\S+) \|$", (ROOT / "HAZARDS.md").read_text(encoding="utf-8"), re.MULTILINE
)


def test_there_are_at_least_25_hazards_each_once() -> None:
    ids = [row[0] for row in ROWS]
    assert len(ids) == len(set(ids)) >= 25


def test_every_named_test_exists() -> None:
    for hazard, *_, test in ROWS:
        path, _, name = test.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}, (
            f"{hazard}: {test} does not exist"
        )


def test_every_named_test_ran(collected: set[str]) -> None:
    files = {node.partition("::")[0] for node in collected}
    missing = [test for *_, test in ROWS if test.partition("::")[0] in files and test not in collected]
    assert missing == []
