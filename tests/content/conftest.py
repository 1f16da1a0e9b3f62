"""A copy of the content that a test may spoil, and the source texts where they are at hand."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from attune.knowledge import Content, load_content
from attune.knowledge.checks import Subject, run_checks
from attune.knowledge.checks.wording import known_placeholders
from attune.knowledge.content import CONTENT

TODAY = date(2026, 11, 22)
VALUES = known_placeholders(CONTENT)


class Tree:
    """A content folder of its own; `edit` plants a fault, `messages` says what the checks make of it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "content"
        shutil.copytree(CONTENT, self.root)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must be there, in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        (self.root / name).write_text(text, encoding="utf-8")

    def load(self) -> Content:
        """Load it."""
        return load_content(self.root)

    def messages(self, release: bool = False, today: date = TODAY, texts: Mapping[str, str] | None = None) -> list[str]:
        """Return what the checks find."""
        return [str(found) for found in run_checks(Subject(self.load(), self.root, today, release, dict(texts or {})))]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def articles(content: Content) -> Mapping[str, str]:
    """The texts of the two articles; they are not ours to publish, so a test without them is skipped."""
    names = {source.id: source.text for source in content.sources.values() if source.text}
    folder = CONTENT.parents[1] / "shared" / "sources"
    if all((folder / name).is_file() for name in names.values()):
        return {id_: (folder / name).read_text(encoding="utf-8") for id_, name in names.items()}
    pytest.skip("the source texts are not at hand")
