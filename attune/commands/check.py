"""`attune check`: every static check, each with a line, all of them even when one fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from attune.settings import ROOT

PYTHON = [sys.executable, "-W", "ignore"]
CHECKS = {
    "style (ruff)": [*PYTHON, "-m", "ruff", "check", "."],
    "format (ruff)": [*PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "types (mypy)": [*PYTHON, "-m", "mypy"],
    "imports (import-linter)": ["lint-imports"],
    "content": [*PYTHON, "-m", "attune", "content", "check"],
    "help lines and wording": [*PYTHON, "-m", "attune", "safety", "check"],
    "training data": [*PYTHON, "-m", "pipeline.data_checks"],
    "Rasa's own validation": [*PYTHON, "-m", "pipeline.lean", "data", "validate", "--fail-on-warnings"],
}


@click.command()
@click.option("--only", help="Run the checks whose name contains this.")
def check(only: str | None) -> None:
    """Run every static check of the project; exit 1 when one fails."""
    failed = [name for name, command in CHECKS.items() if (not only or only in name) and not passes(name, command)]
    if failed:
        click.echo(f"attune: {len(failed)} of the checks failed: {', '.join(failed)}", err=True)
        sys.exit(1)


def passes(name: str, command: list[str]) -> bool:
    """Run one check; show what it says only when it fails."""
    if command[0] != sys.executable:
        command = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    click.echo(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {name}")
    if result.returncode:
        click.echo((result.stdout + result.stderr).strip())
    return result.returncode == 0
