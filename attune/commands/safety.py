"""`attune safety`: explain a verdict, list help lines and check them; `evaluate` stands in safety_evaluate.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import yaml

from attune.commands.safety_evaluate import evaluate
from attune.safety import Detector, Lines, static_replies
from attune.safety.lines import LIMIT_DAYS, RECHECK_DAYS
from attune.safety.wording import violations

CONTENT = Path(__file__).parents[2] / "content"


@click.group()
def safety() -> None:
    """Look into crisis detection and the help lines (docs/safety.md)."""


@safety.command()
@click.argument("text")
def explain(text: str) -> None:
    """Show how the verdict on TEXT comes about: views, hits, exemptions, context, score, verdict."""
    click.echo(json.dumps(Detector.load().explain(text), indent=2, ensure_ascii=False))


@safety.command()
def lines() -> None:
    """List the help lines that are shown and what is due for a dial check."""
    library = Lines.load()
    today = date.today()
    due = {line.shown.id for line in library.due(today)}
    for name in sorted(library.shown_ids()):
        line = library.by_id[name]
        checked = line.checked.isoformat() if line.checked else "never dialled"
        click.echo(f"{'DUE ' if name in due else '    '}{name:28} {line.reach:60} {checked}")
    click.echo(f"{len(due)} of {len(library.shown_ids())} are due: a person dials them every {RECHECK_DAYS} days (docs/safety.md).")


@safety.command()
@click.option("--release", is_flag=True, help=f"Fail for a shown line that nobody dialled within {LIMIT_DAYS} days.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Check as if on this day.")
def check(release: bool, today: date | None) -> None:
    """Check the help lines (a warning normally, an error before a release) and the wording of the crisis replies."""
    breaches = list(_breaches())
    for breach in breaches:
        click.echo(breach)
    if breaches:
        raise click.ClickException(f"{len(breaches)} crisis replies break a rule of wording")
    day = date(today.year, today.month, today.day) if today else date.today()
    old = Lines.load().due(day, LIMIT_DAYS)
    for line in old:
        click.echo(
            f"content/help_lines.yml: `{line.shown.id}` was not dialled within {LIMIT_DAYS} days; dial it and write dial_checked"
        )
    if old and release:
        raise click.ClickException(f"{len(old)} help lines must be dialled by a person before a release")
    click.echo("help lines: nothing due" if not old else f"help lines: {len(old)} to dial before a release (a warning until then)")


def _breaches() -> Iterator[str]:
    for path in sorted(CONTENT.glob("*/crisis.yml")):
        for text in _strings(yaml.safe_load(path.read_text(encoding="utf-8"))):
            for breach in violations(text, "crisis", path.parent.name):
                yield f"content/{path.parent.name}/crisis.yml: {breach.words!r} in {text[:60]!r}; {breach.instead}"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(item)


@safety.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of the screen.")
def static(out: Path | None) -> None:
    """Print the static replies of every country as JSON, for the widget."""
    text = json.dumps(static_replies(), indent=1, ensure_ascii=False)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)


safety.add_command(evaluate)
