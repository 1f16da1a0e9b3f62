"""`attune chat`: the same bot in the terminal."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from prompt_toolkit import PromptSession
from rich.console import Console

from attune.commands.steps import failing_clearly
from attune.running import StartError
from attune.running.readiness import is_loaded, wait_until_answering
from attune.settings import ROOT, Settings, load_settings
from attune.talk.client import Client, ClientError
from attune.talk.expect import Answer, differences
from attune.talk.script import Conversation, ScriptError, load_conversation
from attune.talk.terminal import offers, show

HELP = "Type a message, or the number of a choice. /quit ends and erases the conversation."


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@failing_clearly
def chat(file: Path | None) -> None:
    """Talk to the bot in the terminal, or replay the conversation in FILE and compare."""
    settings, console = load_settings(), Console(highlight=False)
    script = load_conversation(file.resolve()) if file else None
    with server(settings, console) as address:
        client = Client(address)
        try:
            if script:
                sys.exit(1 if replay(console, client, script) else 0)
            talk(console, client)
        except ClientError as error:
            raise StartError(str(error)) from None
        finally:
            leave(client)


def leave(client: Client) -> None:
    """Erase the conversation; a server that is gone has nothing left to erase it with."""
    try:
        client.end()
    except ClientError as error:
        click.echo(f"attune: the conversation could not be erased: {error}", err=True)


@contextmanager
def server(settings: Settings, console: Console) -> Iterator[str]:
    """Yield the address of the running server; start one for the time of the talk where none runs."""
    address = settings.address
    if is_loaded(address):
        yield address
        return
    with console.status("Starting the bot (about 15 seconds; longer the first time)"):
        log = settings.var / "chat.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as out:
            process = subprocess.Popen([sys.executable, "-m", "attune", "up"], cwd=ROOT, stdout=out, stderr=out)
        ready = wait_until_answering(address, within_s=300)
    try:
        if not ready:
            raise StartError(f"the bot did not start: {log.read_text(encoding='utf-8').strip()[-600:]}")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def talk(console: Console, client: Client) -> None:
    """Read, send, show until /quit, Ctrl-D or Ctrl-C."""
    session: PromptSession[str] = PromptSession()
    console.print(HELP, style="dim")
    answer = client.start()
    while True:
        show(console, answer)
        try:
            typed = session.prompt("you> ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if typed in ("/quit", "/exit"):
            return
        if typed:
            answer = reply_to(client, answer, typed)


def reply_to(client: Client, answer: Answer, typed: str) -> Answer:
    """Send a tap when a choice's number was typed, else the words."""
    titles = offers(answer)
    if typed.isdigit() and 1 <= int(typed) <= len(titles):
        return client.tap(answer.offers[titles[int(typed) - 1]])
    return client.say(typed)


def replay(console: Console, client: Client, script: Conversation) -> int:
    """Play a conversation against the server, showing it; return how many turns differ from what is expected."""
    console.rule(script.name)
    earlier: list[Answer] = []
    failures, answer = 0, client.start()
    for turn in script.turns:
        console.print(f"you> {turn.text}", style="bold green")
        if turn.tap and turn.text not in answer.offers:
            raise ScriptError(f"{script.path}: nothing called {turn.text!r} can be tapped; there is {offers(answer)}")
        answer = client.tap(answer.offers[turn.text]) if turn.tap else client.say(turn.text)
        show(console, answer)
        problems = differences(turn.expect, answer, earlier)
        earlier.append(answer)
        failures += bool(problems)
        for problem in problems:
            console.print(f"  differs: {problem}", style="bold red")
    return failures
