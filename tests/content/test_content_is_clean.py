"""What the checks say about the content as it is, and what the sources say about its evidence."""

from __future__ import annotations

from collections.abc import Mapping

from attune.knowledge import Content
from attune.knowledge.checks import Subject, run_checks
from attune.knowledge.content import CONTENT
from attune.knowledge.coverage import load_coverage, render, uncovered
from attune.knowledge.evidence import SHINGLES, read_list, runs, shingle
from attune.knowledge.grade import grade, reading_text
from attune.knowledge.written import replies, written
from tests.content.conftest import TODAY


def test_no_check_finds_an_error(content: Content) -> None:
    assert [str(found) for found in run_checks(Subject(content, CONTENT, TODAY))] == []


def test_every_span_stands_in_its_source(content: Content, articles: Mapping[str, str]) -> None:
    assert [str(found) for found in run_checks(Subject(content, CONTENT, TODAY, texts=dict(articles)))] == []


def test_no_run_of_eight_words_is_shared_with_a_source(content: Content, articles: Mapping[str, str]) -> None:
    theirs = {run for text in articles.values() for run in runs(text)}
    ours = {
        run for part in content.languages.values() for piece in written(part) for said in piece.said.strings() for run in runs(said)
    }
    assert ours & theirs == set()


def test_stored_runs_are_those_of_the_sources(articles: Mapping[str, str]) -> None:
    assert read_list(CONTENT / SHINGLES) == {shingle(run) for text in articles.values() for run in runs(text)}


def test_every_sentence_of_the_sources_is_in_the_coverage_table(articles: Mapping[str, str]) -> None:
    facts = load_coverage(CONTENT)
    for source, text in articles.items():
        assert list(uncovered(text, tuple(fact for fact in facts if fact.source == source))) == []


def test_coverage_page_is_current(content: Content) -> None:
    page = CONTENT.parent / "docs" / "coverage.md"
    assert page.read_text(encoding="utf-8") == render(content, load_coverage(CONTENT))


def test_a_tired_person_can_read_it(content: Content) -> None:
    grades = [grade(reading_text(piece.said)) for piece in replies(content.language("en"))]
    assert max(grades) <= 8
    assert sum(grades) / len(grades) <= 6.5


def test_all_ten_references_and_both_articles_are_data(content: Content) -> None:
    named = {source.id for source in content.sources.values() if source.cited_by == "therapyroute_attunement"}
    assert len(named) == 10
    assert sum(bool(source.text) for source in content.sources.values()) == 2
    assert all(content.sources[id_].year for id_ in named)
