"""`attune up`: everything that `make run` does after the set-up."""

from __future__ import annotations

import sys
import threading

import click

from attune.commands.steps import failing_clearly, step
from attune.commands.train import MODELS
from attune.directory.sample import ensure_sample
from attune.running.checks import check_all
from attune.running.processes import supervisor
from attune.running.readiness import wait_until_answering
from attune.running.training import MODEL, is_current
from attune.running.training import train as train_model
from attune.settings import ROOT, Settings, load_settings
from attune.site import load_site


@click.command()
@failing_clearly
def up() -> None:
    """Start the bot, the action server and the page, and wait until the bot answers."""
    settings = load_settings()
    prepare(settings)
    run(settings)


def prepare(settings: Settings) -> None:
    """Check, train where something changed, and fill an empty directory with the sample."""
    check_all(settings, ROOT)
    load_site(settings.site)
    if not is_current(ROOT, MODELS):
        with step("Training the model (about a minute, once)"):
            train_model(ROOT, MODELS)
    if ensure_sample(settings.directory):
        click.echo("Filled the directory with the made-up sample listings")


def addresses(settings: Settings) -> str:
    """Return where to look, in a line each."""
    if not settings.demo:
        return f"Attune answers at {settings.address}/chat/page"
    return f"Attune answers at {settings.address}/chat/\nIn a frame on another site: {settings.demo_origins[0]}/"


def run(settings: Settings) -> None:
    """Run the processes until Ctrl-C or until one of them ends; exit with its code."""
    manager = supervisor(settings, MODELS / MODEL)
    click.echo("Starting the bot and the action server (about 15 seconds)")

    def announce() -> None:
        if wait_until_answering(settings.address):
            click.echo(f"\n{addresses(settings)}\nPress Ctrl-C to stop it.\n")
        else:
            click.echo("attune: the bot did not answer within two minutes; its own words above say why", err=True)
            manager.terminate()

    threading.Thread(target=announce, daemon=True).start()
    manager.loop()
    sys.exit(0 if manager.returncode in (0, 130, 143) else manager.returncode)
