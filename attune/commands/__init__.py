"""The command line of operators and editors, one module a verb, imported only when it is used."""

from __future__ import annotations

from importlib import import_module

import click

#: verb: the module whose `command` it is. A new verb is one line here.
VERBS = {
    "directory": "attune.commands.directory",
    "search": "attune.commands.search",
}


class LazyGroup(click.Group):
    """A group that imports a verb's module when the verb is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs, sorted."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, None when there is none of that name."""
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Attune: the guide to a therapist directory."""
