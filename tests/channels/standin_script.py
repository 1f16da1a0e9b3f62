"""What the scripted bot says, by key word; and hostile words in every place where words can stand."""

from __future__ import annotations

from typing import Any

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
    choices = (Choice(f"More about {name}", f'/show_details{{"listing": "{number}"}}'),)
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
