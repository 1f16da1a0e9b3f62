"""A secret sentence is sent through every path of the running service; afterwards it is found nowhere on disk."""

import html
import json
import re
import sys
import time
import uuid
from pathlib import Path

import pytest
import requests

from attune.running.processes import commands
from attune.running.service import CREDENTIALS, running_service
from attune.settings import ROOT, Settings
from attune.talk.client import Client, ClientError
from attune.talk.expect import Answer
from tests.flows.crises import wrongs
from tests.support.faulty import ACTION_FAULT, BOT_FAULT, CRASH, SERVER_FAULT
from tests.support.telegram_api import BotApi

MODEL = ROOT / "models" / "attune.tar.gz"
SECRET = "".join(("marmalade", "kettle"))  # put together here, so that not even this file holds it
ORDINARY = f"somatic therapist near {SECRET} street in Halifax"
CRISIS = f"I want to kill myself {SECRET}"
TELEGRAM = """
channels.telegram.TelegramInput:
  token: 42:TOKEN
  secret: s3cret
  api: {api}
  memory: ${{ATTUNE_VAR}}/telegram.sqlite
"""


@pytest.fixture(scope="module")
def telegram():
    api = BotApi()
    yield api
    api.stop()


@pytest.fixture(scope="module")
def service(telegram, tmp_path_factory):
    """The service with faults on demand; whatever it writes as temporary files or into its home stays in reach."""
    home = tmp_path_factory.mktemp("home")
    faulty = [sys.executable, "-W", "ignore", "-m", "tests.support.faulty"]

    def broken(settings, credentials):
        usual = commands(settings, MODEL, credentials)
        return {name: [*faulty, name, *command[command.index("-m") + 2 :]] for name, command in usual.items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("TMPDIR", str(home))
        started = time.time()
        channels = CREDENTIALS + TELEGRAM.format(api=telegram.url)
        with running_service(MODEL, Settings(), channels, broken) as running:
            yield running, home, started


def files_with_the_secret(service):
    """Every file in reach of the service that holds the secret, in any encoding that a log or a database would use."""
    running, home, started = service
    needles = [SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.upper().encode(), SECRET.encode().hex().encode()]
    skipped = {".git", "node_modules", "__pycache__"}
    written = [path for folder in (running.folder, home) for path in folder.rglob("*")]
    written += [
        path for path in ROOT.rglob("*") if not skipped & set(path.parts) and path.is_file() and path.stat().st_mtime >= started
    ]
    return [str(path) for path in written if path.is_file() and any(needle in path.read_bytes() for needle in needles)]


def say(client, text):
    """Say something; what the channel answers, its error lines too."""
    try:
        return client.say(text).words()
    except ClientError as error:
        return str(error)


def test_the_search_finds_what_is_there(service):
    path = service[0].folder / "planted.txt"
    path.write_text(f"a log line with {SECRET}")
    assert files_with_the_secret(service) == [str(path)]
    path.unlink()


def test_the_widgets_channel(service):
    client = Client(service[0].address)
    client.start()
    assert "Halifax" in say(client, ORDINARY)
    assert "988" in say(client, CRISIS)
    say(client, f"you misunderstood {SECRET}")
    lines = client._post("resume", {"after": 0}).text
    assert lines.count(SECRET) == 3, "a reload shows the visitor's own words"
    assert files_with_the_secret(service) == []


def test_the_plain_page(service):
    browser, address = requests.Session(), f"{service[0].address}/chat/plain"
    browser.headers["Origin"] = service[0].address
    browser.post(address, {"do": "begin"}, timeout=30)
    for text in (ORDINARY, CRISIS):
        page = browser.get(address, timeout=30).text
        fields = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("id", "check")}
        assert SECRET in html.unescape(browser.post(address, {**fields, "text": text}, timeout=30).text)
    assert files_with_the_secret(service) == []


def test_telegram(service, telegram):
    for number, text in enumerate((ORDINARY, CRISIS)):
        update = {"update_id": number, "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": text}}
        url = f"{service[0].address}/webhooks/telegram/webhook"
        assert requests.post(url, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": "wrong"}, timeout=30).status_code == 403
        assert requests.post(url, json=update, headers={"X-Telegram-Bot-Api-Secret-Token": "s3cret"}, timeout=30).status_code == 200
    assert "988" in json.dumps(telegram.sent())
    assert files_with_the_secret(service) == []


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, json.dumps({"id": str(uuid.uuid4()), "text": ORDINARY}), 403),
        ({}, f'{{"text": "{ORDINARY}"', 400),
        ({"Content-Type": "text/plain"}, ORDINARY, 415),
        ({"Authorization": f"Bearer {SECRET}"}, json.dumps({"id": str(uuid.uuid4()), "text": ORDINARY}), 401),
        ({}, json.dumps({"id": str(uuid.uuid4()), "text": ORDINARY + "x" * 3000}), 413),
        ({}, json.dumps({"id": str(uuid.uuid4()), "text": ORDINARY + "x" * 9000}), 413),
        ({}, json.dumps({"id": SECRET * 9, "text": ORDINARY}), 400),
    ],
    ids=["origin", "json", "type", "session", "too long", "too large", "id"],
)
def test_a_refused_request(service, headers, body, status):
    client = Client(service[0].address)
    client.start()
    headers = {"Content-Type": "application/json", **dict(client.http.headers), **headers}
    url = f"{service[0].address}/chat/message?said={SECRET}"
    assert requests.post(url, data=body.encode(), headers=headers, timeout=30).status_code == status
    assert requests.get(f"{service[0].address}/{SECRET}", timeout=30).status_code == 404
    assert files_with_the_secret(service) == []


@pytest.mark.parametrize("fault", [ACTION_FAULT, SERVER_FAULT, BOT_FAULT])
def test_an_error_that_quotes_the_visitor(service, fault):
    client = Client(service[0].address)
    client.start()
    assert "Why you see this" not in say(client, f"{fault} {ORDINARY}")
    log = (service[0].folder / "out.log").read_text()
    assert "Error" in log, "the operator must learn of it"
    assert files_with_the_secret(service) == []


def test_no_core_is_left_by_a_crash(service):
    """A core dump would hold all that was in memory; the service asks for none."""
    limits = Path(f"/proc/{service[0].processes['actions'].pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)


def test_the_action_server_is_killed(service):
    """Rasa logs what it could not post; a crisis is still answered first, in a search and in the three questions."""
    client = Client(service[0].address)
    client.start()
    assert client.say("help me choose an approach").offers
    service[0].processes["actions"].kill()
    service[0].processes["actions"].wait()
    own, *answer = client.say(CRISIS).parts
    assert own["type"] == "you"
    assert wrongs(Answer(answer), "self_harm") == []
    say(client, "yes I'm safe")
    say(client, ORDINARY)
    assert files_with_the_secret(service) == []


def test_a_crash_in_the_middle_of_a_message(service):
    """Last: the bot dies of it."""
    client = Client(service[0].address)
    client.start()
    say(client, f"{CRASH} {ORDINARY}")
    service[0].processes["bot"].wait(30)
    assert files_with_the_secret(service) == []
