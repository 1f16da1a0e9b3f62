"""`attune safety evaluate`: measure crisis detection on lines, on dialogues, on families held out and on adversarial texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import click

from attune.commands.steps import failing_clearly, step
from attune.commands.train import MODELS
from attune.running.service import running_service
from attune.running.training import MODEL
from attune.safety import Detector
from attune.safety.adversarial import slowest_ms
from attune.safety.devset import DEV, dev_lines, nlu_lines, written_lines
from attune.safety.dialogues import DialogueError, Heard, TurnResult, heard_in, judge, read_dialogues, state_talk
from attune.safety.evaluation import Report, measure, read_tsv
from attune.safety.reporting import dialogues_markdown, markdown, plot, speed_markdown
from attune.settings import ROOT
from attune.talk.client import Client, ClientError

DIALOGUES = DEV / "dialogues.yml"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=FILE, help="Lines in columns kind, tier, register, family, text instead of the development lines.")
@click.option("--dialogues", type=FILE, help="Dialogues (attune/safety/dialogues.py) instead of our own.")
@click.option("--families-held-out", is_flag=True, help="Also hold out each family in turn (minutes; needs scikit-learn).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "reports", help="Where the report goes.")
@failing_clearly
def evaluate(data: Path | None, dialogues: Path | None, families_held_out: bool, out: Path) -> None:
    """Measure crisis detection; the report (safety.md, or safety_NAME.md for other data) and its plot go to reports/.

    With --data or --dialogues only that is measured; without them the development lines, our dialogues and adversarial texts.
    """
    ours = not data and not dialogues
    name = f"safety_{(data or dialogues or Path()).stem}" if not ours else "safety"
    out.mkdir(parents=True, exist_ok=True)
    parts = []
    if data or ours:
        parts.append(markdown(report := _lines(data)))
        plot(report, out / f"{name}.png")
    if dialogues or ours:
        parts.append(_dialogues(dialogues or DIALOGUES))
    if families_held_out:
        # By name: it trains, with scikit-learn, which the core must not know of.
        families = import_module("benchmarks.safety_families")
        with step("Holding out the families, ten groups in turn (some minutes)"):
            parts.append(families.families_markdown([*dev_lines(), *written_lines()]))
    if ours:
        parts.append(speed_markdown(slowest_ms(Detector.load())))
    (out / f"{name}.md").write_text("\n".join(parts), encoding="utf-8")
    click.echo(f"report: {out / name}.md")


def _lines(data: Path | None) -> Report:
    examples = read_tsv(data) if data else [*dev_lines(), *nlu_lines()]
    report = measure(examples, f"Crisis detection on {data.name if data else 'the development lines (tuned on: not a test)'}")
    for (table, row), cell in sorted(report.cells.items()):
        if table in ("crisis", "kind") or (table, row) == ("ordinary", "all"):
            low, high = cell.limits()
            click.echo(f"{table}, {row}: {cell.right} of {cell.lines} right ({low:.2%} to {high:.2%})")
    click.echo(f"median {report.median_ms:.2f} ms")
    return report


def _dialogues(path: Path) -> str:
    """Hold the dialogues with detector and state alone, then with the whole service."""
    try:
        found = read_dialogues(path)
    except DialogueError as error:
        raise click.ClickException(str(error)) from None
    measured = {"detector and state": list(judge(found, state_talk))}
    with step("Starting the service for the dialogues"), running_service(MODELS / MODEL) as service:
        measured["the whole service"] = list(judge(found, lambda turns: list(_talk(service.address, turns))))
    for way, results in measured.items():
        click.echo(f"dialogues, {way}: {_count(results)}")
    return dialogues_markdown(path.name, measured)


def _count(results: Sequence[TurnResult]) -> str:
    due = [one for one in results if one.wanted]
    before = [one for one in results if not one.wanted]
    return (
        f"{sum(one.crisis_reply for one in due)} of {len(due)} crisis turns answered first and rightly, "
        f"{sum(one.only_check_in for one in due)} with a check-in; "
        f"{sum(not one.right for one in before)} alarms in {len(before)} other turns"
    )


def _talk(address: str, turns: Sequence[str]) -> Iterator[Heard]:
    """Hold one dialogue over HTTP; an error of the service is no answer."""
    client = Client(address)
    client.start()
    for text in turns:
        try:
            yield heard_in(client.say(text).parts)
        except ClientError:
            yield Heard()
    client.end()
