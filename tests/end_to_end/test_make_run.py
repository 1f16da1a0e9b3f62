"""What `make run` starts, as a visitor meets it: over HTTP, with real processes, from a fresh folder to Ctrl-C."""

import os
import signal
from pathlib import Path

import pytest
import requests

from attune.settings import ROOT
from attune.talk.client import Client
from attune.talk.expect import differences
from attune.talk.script import load_conversation


def test_the_page_and_the_widget_are_served(service):
    page = requests.get(f"{service.address}/chat/", timeout=10)
    assert page.status_code == 200
    assert "attune-chat" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["a_from_the_word_to_a_therapist", "b_nothing_in_whitehorse_then_a_crisis"])
def test_a_whole_conversation_over_http(service, name):
    script = load_conversation(ROOT / "tests" / "conversations" / "journeys" / f"{name}.yml")
    client, earlier = Client(service.address), []
    client.start()
    for turn in script.turns:
        answer = client.tap(earlier[-1].offers[turn.text]) if turn.tap else client.say(turn.text)
        assert not (found := differences(turn.expect, answer, earlier)), f"{turn.text!r}: {found}\n{answer.words()}"
        earlier.append(answer)
    client.end()


def test_rasas_own_doors_are_shut(service):
    for path in ("/webhooks/rest/webhook", "/conversations/default/tracker", "/socket.io/"):
        assert requests.get(f"{service.address}{path}", timeout=10).status_code == 404
        assert requests.post(f"{service.address}{path}", json={"sender": "x", "message": "hi"}, timeout=10).status_code in (
            404,
            405,
        )


def test_ctrl_c_ends_every_process(service):
    process = service.process
    group = os.getpgid(process.pid)
    children = children_of(process.pid)
    assert len(children) >= 3
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 0, (service.var / "out.log").read_text()
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert group != os.getpgrp()


def children_of(pid):
    """All processes below `pid`."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children_of(int(child))]
    return found
