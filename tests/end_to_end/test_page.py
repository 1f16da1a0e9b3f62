"""The page with the real bot behind it, in a real browser."""

import pytest
from playwright.sync_api import expect

from attune.settings import ROOT
from attune.talk.expect import Answer, differences
from attune.talk.script import load_conversation
from tests.browser.chat import Chat

pytestmark = pytest.mark.browser

# Any pointer on its way to the page, noted before the page can see it.
_POINTERS = """window.pointers = [];
for (const kind of ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'touchstart'])
  addEventListener(kind, () => window.pointers.push(kind), true);"""


@pytest.fixture
def visit(browser, service):
    """Open the demo page; at the end nothing may have been thrown or violated."""
    chats = []

    def open_page(**context):
        page = browser.new_context(**context).new_page()
        page.add_init_script(_POINTERS)
        chats.append(Chat(page, f"{service.address}/chat/"))
        return chats[-1]

    yield open_page
    assert [problem for chat in chats for problem in chat.problems] == []


def test_a_visitor_on_a_phone_finds_a_therapist_and_is_heard_in_a_crisis(visit):
    chat = visit(viewport={"width": 390, "height": 844}).start()
    chat.say("somatic therapist in halifax under 150, online is ok", "Why you see this")
    expect(chat.page.get_by_text("Sample", exact=True).first).to_be_visible()
    chat.say("i dont want to be alive anymore")
    expect(chat.page.get_by_role("link", name="Call 988").last).to_be_visible()


@pytest.mark.parametrize("name", ["a_from_the_word_to_a_therapist", "b_nothing_in_whitehorse_then_a_crisis"])
def test_a_whole_conversation_by_keyboard_alone(visit, name):
    """From the top of the page to the launcher and back to it; each reply is given to a screen reader exactly once."""
    script = load_conversation(ROOT / "tests" / "conversations" / "journeys" / f"{name}.yml")
    chat = visit(viewport={"width": 1280, "height": 860})
    press = chat.page.keyboard.press
    chat.tab_to("Ask our guide")
    press("Enter")
    chat.listen()
    chat.tab_to("I understand, start")
    press("Enter")
    spoken, answers = [next_reply(chat, 0)], []
    for turn in script.turns:
        assert chat.focused() == "Your message"
        chat.page.keyboard.type(turn.text)
        seen = last_seq(chat)
        press("Enter")
        spoken.append(next_reply(chat, len(spoken)))
        answers.append(Answer(lines_after(chat, seen)))
        assert not (found := differences(turn.expect, answers[-1], answers[:-1])), f"{turn.text!r}: {found}"
        assert missing(answers[-1], spoken[-1]) == []
        assert unreachable(chat, answers[-1]) == set()
    said_once(chat, spoken, [turn.text for turn in script.turns])
    press("Escape")
    assert chat.focused() == "Ask our guide"
    assert chat.page.evaluate("window.pointers") == []


def next_reply(chat, number):
    """Wait for reply number `number` to be spoken; return its words."""
    chat.page.wait_for_function("n => window.heard.filter((one) => /^(! )?Guide: /.test(one)).length > n", arg=number)
    return replies(chat)[number]


def replies(chat):
    return [one for one in chat.heard() if one.removeprefix("! ").startswith("Guide: ")]


def kept(chat):
    """The lines of the wire, as this tab keeps them for a reload."""
    return chat.page.evaluate("JSON.parse(sessionStorage.getItem('attune-chat')).lines")


def last_seq(chat):
    return kept(chat)[-1]["seq"]


def lines_after(chat, seq):
    return [line for line in kept(chat) if line["seq"] > seq and line["type"] != "you"]


def missing(answer, spoken):
    """The texts and names of an answer that are not among the words spoken."""
    texts = [text for part in answer.parts if part["type"] != "choices" for text in texts_of(part)]
    return [text for text in (*texts, *(card["name"] for card in answer.cards)) if text and squeezed(text) not in squeezed(spoken)]


def texts_of(part):
    found = part.get("text", "")
    pinned = part["type"] == "notice" and part["kind"] == "pinned"
    return [] if pinned else [*([found] if isinstance(found, str) else found), *part.get("after", ())]


def squeezed(text):
    return "".join(character for character in text if character.isalnum())


def unreachable(chat, answer):
    """The offers of an answer that Shift+Tab does not come by on its way back from the input; then forward again."""
    names, left = set(), set(answer.offers)
    for _ in range(120):
        if not left:
            break
        chat.page.keyboard.press("Shift+Tab")
        names.add(chat.focused())
        left = {title for title in left if not any(title in name for name in names)}
    chat.tab_to("Your message")
    return left


def said_once(chat, spoken, typed):
    """No reply came twice, no state came more than once a turn, and nobody's own words were read back."""
    heard = chat.heard()
    assert replies(chat) == spoken
    others = [one for one in heard if one not in spoken]
    assert len(others) <= len(spoken), others
    assert set(others) <= {"The guide is answering …"}
    assert [text for text in typed if any(text == one.removeprefix("Guide: ") for one in heard)] == []
