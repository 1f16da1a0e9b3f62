"""A stand-in for the bot behind the real channel: scripted replies in the neutral form, and a tracker store in memory.

`python tests/channels/standin.py 8005` serves it for development.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from attune.reply import (
    Card,
    Cards,
    Chip,
    Choice,
    Choices,
    Fact,
    Form,
    FormField,
    HelpLine,
    Link,
    Notice,
    Panel,
    Reply,
    Text,
)

LINES = (
    HelpLine("ca_911", "Emergency services", (Link("911", "tel:911", "phone"),), note="When it is happening now"),
    HelpLine(
        "ca_988",
        "9-8-8: Suicide Crisis Helpline",
        (Link("988", "tel:988", "phone"), Link("988", "sms:988", "text")),
        hours="24/7",
    ),
)
PANEL = Panel(
    "self_harm",
    ("I am glad you said that. Please talk to a person now:",),
    LINES,
    ("You can call or text at any hour, in English or French.", "Are you safe right now?"),
    choices=(Choice("I am safe", "/crisis/safe"), Choice("I need the lines again", "/crisis/again")),
)
NEXT = Choices(
    (
        Choice("Who benefits", "/faq/who_benefits"),
        Choice("How it feels in a session", "/faq/session"),
        Choice("Find a therapist", "/find_therapist"),
    )
)


def card(number: int, name: str, **more: Any) -> Card:
    """One invented therapist."""
    facts = (
        Fact("Approaches", "Somatic, relational"),
        Fact("Place", "Halifax, and online"),
        Fact("Fee", "$120 to $140 a session"),
        Fact("Languages", "English, French"),
        Fact("New clients", "Yes, checked 3 November"),
        Fact("Free consultation", "20 minutes"),
    )
    links = (
        Link("Profile", f"https://directory.example/t/{number}", "profile"),
        Link("Intro video", f"https://directory.example/t/{number}/video", "video"),
        Link("Book a free consultation", f"https://directory.example/t/{number}/book", "booking"),
    )
    choices = (Choice("More about her", f'/show_details{{"listing": "{number}"}}'),)
    values: dict[str, Any] = {
        "subtitle": "Registered Counselling Therapist · she/her",
        "facts": facts,
        "links": links,
        "choices": choices,
        "reasons": ("Works with somatic therapy", "Online, from Halifax", "Fee within $150"),
        "badges": ("Sample",),
    }
    return Card(str(number), name, **{**values, **more})


CARDS = (card(1, "Ada Sample"), card(2, "Bea Sample-Nguyen"), card(3, "Cleo Sample", badges=("Sample", "Waitlist")))
ECHO = Notice(
    "echo",
    "What I am looking for",
    (
        Chip("Somatic", '/drop{"wish": "approach"}', "Take back: Somatic"),
        Chip("Halifax", '/drop{"wish": "city"}', "Take back: Halifax"),
        Chip("Online is fine", '/drop{"wish": "format"}', "Take back: Online is fine"),
        Chip("Up to $150", '/drop{"wish": "fee"}', "Take back: Up to $150"),
    ),
)

CORPUS = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '"><svg onload=window.hacked=1>',
    "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    "javascript:window.hacked=1",
    "{{7*7}} ${7*7} <%=7*7%>",
    "<style>*{display:none}</style>",
    "</template><script>window.hacked=1</script>",
    "<a href=javascript:hacked=1>x</a>",
    "<math><mtext></p><img src=x onerror=hacked=1>",
    "&lt;b&gt;",
    "\u202egnp.exe",
    "[x](javascript:hacked=1)",
)
BAD_LINKS = tuple(
    Link(text, url, "video")
    for text, url in zip(
        CORPUS,
        (
            "javascript:window.hacked=1",
            "JaVaScRiPt:hacked=1",
            " javascript:hacked=1",
            "data:text/html,<script>hacked=1</script>",
            "vbscript:x",
            "java\tscript:hacked=1",
            "//evil.example",
            "blob:x",
            "file:///etc/passwd",
        ),
        strict=False,
    )
)
HOSTILE = Reply(
    (
        Text("\n\n".join(CORPUS), CORPUS, (*BAD_LINKS, Link("good", "https://directory.example/<x>\"'", "web")), CORPUS[0], True),
        Cards(
            tuple(
                card(
                    n,
                    text,
                    subtitle=text,
                    badges=(text,),
                    reasons=(text,),
                    about=text,
                    facts=(Fact(text, text),),
                    links=BAD_LINKS,
                    choices=(Choice(text, "/x"),),
                )
                for n, text in enumerate(CORPUS[:6])
            )
        ),
        Cards(tuple(card(n, text, facts=(Fact(text, text),)) for n, text in enumerate(CORPUS[:2])), layout="compare"),
        Notice("echo", CORPUS[0], (Chip(CORPUS[1], "/x"),)),
        Notice("info", CORPUS[1], links=BAD_LINKS),
        Form(
            "f", CORPUS[0], (FormField("n", CORPUS[1]), FormField("o", CORPUS[2], "choice", ((CORPUS[3], CORPUS[4]),))), CORPUS[5]
        ),
        Choices(tuple(Choice(text, "/x") for text in CORPUS)),
    )
)

SCRIPT: dict[str, Reply] = {
    "corpus": HOSTILE,
    "greet": Reply(
        (
            Text(
                "Hello. I am Attune, an automated guide to finding a therapist who really listens. I explain and search. I do not give therapy."  # noqa: E501
            ),
            Text("What would help you most?"),
            Choices(
                (
                    Choice("What is attunement?", "/faq/what"),
                    Choice("Help me choose", "/choose"),
                    Choice("Find a therapist", "/find_therapist"),
                )
            ),
        )
    ),
    "what": Reply(
        (
            Text(
                "Attunement means that someone notices what you feel, and shows you that they did.\n\nIn therapy it is the difference between being listened to and feeling understood.",  # noqa: E501
                links=(Link("Where this comes from", "https://directory.example/sources", "source"),),
            ),
            NEXT,
        )
    ),
    "items": Reply(
        (
            Text(
                "You could look for these:",
                ("They ask how it was for you.", "They slow down when you do.", "They repair a misunderstanding."),
                title="In a first session",
            ),
            NEXT,
        )
    ),
    "somatic": Reply(
        (
            ECHO,
            Notice("sample", "These entries are invented, to show how it works."),
            Cards(CARDS, total=14),
            Choices(
                (
                    Choice("Show more", "/show_more"),
                    Choice("Compare the first two", "/compare"),
                    Choice("Only women", '/inform{"gender": "woman"}'),
                )
            ),
        )
    ),
    "second": Reply(
        (
            Cards(
                (
                    card(
                        2,
                        "Bea Sample-Nguyen",
                        about="I work slowly and with the body. We notice together what happens while you speak, and I tell you when I lose you.",  # noqa: E501
                    ),
                ),
                layout="detail",
            ),
            Choices((Choice("Write a first message", "/plan"), Choice("Back to the list", "/list"))),
        )
    ),
    "compare": Reply((Cards(CARDS[:2], layout="compare"), Choices((Choice("Back to the list", "/list"),)))),
    "plan": Reply(
        (
            Text(
                "Hello,\n\nI am looking for a therapist who works with the body, online from Halifax. Do you have room for a new client, and could we have a short first talk?\n\nThank you",  # noqa: E501
                title="A first message",
                copyable=True,
            ),
            Text("Write to three to five people: about one in five never answers."),
        )
    ),
    "form": Reply(
        (
            Form(
                "wishes",
                "What matters to you?",
                (
                    FormField("city", "City or town"),
                    FormField("budget", "Most you can pay a session, in dollars", "number"),
                    FormField(
                        "format",
                        "Online or in person",
                        "choice",
                        (("online", "Online"), ("in_person", "In person"), ("either", "Either")),
                    ),
                ),
                "Search",
            ),
        )
    ),
    "die": Reply((PANEL,)),
    "safe": Reply(
        (
            Notice(
                "pinned", "If it gets too much:", links=(Link("Call 988", "tel:988", "phone"), Link("Text 988", "sms:988", "text"))
            ),
            Text("Good. I am here for the search whenever you like."),
            NEXT,
        )
    ),
    "abuse": Reply(
        (
            Panel(
                "abuse",
                ("That sounds frightening. You deserve to be safe.",),
                LINES[:1],
                ("Is it safe to read this here?",),
                quick_exit=True,
            ),
        )
    ),
    "bye": Reply((Text("Take care. You can come back at any time."),)),
}


def payload_of(parsed: dict[str, Any]) -> str:
    """The payload that ready parse data came from."""
    intent = parsed["intent"].get("full_retrieval_intent_name") or parsed["intent"]["name"]
    entities = {one["entity"]: one["value"] for one in parsed["entities"]}
    return f"/{intent}" + (json.dumps(entities, ensure_ascii=False) if entities else "")


class Agent:
    """What the channel needs of Rasa's agent."""

    def __init__(self) -> None:
        self.tracker_store = SimpleNamespace(store={}, retrieve=self._retrieve)
        self.heard: list[tuple[str, str]] = []

    async def _retrieve(self, _sender: str) -> None:
        return None

    def is_ready(self) -> bool:
        """Always."""
        return True

    async def handle_message(self, message: Any) -> None:
        """Answer by the first key word that stands in the text."""
        text = message.text if message.parse_data is None else payload_of(message.parse_data)
        self.heard.append((message.sender_id, text))
        self.tracker_store.store.setdefault(message.sender_id, []).append(text)
        text = text.lower()
        if "boom" in text:
            raise RuntimeError("the bot fell over " + message.text)
        if "slow" in text:
            await asyncio.sleep(2.5)
        if "hang" in text:
            await asyncio.sleep(60)
        if "silence" in text:
            return
        if "default" in text:
            await message.output_channel.send_response(
                message.sender_id, {"text": "One\n\ntwo", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
            )
            return
        reply = next((SCRIPT[key] for key in SCRIPT if key in text and not text.startswith("/inform")), None)
        reply = reply or Reply((Text(f"You said: {self.heard[-1][1]}"),))
        for part in reply.to_dict()["parts"]:
            await message.output_channel.send_response(message.sender_id, {"custom": {"parts": [part]}})


def screen() -> Any:
    """A crisis screen with one key word."""
    from channels.screen import Screen

    def verdict(text: str) -> Any:
        return SimpleNamespace(level="crisis" if "want to die" in text else "none", kind="self_harm")

    return Screen(verdict, lambda _country: Reply((PANEL,)))


def application(options: Any, agent: Agent | None = None, name: str = "standin") -> Any:
    """The real channel on the scripted bot."""
    from rasa.core.channels.channel import register
    from sanic import Sanic

    from channels.web import WebInput

    app = Sanic(name, configure_logging=False)
    app.ctx.agent = agent or Agent()
    register([WebInput(options, screen())], app, route="/webhooks/")
    return app


def main() -> None:
    """Serve on the port that the command line names."""
    from pipeline.lean import import_rasa

    import_rasa()
    from channels.options import WebOptions

    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
    partners = {"partner": (f"http://127.0.0.1:{port + 1}", f"http://localhost:{port + 1}")}
    options = WebOptions(
        memory=sys.argv[2] if len(sys.argv) > 2 else ":memory:",
        key_file="var/standin.key",
        partners=partners,
        sessions_per_minute=10_000,
        messages_per_minute=10_000,
        timeout=5.0,
    )
    application(options).run("127.0.0.1", port, access_log=False)


if __name__ == "__main__":
    main()
