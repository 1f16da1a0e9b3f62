"""The whole of a conversation by keyboard alone, each reply spoken once, the focus never taken away."""

from __future__ import annotations

from collections.abc import Callable

from chat import Chat
from playwright.sync_api import expect


def tabs(chat: Chat, count: int) -> list[str]:
    """Press Tab and say what got the focus, each time."""
    found = []
    for _ in range(count):
        chat.page.keyboard.press("Tab")
        found.append(chat.focused())
    return found


def test_a_conversation_from_closed_to_closed(visit: Callable[..., Chat]) -> None:
    """Tab to the launcher, agree, ask, choose, search, look closer, exit by Escape: no pointer."""
    chat = visit().tab_to("Ask our guide")
    keyboard = chat.page.keyboard
    keyboard.press("Enter")
    assert chat.focused().startswith("Attune")
    chat.listen().tab_to("I understand, start")
    keyboard.press("Enter")
    expect(chat.log).to_contain_text("Find a therapist")
    assert chat.focused() == "Your message"
    keyboard.type("what even is attunement")
    keyboard.press("Enter")
    expect(chat.log).to_contain_text("feeling understood")
    assert chat.focused() == "Your message"
    chat.tab_to("Find a therapist", "Shift+Tab")
    keyboard.press("Space")
    expect(chat.log).to_contain_text("You said: /find_therapist")
    assert chat.focused() == "Your message"
    keyboard.type("somatic in halifax")
    keyboard.press("Enter")
    expect(chat.log).to_contain_text("Cleo Sample")
    chat.tab_to("Intro video\n: Cleo Sample", "Shift+Tab").tab_to("Your message")
    chat.page.wait_for_timeout(1200)
    heard = chat.heard()
    assert sum("feeling understood" in one for one in heard) == 1
    assert sum("3 results. 1: Ada Sample. 2: Bea Sample-Nguyen. 3: Cleo Sample. 3 choices" in one for one in heard) == 1
    assert not any("what even is" in one or "somatic in halifax" in one for one in heard)
    keyboard.press("Escape")
    assert chat.focused() == "Ask our guide"
    expect(chat.log).to_be_hidden()


def test_the_order_of_the_header(visit: Callable[..., Chat]) -> None:
    """Exit first, then urgent help, then the menu: always the same place."""
    chat = visit().start()
    chat.page.locator("attune-chat h2").evaluate("one => one.closest('dialog').focus()")
    chat.page.locator("attune-chat .exit").focus()
    assert chat.focused() == "Exit this page"
    assert tabs(chat, 3) == ["Urgent help", "⋯\nMore", "×\nClose the guide"]


def test_a_closed_panel_leaks_no_focus(visit: Callable[..., Chat]) -> None:
    """From the launcher the focus leaves the element."""
    chat = visit()
    chat.page.locator("attune-chat .launch").focus()
    chat.page.keyboard.press("Tab")
    assert chat.page.evaluate("document.activeElement === document.body")


def test_on_a_phone_the_panel_keeps_the_focus_and_gives_it_back(visit: Callable[..., Chat]) -> None:
    """A modal sheet: Tab goes round inside it."""
    chat = visit(viewport={"width": 390, "height": 844}).open()
    for _ in range(25):
        chat.page.keyboard.press("Tab")
        inside = chat.page.evaluate("document.activeElement.tagName === 'ATTUNE-CHAT' || document.activeElement === document.body")
        assert inside
    chat.page.keyboard.press("Escape")
    assert chat.focused() == "Ask our guide"


def test_a_message_never_moves_the_focus(visit: Callable[..., Chat]) -> None:
    """Reading a card's link while an answer comes leaves the focus there."""
    chat = visit().start().say("somatic", "Cleo Sample").say("a slow default")
    chat.page.locator("attune-chat .card a").first.focus()
    expect(chat.log).to_contain_text("two")
    assert chat.focused().startswith("Profile")


def test_a_form_says_what_is_wrong_and_goes_there(visit: Callable[..., Chat]) -> None:
    """The message is tied to its field; what was sent is shown in words."""
    chat = visit().start().say("form", "What matters to you?")
    money = chat.page.get_by_label("Most you can pay")
    money.fill("cheap")
    money.press("Enter")
    assert chat.focused().startswith("Most you can pay")
    assert money.get_attribute("aria-invalid") == "true"
    assert chat.page.locator(f"#{money.get_attribute('aria-describedby')}").inner_text() == "Write a number, such as 140."
    money.fill("140")
    money.press("Enter")
    expect(chat.log).to_contain_text('You said: /inform{"budget": "140"}')
    assert chat.focused() == "Your message"


def test_a_wait_is_said_once_and_help_is_said_at_once(visit: Callable[..., Chat]) -> None:
    """Two seconds without an answer are said; a crisis reply goes to the urgent region."""
    chat = visit().start().listen()
    chat.say("a slow what", "feeling understood")
    chat.say("i want to die", "Are you safe right now?")
    chat.page.wait_for_timeout(200)
    assert chat.heard().count("The guide is answering …") == 1
    assert [one for one in chat.heard() if one.startswith("! ")] == [
        (
            "! Guide: I am glad you said that. Please talk to a person now: Emergency services. 911. "
            "9-8-8: Suicide Crisis Helpline. 988. 988. You can call or text at any hour, in English or French. "
            "Are you safe right now?"
        )
    ]


def test_a_reload_is_not_read_out(visit: Callable[..., Chat]) -> None:
    """What was said before is shown, not spoken."""
    chat = visit().start().say("what", "feeling understood")
    chat.page.reload()
    chat.listen()
    chat.page.wait_for_timeout(600)
    expect(chat.log).to_contain_text("feeling understood")
    assert chat.heard() == []


def test_used_choices_are_marked_and_cannot_be_used_again(visit: Callable[..., Chat]) -> None:
    """The answer is marked in words, not by colour alone."""
    chat = visit().start()
    chat.button("Help me choose").click()
    expect(chat.page.locator("attune-chat .picked")).to_have_text("Help me choose (your choice)")
    expect(chat.button("What is attunement?")).to_be_disabled()


def test_a_wish_is_taken_back_with_one_tap(visit: Callable[..., Chat]) -> None:
    """The chip says what it does, and sends the payload that the server issued."""
    chat = visit().start().say("somatic", "Cleo Sample")
    chat.button("Take back: Halifax").click()
    expect(chat.log).to_contain_text('You said: /drop{"wish": "city"}')
    expect(chat.button("Take back: Somatic")).to_be_disabled()
