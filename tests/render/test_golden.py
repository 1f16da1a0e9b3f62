"""Every part of a reply in every form it takes, against files that a person has read.

`python tests/render/test_golden.py` writes the files anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[1]))

from attune import reply  # noqa: E402
from channels.render import telegram, web  # noqa: E402

WORDS = yaml.safe_load((HERE.parents[1] / "content" / "en" / "widget.yml").read_text(encoding="utf-8"))
PROFILE = reply.Link("Profile", "https://directory.example/t/1?a=1&b=2", "profile")
ADA = reply.Card(
    "1",
    "Ada <Sample>",
    "RCT · she/her",
    (reply.Fact("Fee", "$120 & up"), reply.Fact("Place", "Halifax")),
    ("Works with the body",),
    ("Sample",),
    "I listen.",
    (PROFILE, reply.Link("bad", "javascript:alert(1)", "video")),
    (reply.Choice("More", '/show_details{"listing": "1"}'),),
)
BEA = reply.Card("2", "Bea Sample", facts=(reply.Fact("Fee", "not known"), reply.Fact("Place", "Online")))
LINE = reply.HelpLine(
    "ca_988",
    "9-8-8",
    (reply.Link("Call 988", "tel:988", "phone"), reply.Link("Text 988", "sms:988", "text")),
    "24/7",
    "In English and French",
)

REPLIES = {
    "text": reply.Reply((reply.Text("One.\n\nTwo & <three>.", ("first", "second"), (PROFILE,), "Title", copyable=True),)),
    "text_with_choices": reply.Reply(
        (reply.Text("Hello."), reply.Choices((reply.Choice("Yes", "/affirm"), reply.Choice("No", "/deny"))))
    ),
    "choices_alone": reply.Reply((reply.Choices((reply.Choice("Yes", "/affirm"),)),)),
    "cards_list": reply.Reply((reply.Cards((ADA, BEA), first=4, total=9),)),
    "cards_detail": reply.Reply((reply.Cards((ADA,), "detail"),)),
    "cards_compare": reply.Reply((reply.Cards((ADA, BEA), "compare"),)),
    "crisis": reply.Reply(
        (
            reply.Panel(
                "abuse",
                ("I hear you.",),
                (LINE,),
                ("Are you safe?",),
                quick_exit=True,
                choices=(reply.Choice("Yes", "/crisis/safe"),),
            ),
        )
    ),
    "form": reply.Reply(
        (
            reply.Form(
                "wishes",
                "What matters?",
                (reply.FormField("city", "City"), reply.FormField("how", "How", "choice", (("online", "Online"),))),
                "Go",
            ),
        )
    ),
    "echo": reply.Reply(
        (reply.Notice("echo", "Looking for", (reply.Chip("Somatic", '/drop{"wish": "approach"}', "Take back Somatic"),)),)
    ),
    "pinned": reply.Reply((reply.Notice("pinned", "If it gets too much:", links=(reply.Link("Call 988", "tel:988", "phone"),)),)),
}


def rendered(name: str) -> str:
    """A reply in all its forms, as JSON to read."""
    made = [web.line(part, seq) for seq, part in enumerate(REPLIES[name].to_dict()["parts"], 7)]
    lines = [line.body for line in made if line]
    kept = {key: value for line in made if line for key, value in (line.taps | line.forms).items()}
    forms = {"web": lines, "kept on the server": kept, "telegram": telegram.messages(lines, WORDS)}
    return json.dumps(forms, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


@pytest.mark.parametrize("name", sorted(REPLIES))
def test_a_reply_looks_as_it_did(name):
    assert rendered(name) == (HERE / "golden" / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(REPLIES))
def test_no_payload_leaves_the_server(name):
    web_and_telegram = json.loads(rendered(name))
    del web_and_telegram["kept on the server"]
    text = json.dumps(web_and_telegram)
    assert "/affirm" not in text
    assert "/drop" not in text
    assert "/show_details" not in text
    assert "javascript:" not in text


def test_an_unknown_part_has_no_line():
    assert web.line({"type": "video", "src": "x"}, 1) is None


@pytest.mark.parametrize("text", ["word " * 3000, "x" * 9000, "line\n" * 2000, "para\n\n" * 1500, "&amp;" * 2000])
def test_a_long_text_is_split_without_loss(text):
    pieces = telegram.split(text)
    assert all(0 < len(piece) <= telegram.TEXT_MAX for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert not any(piece.startswith(("amp;", ";")) or piece.endswith(("&", "&a", "&am", "&amp")) for piece in pieces)


def test_every_button_fits_telegram():
    taps = [{"id": f"{10**9}.{number}", "title": "x"} for number in range(100)]
    rows = telegram.keyboard([*taps, {"id": "y" * 65, "title": "too long"}])["inline_keyboard"]
    assert len(rows) == 100


if __name__ == "__main__":
    (HERE / "golden").mkdir(exist_ok=True)
    for name in REPLIES:
        (HERE / "golden" / f"{name}.json").write_text(rendered(name), encoding="utf-8")
