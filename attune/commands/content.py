"""`attune content`: check, preview, lock and table of what the bot says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from attune.knowledge import ContentError, load_content
from attune.knowledge.checks import Finding, Subject, run_checks
from attune.knowledge.checks.backing import draft_count
from attune.knowledge.content import CONTENT, Content
from attune.knowledge.coverage import load_coverage, render
from attune.knowledge.evidence import LOCK, SHINGLES, digest, lock_text, shingles_text, source_texts, stands_in
from attune.knowledge.grade import grade, reading_text
from attune.knowledge.model import Kind, Passage
from attune.knowledge.preview import preview_html
from attune.knowledge.written import passages, replies

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
root_option = click.option("--root", type=FOLDER, default=CONTENT, help="The content folder.")


@click.group()
def content() -> None:
    """Check, preview and prove what the bot says (docs/content.md)."""


def _load(root: Path) -> Content:
    try:
        return load_content(root)
    except ContentError as error:
        raise click.ClickException(f"the content cannot be loaded\n{error}") from None


@content.command()
@root_option
@click.option("--sources", type=FOLDER, help="The folder of the source texts; without it their digests are used.")
@click.option("--release", is_flag=True, help="Make past review dates errors.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Check as if on this day.")
def check(root: Path, sources: Path | None, release: bool, today: date | None) -> None:
    """Check every text: grade, length, words, numbers, spans, dates, next steps."""
    loaded = _load(root)
    day = date(today.year, today.month, today.day) if today else date.today()
    subject = Subject(loaded, root, day, release, source_texts(loaded.sources.values(), sources))
    findings = run_checks(subject)
    for finding in findings:
        click.echo(str(finding))
    click.echo(_summary(subject, findings))
    if any(not finding.warning for finding in findings):
        raise SystemExit(1)


def _summary(subject: Subject, findings: Sequence[Finding]) -> str:
    pieces = [piece for part in subject.content.languages.values() for piece in replies(part)]
    grades = [grade(reading_text(piece.said)) for piece in pieces]
    warnings = sum(finding.warning for finding in findings)
    return (
        f"{len(pieces)} replies, mean grade {sum(grades) / len(grades):.1f}, hardest {max(grades):.1f}; "
        f"{draft_count(subject)} answers not yet reviewed by a clinician; "
        f"{len(findings) - warnings} errors, {warnings} warnings"
    )


@content.command()
@root_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("reports/content.html"))
def preview(root: Path, output: Path) -> None:
    """Write one HTML page with every answer as a visitor sees it, and source, grade and review state beside it."""
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(preview_html(_load(root), root), encoding="utf-8")
    click.echo(f"{output}: open it in a browser")


@content.command()
@root_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("docs/coverage.md"))
def coverage(root: Path, output: Path) -> None:
    """Write the table of what the two articles say and which entry carries it."""
    facts = load_coverage(root)
    output.write_text(render(_load(root), facts), encoding="utf-8")
    click.echo(f"{output}: {sum(not fact.reason for fact in facts)} facts")


@content.command()
@root_option
@click.option("--sources", type=FOLDER, required=True, help="The folder of the source texts.")
def lock(root: Path, sources: Path) -> None:
    """Find every span in its source and remember its digest, so that others can check without the texts."""
    loaded = _load(root)
    texts = source_texts(loaded.sources.values(), sources)
    if missing := [source.text for source in loaded.sources.values() if source.text and source.id not in texts]:
        raise click.ClickException(f"{sources} lacks {', '.join(missing)}")
    spans = [*_all_passages(loaded), *_coverage_spans(root)]
    lost = [span for span in spans if span.source in texts and span.span and not stands_in(span.span, texts[span.source])]
    if lost:
        raise click.ClickException("\n".join(f"{span.where}: not in {span.source}: “{span.span}”" for span in lost))
    (root / LOCK).write_text(lock_text(spans), encoding="utf-8")
    (root / SHINGLES).write_text(shingles_text(texts.values()), encoding="utf-8")
    trusted = {digest(span.source, span.span) for span in spans if span.span and span.source not in texts}
    click.echo(f"{LOCK} and {SHINGLES} written; {len(trusted)} spans of sources without a text here were taken as they stand")


def _all_passages(loaded: Content) -> list[Passage]:
    return [passage for part in loaded.languages.values() for passage in passages(part)]


def _coverage_spans(root: Path) -> list[Passage]:
    return [Passage(fact.source, fact.span, Kind.DEFINITION, fact.where) for fact in load_coverage(root)]
