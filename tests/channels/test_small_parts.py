"""Tokens, signatures, limits, served files, options and words, each alone."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import jwt
import pytest
import requests
import yaml

from attune.settings import Settings
from channels import assets, signatures, squeeze, strings, tokens
from channels.base import clean_text, parts_of
from channels.limits import RateLimit
from channels.memory import Memory
from channels.operator import OF_SITE, web_options, with_credentials
from channels.options import WebOptions
from channels.seals import new_seal
from channels.turns import Turn

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "webhooks" / "signatures.jsonl"


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "deep" / "web.key"
    made = tokens.load_or_make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert tokens.load_or_make(path) == made
    assert all(len(key) >= 32 for key in made.values())


def test_a_token_slides_and_ends():
    made = tokens.Tokens({"a": b"k" * 32}, sliding=100, absolute=1000)
    claims = made.check(made.issue("web-1", "partner"))
    assert (claims.sub, claims.org) == ("web-1", "partner")
    assert made.check(made.renew(claims)).end == claims.end
    with pytest.raises(tokens.TokenError):
        made.check(made.issue("web-1", end=int(time.time()) - 1))


def test_keys_rotate():
    old, new = tokens.Tokens({"a": b"o" * 32}), tokens.Tokens({"b": b"n" * 32, "a": b"o" * 32})
    token = old.issue("web-1")
    assert new.check(token).sub == "web-1"
    assert jwt.get_unverified_header(new.issue("web-1"))["kid"] == "b"
    with pytest.raises(tokens.TokenError):
        old.check(new.issue("web-1"))
    with pytest.raises(ValueError, match="32 bytes"):
        tokens.Tokens({"a": b"short"})


def test_an_empty_secret_never_passes():
    body = b"{}"
    assert not signatures.telegram("", "")
    assert not signatures.telegram(None, "x")
    assert not signatures.meta("sha256=" + hmac.new(b"", body, hashlib.sha256).hexdigest(), body, "")
    assert not signatures.slack("v0=x", "12", body, "", 12)
    assert not signatures.twilio("x", "https://a.example", {}, "")


def test_signatures_of_our_own():
    body = b'{"a": 1}'
    good = "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert signatures.meta(good, body, "secret")
    assert not signatures.meta(good, body + b" ", "secret")
    signed = "v0=" + hmac.new(b"secret", b"v0:1000:" + body, hashlib.sha256).hexdigest()
    assert signatures.slack(signed, "1000", body, "secret", 1100)
    assert not signatures.slack(signed, "1000", body, "secret", 1301)
    assert not signatures.slack(signed, "soon", body, "secret", 1000)


@pytest.mark.skipif(not SHARED.exists(), reason="the collected signatures are not here")
def test_signatures_collected_from_others():
    checked = 0
    for row in map(json.loads, SHARED.read_text(encoding="utf-8").splitlines()):
        headers = row["headers"]
        if row["platform"].startswith("twilio"):
            params = {name: [value] for name, value in row["params"].items()}
            found = signatures.twilio(headers["X-Twilio-Signature"], row["url"], params, row["secret"])
        elif row["platform"] == "slack":
            found = signatures.slack(
                headers["X-Slack-Signature"],
                headers["X-Slack-Request-Timestamp"],
                row["raw_body"].encode(),
                row["secret"],
                row["now"],
            )
        else:
            continue  # SHA-1 of Meta's old header, which is not accepted
        assert found == row["valid"], row
        checked += 1
    assert checked


def test_a_limit_forgives_with_time():
    now = [0.0]
    limit = RateLimit(2, 60, lambda: now[0])
    assert [limit.take("a"), limit.take("a"), limit.take("a"), limit.take("b")] == [0, 0, 60, 0]
    now[0] = 59.5
    assert limit.take("a") == 1
    now[0] = 60.0
    assert limit.take("a") == 0


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("  /restart", "restart"),
        ("// /x", "x"),
        ("／x", "x"),
        ("a/b", "a/b"),
        ("a\u202eb\x00", "ab"),
        ("\r\na\r\nb", "a\nb"),
        ("/", ""),
    ],
)
def test_free_text_is_cleaned(given, clean):
    assert clean_text(given) == clean


def test_messages_of_rasa_become_parts():
    parts = parts_of({"text": "hi", "buttons": [{"title": "A", "payload": "/a"}], "image": "https://x.example/y.png"})
    assert [part["type"] for part in parts] == ["text", "choices", "text"]
    assert parts_of({"custom": {"parts": [{"type": "text", "text": "x"}]}, "text": None}) == [{"type": "text", "text": "x"}]
    assert parts_of({"custom": {"something": 1}}) == []


def test_an_interrupted_turn_gives_its_numbers_back(tmp_path):
    memory = Memory(tmp_path / "m")
    memory.open("s")
    memory.begin("s", "one")
    memory.add("s", "one", {"seq": 1, "type": "text"}, {"1.1": ["/x", "X"]})
    memory.begin("s", "one")
    assert memory.next_seq("s") == 1
    memory.add("s", "one", {"seq": 1, "type": "text"}, {})
    memory.finish("s", "one", "done")
    assert Memory(tmp_path / "m").state("s", "one") == "done"
    memory.forget("s")
    assert memory.lines("s") == []
    memory.add("s", "late", {"seq": 2, "type": "text"}, {})
    assert memory.lines("s") == []
    assert b"/x" not in (tmp_path / "m").read_bytes()


def test_kept_lines_are_read_with_the_visitors_key_only(tmp_path):
    """Also after a restart; the disk alone tells nothing."""
    seal, memory = new_seal(), Memory(tmp_path / "m")
    memory.open("s")
    memory.unlock("s", seal)
    memory.add("s", "one", {"seq": 1, "text": "zebrafinch"}, {})
    assert not [path for path in tmp_path.iterdir() if b"zebrafinch" in path.read_bytes()]
    restarted = Memory(tmp_path / "m")
    assert restarted.lines("s") == []
    restarted.unlock("s", seal)
    assert restarted.lines("s") == [{"seq": 1, "text": "zebrafinch"}]
    stranger = Memory(tmp_path / "m")
    stranger.unlock("s", new_seal())
    assert stranger.lines("s") == []


def test_a_tokens_seal_outlives_its_renewal():
    made = tokens.Tokens({"a": b"k" * 32})
    claims = made.check(made.issue("web-1"))
    assert made.check(made.renew(claims)).seal == claims.seal
    assert made.check(made.issue("web-1")).seal != claims.seal


def test_only_the_last_ids_and_lines_are_kept():
    memory = Memory(":memory:")
    memory.open("s")
    for number in range(1, 251):
        memory.begin("s", f"turn-{number}")
        memory.add("s", f"turn-{number}", {"seq": number}, {})
        memory.finish("s", f"turn-{number}", "done")
    assert memory.state("s", "turn-250") == "done"
    assert memory.state("s", "turn-200") is None
    assert len(memory.lines("s")) == 200


def test_squeezing_keeps_what_counts():
    source = 'const a = /x \\/ "y/.test(b); // gone\n/* gone */ let c = `keep  this`; const d = "// stays";\nreturn (a) / 2 / c;\nlet e = 1 + +f\nlet g\n++h\nif (i) { j; }'  # noqa: E501
    squeezed = squeeze.javascript(source)
    assert "gone" not in squeezed
    for part in ('/x \\/ "y/', "`keep  this`", '"// stays"', "return(a)/2/c", "1+ +f", "let g\n++h", "if(i){j}"):
        assert part in squeezed


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_the_served_scripts_parse(tmp_path):
    words = strings.load(ROOT / "content")["en"]
    for name, asset in (
        ("a.mjs", assets.widget(ROOT / "widget", {"strings": words, "help": []})),
        ("b.js", assets.loader(ROOT / "widget", {})),
    ):
        (tmp_path / name).write_bytes(asset.body)
        subprocess.run(["node", "--check", str(tmp_path / name)], check=True)
        assert b"import " not in asset.body


def test_every_word_is_there_and_every_word_is_used():
    words = yaml.safe_load((ROOT / "content" / "en" / "widget.yml").read_text(encoding="utf-8"))
    sources = [*(ROOT / "widget").rglob("*.js"), *(ROOT / "widget").rglob("*.html"), *(ROOT / "channels").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    built = {f"error_{code}" for code in re.findall(r'"(\w+)"', str(_codes()))} | {"error_network", "restart_ask", "delete_ask"}
    asked = (
        set(re.findall(r'\bt\("(\w+)"', text))
        | set(re.findall(r"\bt\.(\w+)(?!\w|\()", text))
        | set(re.findall(r'words\["(\w+)"\]', text))
    )
    asked -= {"get", "lang", "help", "exit_url", "privacy_url"}
    assert asked - set(words) == set(), "a word is missing"
    unused = {key for key in words if key not in built and not re.search(rf'["\'._]{key}\b', text)}
    assert unused == set(), "a word is not used"


def _codes():
    schema = json.loads((ROOT / "widget" / "reply.schema.json").read_text(encoding="utf-8"))
    return json.dumps(schema["definitions"]["error"]["properties"]["code"]["enum"])


def test_every_error_has_words():
    words = yaml.safe_load((ROOT / "content" / "en" / "widget.yml").read_text(encoding="utf-8"))
    for code in json.loads(_codes()):
        assert f"error_{code}" in words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"orgins": []}, "no option `orgins`"),
        ({"origins": ["https://a.example/path"]}, "is not an origin"),
        ({"origins": ["*"]}, "is not an origin"),
        ({"path": "chat/"}, "write it like `/chat`"),
    ],
)
def test_wrong_options_are_said_in_a_sentence(given, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        WebOptions.read(given)


def test_files_are_cached_and_compressed(client):
    page = requests.get(f"{client.base}/chat/", timeout=5).text
    hashed = re.search(r"/chat/(attune-chat\.[0-9a-f]+\.js)", page)[1]
    forever = requests.get(f"{client.base}/chat/{hashed}", timeout=5)
    assert "immutable" in forever.headers["cache-control"]
    assert forever.headers["content-encoding"] == "gzip"
    checked = requests.get(f"{client.base}/chat/attune-chat.js", timeout=5)
    assert "must-revalidate" in checked.headers["cache-control"]
    again = requests.get(f"{client.base}/chat/attune-chat.js", headers={"If-None-Match": checked.headers["etag"]}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    plain = requests.get(f"{client.base}/chat/attune-chat.js", headers={"Accept-Encoding": "identity"}, timeout=5)
    assert plain.content == forever.content


def test_the_plain_page_keeps_the_rules_of_a_session(client):
    http = requests.Session()
    url, own = f"{client.base}/chat/plain", {"Origin": client.base}
    assert http.post(url, data={"do": "begin"}, headers={"Origin": "https://evil.example"}, timeout=5).status_code == 403
    assert http.post(url, data={"do": "begin"}, timeout=5).status_code == 403
    page = http.post(url, data={"do": "begin"}, headers=own, timeout=5).text
    check, key = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("check", "id"))
    assert http.post(url, data={"text": "no check", "id": key}, headers=own, timeout=5).status_code == 403
    for _ in range(2):
        page = http.post(url, data={"text": "<b>hello</b>", "id": key, "check": check}, headers=own, timeout=5).text
    assert page.count("You said: &lt;b&gt;hello&lt;/b&gt;") == 1
    assert "<b>hello" not in page
    page = http.post(url, data={"text": "x" * 2500, "id": "another-id-1", "check": check}, headers=own, timeout=5)
    assert page.status_code == 413
    assert "too long" in page.text
    assert "tel:988" in page.text
    http.post(url, data={"do": "end", "check": check}, headers=own, timeout=5)
    assert "hello" not in http.get(url, timeout=5).text
    assert client.agent.tracker_store.store == {}


def test_leaving_the_plain_page_works_with_and_without_a_talk(client):
    url, own = f"{client.base}/chat/plain", {"Origin": client.base}
    away = requests.post(url, data={"do": "exit"}, headers=own, timeout=5, allow_redirects=False)
    assert (away.status_code, away.headers["location"]) == (303, "https://weather.gc.ca/")
    page = requests.get(url, timeout=5)
    assert "form-action 'self' https://weather.gc.ca;" in page.headers["content-security-policy"]


async def test_a_reader_of_a_slow_turn_gets_signs_of_life():
    turn = Turn()
    lines = turn.follow(beat=0.001)
    assert await anext(lines) is None
    turn.add({"seq": 1})
    turn.finish()
    assert [line async for line in lines if line] == [{"seq": 1}]


def test_readiness(client):
    assert requests.get(f"{client.base}/chat/ready", timeout=5).json() == {"ready": True}


@pytest.mark.parametrize("name", sorted(OF_SITE))
def test_what_site_yml_decides_is_refused_in_credentials(name):
    """There is one file for it; the sentence names it."""
    with pytest.raises(ValueError, match=f"credentials.yml: `{name}` is not set here; it stands in site.yml"):
        with_credentials(web_options(Settings()), {name: "x"})


def test_exit_and_privacy_page_come_from_the_site_file(tmp_path):
    """As visitors then find them on our pages and in the widget."""
    site = tmp_path / "site.yml"
    site.write_text("exit_url: https://news.example/\nprivacy_url: https://clinic.example/privacy\n")
    options = WebOptions.read(web_options(Settings(site=site)))
    assert (options.exit_url, options.privacy_url) == ("https://news.example/", "https://clinic.example/privacy")


def test_the_demo_site_frames_the_chat_until_it_is_switched_off():
    """Beside the partners of credentials.yml, and on the loopback address only."""
    found = with_credentials(web_options(Settings(demo_port=5123)), {"partners": {"clinic": ["https://clinic.example"]}})
    demo = ("http://127.0.0.1:5123", "http://localhost:5123")
    assert WebOptions.read(found).partners == {"demo": demo, "clinic": ("https://clinic.example",)}
    off = WebOptions.read(web_options(Settings(demo=False)))
    assert not off.demo
    assert off.partners == {}
