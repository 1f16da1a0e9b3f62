"""On the pages of others: their styles, their policies, small screens, large text, hostile words."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import requests
from chat import Chat
from conftest import Site
from playwright.sync_api import expect
from standin import CORPUS

ATTACK = """* { font: 40px serif !important; letter-spacing: 9px !important; color: red !important; background: lime !important;
  display: inline !important; position: static !important; opacity: .3 !important; text-transform: uppercase !important;
  margin: 40px !important; border: 9px solid !important; z-index: 0 !important; }
html { font-size: 62.5% } body { line-height: 3; word-spacing: 20px; direction: rtl }"""

ELEMENT_MAX = 15 * 1024
LOADER_MAX = 1900


def test_the_size_gate(site: Site) -> None:
    """Element, English strings and help lines as served; and the loader."""
    for name, most in (("attune-chat.js", ELEMENT_MAX), ("loader.js", LOADER_MAX)):
        body = requests.get(site.url(name), timeout=5, stream=True).raw.read()
        assert len(body) <= most, f"{name} is {len(body)} bytes compressed; the gate is {most}"
        assert gzip.decompress(body)


def test_the_element_leaks_nothing_and_moves_nothing(visit: Callable[..., Chat]) -> None:
    """No global, no layout shift, no request beside the page's own."""
    chat = visit()
    added = chat.page.evaluate("""() => { const frame = document.body.appendChild(document.createElement('iframe'));
      const found = Object.keys(window).filter((key) => !(key in frame.contentWindow) && isNaN(key)); frame.remove(); return found; }""")  # noqa: E501
    assert added == []
    shift = chat.page.evaluate("""() => new Promise((done) => { let sum = 0;
      new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
        .observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 400); })""")
    assert shift < 0.001
    chat.start()
    names = chat.page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)")
    assert sum("attune-chat" in name for name in names) == 1
    assert chat.page.evaluate("[localStorage.length, Object.keys(sessionStorage).join()]") == [0, "attune-chat"]


def test_the_styles_of_the_page_do_not_get_in(visit: Callable[..., Chat]) -> None:
    """Size, colour, spacing and place are ours."""
    chat = visit()
    chat.page.evaluate(
        "css => { const one = new CSSStyleSheet(); one.replaceSync(css); document.adoptedStyleSheets = [one]; }", ATTACK
    )
    chat.start()
    look = chat.page.locator("attune-chat .bubble p").first.evaluate(
        "one => { const s = getComputedStyle(one); return [s.fontSize, s.letterSpacing, s.color, s.textTransform, s.wordSpacing, s.marginTop] }"  # noqa: E501
    )
    assert look.pop(0) == "24px", "text follows the reader's size, from 16 to 24 pixels"
    assert look == ["normal", "rgb(43, 42, 40)", "none", "0px", "0px"]
    box = chat.page.locator("attune-chat .panel").bounding_box()
    assert box
    assert box["width"] == 430
    assert box["x"] + box["width"] <= 1280


def test_a_strict_policy_has_nothing_to_block(visit: Callable[..., Chat], site: Site) -> None:
    """Under `default-src 'none'` and the listed sources a whole talk raises no violation (the fixture checks)."""
    chat = visit("page")
    policy = requests.get(site.url("page"), timeout=5).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    chat.start()
    for word, words in (
        ("somatic", "Cleo"),
        ("compare", "side by side"),
        ("form", "What matters"),
        ("i want to die", "Are you safe"),
    ):
        chat.say(word, words)


def test_it_works_at_320_by_256(visit: Callable[..., Chat]) -> None:
    """400 % zoom: nothing scrolls sideways, the input is in view."""
    chat = visit(viewport={"width": 320, "height": 256}).start().say("somatic", "Cleo Sample")
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert chat.log.evaluate("one => one.scrollWidth <= one.clientWidth")
    box = chat.input.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 256
    assert chat.log.evaluate("one => one.clientHeight") >= 60


def test_text_spacing(visit: Callable[..., Chat]) -> None:
    """WCAG 1.4.12: nothing is cut."""
    chat = visit(viewport={"width": 390, "height": 844})
    chat.page.evaluate("""() => { const one = new CSSStyleSheet();
      one.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}');
      document.querySelector('attune-chat').shadowRoot.adoptedStyleSheets.push(one); }""")
    chat.start().say("somatic", "Cleo Sample").say("i want to die", "Are you safe")
    cut = chat.page.locator("attune-chat .log").evaluate(
        "log => [...log.querySelectorAll('button, a, p, h3, dd, li')].filter((one) => !one.closest('.vh') && one.scrollWidth > one.clientWidth + 1 && one.clientWidth).map((one) => one.textContent)"  # noqa: E501
    )
    assert cut == []


def test_every_target_is_44_pixels(visit: Callable[..., Chat]) -> None:
    """Buttons, links in cards, fields; 48 for the launcher and for calls."""
    chat = visit(viewport={"width": 390, "height": 844})
    launcher = chat.button("Ask our guide").bounding_box()
    assert launcher
    assert launcher["height"] >= 48
    chat.start().say("somatic", "Cleo").say("i want to die", "Are you safe")
    calls = chat.page.locator("attune-chat .help-way").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(calls) >= 48
    small = chat.page.locator(
        "attune-chat"
    ).evaluate("""one => [...one.shadowRoot.querySelectorAll('button, a, input, textarea, select')]
      .map((item) => [item.textContent.trim(), item.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.height < 43.9 || box.width < 43.9)).map(([text, box]) => `${text} ${box.width}x${box.height}`)""")  # noqa: E501
    assert small == []


def test_colours_that_cannot_be_read_are_replaced(visit: Callable[..., Chat]) -> None:
    """A readable theme is kept, an unreadable one falls back."""
    chat = visit()
    probe = """([ink, paper]) => { const one = document.createElement('attune-chat');
      one.style.setProperty('--attune-ink', ink); one.style.setProperty('--attune-paper', paper); document.body.append(one);
      const found = getComputedStyle(one.shadowRoot.querySelector('.root')).color; one.remove(); return found; }"""
    assert chat.page.evaluate(probe, ["#102030", "#ffffff"]) == "rgb(16, 32, 48)"
    assert chat.page.evaluate(probe, ["#dddddd", "#ffffff"]) == "rgb(43, 42, 40)"
    assert chat.page.evaluate(probe, ["oklch(0.9 0.02 90)", "oklch(0.95 0.01 90)"]) == "rgb(43, 42, 40)"


def test_the_launcher_gives_way(visit: Callable[..., Chat]) -> None:
    """A focused control of the page is never wholly under it."""
    chat = visit()
    chat.page.evaluate("""() => { const one = document.createElement('button'); one.textContent = 'under';
      one.style.cssText = 'position:fixed;right:40px;bottom:30px'; document.body.append(one); one.focus(); }""")
    one, other = chat.page.locator("attune-chat .launch").bounding_box(), chat.page.get_by_text("under", exact=True).bounding_box()
    assert one
    assert other
    assert one["x"] + one["width"] < other["x"]


def test_hostile_words_stay_words(visit: Callable[..., Chat]) -> None:
    """As message, name, tag, fact, title, link and option; scripts, markup and addresses."""
    chat = visit().start()
    for text in CORPUS:
        chat.say(text)
    chat.say("corpus")
    expect(chat.page.get_by_role("table")).to_be_visible()
    assert chat.page.evaluate("window.hacked") is None
    bad = chat.log.evaluate("""log => [...log.querySelectorAll('script, iframe, img, style, svg, math, [onerror], [onload]')].map((one) => one.outerHTML)
      .concat([...log.querySelectorAll('a')].map((one) => one.href).filter((href) => !/^(https?|tel|sms|mailto):/.test(href)))""")  # noqa: E501
    assert bad == []
    assert CORPUS[0] in chat.log.inner_text()


def test_without_javascript(visit: Callable[..., Chat]) -> None:
    """The page shows the numbers and the way to the plain page, where the same talk works."""
    chat = visit(java_script_enabled=False)
    expect(chat.page.get_by_role("link", name="Open the guide as a plain page")).to_be_visible()
    chat.page.get_by_role("link", name="Open the guide as a plain page").click()
    chat.button("I understand, start").click()
    chat.button("What is attunement?").click()
    expect(chat.page.locator("main")).to_contain_text("feeling understood")
    for text, words in (("somatic", "Cleo Sample"), ("compare", "side by side"), ("boom", "Something went wrong")):
        chat.input.fill(text)
        chat.button("Send", exact=True).click()
        expect(chat.page.locator("main")).to_contain_text(words)
    expect(chat.input).to_have_value("boom")
    chat.button("Start over").click()
    expect(chat.page.locator("main")).not_to_contain_text("Something went wrong")
    expect(chat.page.locator("main")).to_contain_text("What would help you most?")
    chat.button("Delete this chat").click()
    expect(chat.button("I understand, start")).to_be_visible()


def test_leaving_without_javascript_erases_first(visit: Callable[..., Chat], site: Site, own_site: Callable[..., Site]) -> None:
    """A form, not a link: Back finds no talk, here or on the server."""
    elsewhere = site.url("operators")
    own = own_site(exit_url=elsewhere)
    chat = visit("plain", on=own, java_script_enabled=False)
    chat.button("I understand, start").click()
    chat.input.fill("a plain secret")
    chat.button("Send", exact=True).click()
    chat.button("Exit this page").first.click()
    chat.page.wait_for_url(elsewhere)
    assert "a plain secret" not in str(own.agent.tracker_store.store)
    chat.page.go_back()
    expect(chat.button("I understand, start")).to_be_visible()


def test_nothing_moves(visit: Callable[..., Chat]) -> None:
    """No animation and no transition, not even while the guide is answering."""
    chat = visit().start().say("a slow default")
    expect(chat.log.get_by_text("The guide is answering …")).to_be_visible()
    moving = "document.querySelector('attune-chat').shadowRoot"
    assert chat.page.evaluate(f"{moving}.getAnimations().length") == 0
    assert chat.page.evaluate(
        f"[...{moving}.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration !== '0s').length"
    ) == 0  # fmt: skip


def test_a_first_message_can_be_taken_along(visit: Callable[..., Chat]) -> None:
    """Copied in full, said so; printed from a page of its own."""
    chat = visit(permissions=["clipboard-read", "clipboard-write"]).start().say("plan", "A first message")
    chat.button("Copy", exact=True).click()
    expect(chat.log.get_by_text("Copied.")).to_be_visible()
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("A first message\n\nHello,")
    with chat.page.expect_popup() as popup:
        chat.button("Print").click()
    assert popup.value.locator("body").inner_text() == copied
