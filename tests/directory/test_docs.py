"""The examples of docs/directory.md do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from attune.directory import LinkTemplates
from attune.directory.importers.columns import read_mapping
from tests.directory.makers import ids, therapist, wishing

DOCS = (Path(__file__).parents[2] / "docs" / "directory.md").read_text(encoding="utf-8")


def example(language: str, beginning: str) -> str:
    """Return the fenced block of `language` that begins so."""
    blocks = re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)
    return next(block for block in blocks if block.startswith(beginning))


def test_the_example_file_imports_without_a_problem_and_is_found(import_text):
    directory, report = import_text("people.csv", example("csv", "id,name"))
    assert (report.changes.added, report.problems.kept) == (2, [])
    assert ids(directory, wishing(approach="somatic", city="Truro")) == ["t1"]


def test_the_example_of_a_mapping_is_one(tmp_path):
    (tmp_path / "map.yml").write_text(example("yaml", "columns:"))
    assert read_mapping(tmp_path / "map.yml").columns["Therapist"] == "name"


def test_the_example_of_links_leads_to_the_search_and_to_a_profile():
    links = LinkTemplates.from_site(yaml.safe_load(example("yaml", "directory:"))["directory"])
    link = links.search(wishing(approach="eft", city="Halifax", gender="woman"))
    assert link.url == "https://example.org/therapists?type=emotion-focused&location=Halifax"
    assert [wish.value for wish in link.missing] == ["woman"]
    assert links.profile(therapist("t1", profile_url="")) == "https://example.org/therapists/t1"
