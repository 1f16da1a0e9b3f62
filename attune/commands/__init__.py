"""The command line: one module a verb, loaded when it is used."""

from __future__ import annotations

from importlib import import_module

import click

#: Verb → what it does. The module of the same name holds a click command of the same name.
VERBS = {
    "up": "Start the bot, the action server and the page.",
    "train": "Train the model if anything that it is made from has changed.",
    "chat": "Talk to the bot in the terminal, or replay a conversation.",
    "search": "Search the directory in plain words.",
    "directory": "Import, export, check and count therapist listings.",
    "content": "Check and preview what the bot says.",
    "safety": "Explain a verdict, list help lines, evaluate detection.",
    "check": "Run every static check of the project.",
}


class Verbs(click.Group):
    """Imports a verb's module only when the verb is used, so that each starts fast."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the verbs in the order of `VERBS`."""
        return list(VERBS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, None for an unknown one."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"attune.commands.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Attune: a guide to attunement in therapy and to therapists who work that way."""
