"""`attune content`: exit codes, summary, preview, lock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from attune.commands.content import content as command
from attune.knowledge import Content
from tests.content.conftest import Tree


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(arguments))
    return result.exit_code, result.output


def test_check_passes_and_says_what_is_not_reviewed() -> None:
    code, output = run("check", "--today", "2026-11-22")
    assert code == 0, output
    assert "45 answers not yet reviewed by a clinician; 0 errors" in output


def test_check_fails_with_the_place(tree: Tree) -> None:
    tree.edit("en/conversation.yml", "You're welcome.", "I feel good.")
    code, output = run("check", "--root", str(tree.root), "--today", "2026-11-22")
    assert code == 1
    assert "content/en/conversation.yml:" in output


def test_release_turns_past_dates_into_errors() -> None:
    assert run("check", "--today", "2030-01-01")[0] == 0
    assert run("check", "--today", "2030-01-01", "--release")[0] == 1


def test_content_that_cannot_be_loaded_is_one_message(tree: Tree) -> None:
    tree.edit("en/choices.yml", "choices:", "choises:")
    code, output = run("check", "--root", str(tree.root))
    assert code == 1
    assert "the content cannot be loaded" in output
    assert "did you mean `choices`" in output


def test_preview_shows_every_entry_and_escapes(tree: Tree, content: Content) -> None:
    tree.edit("en/conversation.yml", "You're welcome.", "<script>alert()</script>")
    page = tree.root.parent / "preview.html"
    code, output = run("preview", "--root", str(tree.root), "--output", str(page))
    assert code == 0, output
    html = page.read_text(encoding="utf-8")
    assert "<script>" not in html
    assert all(name in html for name in content.names())
    assert html.count("Not yet reviewed by a clinician") == 45
    assert "grade " in html


def test_coverage_writes_the_table(tree: Tree) -> None:
    page = tree.root.parent / "coverage.md"
    assert run("coverage", "--root", str(tree.root), "--output", str(page))[0] == 0
    assert "| fact | carried by | kind |" in page.read_text(encoding="utf-8")


def test_lock_accepts_only_what_stands_in_the_sources(tree: Tree, articles: Mapping[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    for source in tree.load().sources.values():
        if source.text:
            (folder / source.text).write_text(articles[source.id], encoding="utf-8")
    before = (tree.root / "evidence.sha256").read_text()
    assert run("lock", "--root", str(tree.root), "--sources", str(folder))[0] == 0
    assert (tree.root / "evidence.sha256").read_text() == before
    tree.edit("en/faq/attunement_definition.yml", "span: Attunement refers to", "span: Attunement points to")
    code, output = run("lock", "--root", str(tree.root), "--sources", str(folder))
    assert code == 1
    assert "not in firstsession_attunement" in output


@pytest.mark.parametrize("verb", ["check", "preview", "coverage", "lock"])
def test_every_verb_explains_itself(verb: str) -> None:
    code, output = run(verb, "--help")
    assert code == 0
    assert "--root" in output
