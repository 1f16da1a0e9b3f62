"""The command line: `attune <verb> ...`."""

import click

from attune.commands.content import content


@click.group()
def main() -> None:
    """Attune: a guide to attunement and to a directory of therapists."""


main.add_command(content)

if __name__ == "__main__":
    main()
