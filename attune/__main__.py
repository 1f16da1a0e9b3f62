"""`python -m attune`: the command line."""

from attune.commands import cli

cli(prog_name="attune")
