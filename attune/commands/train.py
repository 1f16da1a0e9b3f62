"""`attune train`."""

from __future__ import annotations

import click

from attune.commands.steps import failing_clearly, step
from attune.running.checks import check_yaml
from attune.running.training import MODEL, is_current
from attune.running.training import train as train_model
from attune.settings import ROOT

MODELS = ROOT / "models"


@click.command()
@failing_clearly
def train() -> None:
    """Train the model if anything that it is made from has changed."""
    check_yaml(ROOT)
    if is_current(ROOT, MODELS):
        click.echo(f"models/{MODEL} is up to date")
        return
    with step("Training the model (about a minute)"):
        train_model(ROOT, MODELS)
