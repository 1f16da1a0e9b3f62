"""`attune directory`: the operator's data in, out and under control."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from attune.commands.opening import EXPECTED, as_json, database, opened
from attune.commands.search import search
from attune.directory.exporters import export
from attune.directory.importers.columns import Mapped, read_mapping
from attune.directory.importers.detect import Format
from attune.directory.importing import Options, Report, import_file
from attune.directory.quality import findings, statistics
from attune.directory.sample import ensure_sample
from attune.directory.stored import all_listings

_FORMATS = click.Choice([form.value for form in Format])
_SHOWN = 20


@click.group()
def directory() -> None:
    """Import, export, check and search the directory."""


directory.add_command(search)


@contextmanager
def _said() -> Iterator[None]:
    """Turn the errors that an operator can repair into one sentence."""
    try:
        yield
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error


@directory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=_FORMATS, help="The format, when it is not recognised.")
@click.option("--source", default="main", show_default=True, help="Name under which these listings stand together.")
@click.option("--mapping", type=click.Path(path_type=Path), help="YAML file that maps your CSV columns to ours.")
@click.option("--encoding", help="Of the file, for example cp1252; UTF-8 if not said.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--strict", is_flag=True, help="Change nothing if anything in the file is wrong.")
@click.option("--close-many", is_flag=True, help="Close even more than half of the listings of the source.")
@database
@as_json
def import_(file: Path, form: str | None, source: str, mapping: Path | None, encoding: str | None, url: str, **flags: bool) -> None:
    """Make the directory what FILE says (CSV, JSON, FHIR Plan-Net, HSDS or JSON-LD; a file or a folder)."""
    json_wanted = flags.pop("as_json")
    with _said(), opened(url) as store, Console(stderr=True).status("reading") as status:
        mapped = read_mapping(mapping) if mapping else Mapped()
        options = Options(Format(form) if form else None, source, mapped, encoding, **flags)
        report = import_file(
            store.engine, store.rules, file, options, date.today(), lambda count: status.update(f"{count:,} records read")
        )
    click.echo(_report_json(report) if json_wanted else _report_text(report, options.dry_run), nl=not json_wanted)


def _report_json(report: Report) -> str:
    problems = [asdict(problem) for problem in report.problems]
    data = {"format": report.format.value, "read": report.read, **asdict(report.changes), "problems": problems}
    counts = {
        "rows_left_out": report.problems.rows,
        "values_left_out": report.problems.values,
        "sample_closed": report.sample_closed,
    }
    return json.dumps(data | counts, ensure_ascii=False, indent=1) + "\n"


def _report_text(report: Report, dry: bool) -> str:
    changes = report.changes
    lines = [str(problem) for problem in report.problems.kept[:_SHOWN]]
    if len(report.problems) > len(lines):
        lines.append(f"... and {len(report.problems) - len(lines):,} more problems; --json lists up to a thousand")
    lines.append(
        f"{report.read:,} records ({report.format.value}){', nothing written' if dry else ''}: {changes.added:,} added, "
        f"{changes.changed:,} changed, {changes.unchanged:,} unchanged, {changes.closed:,} closed; "
        f"{report.problems.rows:,} rows and {report.problems.values:,} values left out"
    )
    if report.sample_closed:
        lines.append(f"The sample's {report.sample_closed} fictional listings were closed: the directory now has real ones.")
    return "\n".join(lines)


@directory.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=_FORMATS, default="csv", show_default=True)
@click.option("--source", help="Only the listings of this source.")
@database
def export_(file: Path, form: str, source: str | None, url: str) -> None:
    """Write all open listings to FILE (HSDS: a folder for tables, a .json for the API's form)."""
    with _said(), opened(url) as store, store.engine.connect() as connection:
        count = export(all_listings(connection, source), file, Format(form))
    click.echo(f"{count:,} listings written to {file}")


@directory.command()
@database
@as_json
def check(url: str, as_json: bool) -> None:
    """List stale, contradictory, incomplete and unreachable-looking listings."""
    with _said(), opened(url) as store, store.engine.connect() as connection:
        found = list(findings(all_listings(connection), store.rules, date.today()))
    if as_json:
        click.echo(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=1))
        return
    _table(("id", "name", "what", "detail"), [(item.id, item.name, item.kind, item.detail) for item in found])
    click.echo(f"{len(found):,} findings")


@directory.command()
@database
@as_json
def stats(url: str, as_json: bool) -> None:
    """Count the open listings by province, approach, language and more."""
    with _said(), opened(url) as store, store.engine.connect() as connection:
        counts = statistics(all_listings(connection))
    if as_json:
        click.echo(json.dumps({name: dict(counter.most_common()) for name, counter in counts.items()}, indent=1))
        return
    rows = [(name, value, f"{count:,}") for name, counter in counts.items() for value, count in counter.most_common()]
    _table(("field", "value", "listings"), rows)


@directory.command()
@database
def ensure(url: str) -> None:
    """Make the directory if it is not there, and fill an empty one with the fictional sample."""
    with _said():
        added = ensure_sample(url)
    click.echo(f"{added} sample listings added" if added else "the directory is there")


@directory.command()
@click.option("--write", is_flag=True, help="Write the committed file anew, instead of printing the listings.")
def sample(write: bool) -> None:
    """Make the fictional sample from its seed."""
    from attune.directory.sample import FILE, sample_text
    from attune.directory.sample.generate import sample_listings

    text = sample_text(sample_listings())
    if write:
        FILE.write_text(text, encoding="utf-8")
    click.echo(f"{FILE} written" if write else text, nl=write)


@directory.command()
@as_json
def order(as_json: bool) -> None:
    """Print the published order of results."""
    from attune.directory.rules import RANKING, load_rules

    described: dict[str, Any] = load_rules().describe()
    click.echo(json.dumps(described, indent=1) if as_json else RANKING.read_text(encoding="utf-8"))


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    Console().print(table)


def _plain(cell: str) -> str:
    """Escape what Rich would take for markup: a listing's text is data."""
    from rich.markup import escape

    return escape(cell)
