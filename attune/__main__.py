"""`python -m attune`: the command line."""

from attune.commands import cli

if __name__ == "__main__":
    cli(prog_name="attune")
