"""The fixed replies and the help lines: numbers from data, few words, the line first, no forbidden form."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from attune.commands.safety import safety
from attune.reply import Panel, Reply
from attune.safety import (
    KINDS,
    CrisisState,
    Lines,
    Verdict,
    check_in_part,
    crisis_reply,
    pinned_notice,
    static_replies,
    static_reply,
)
from attune.safety.lines import FILE, UNKNOWN
from attune.safety.wording import violations

ROOT = Path(__file__).parents[2]
COUNTRIES = ("CA", "US", "GB", "IE", "AU", "NZ", "CY", "EU", UNKNOWN)
PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
MOMENTS = ("hit", "more", "wont_call", "afraid_of_police", "unsafe", "request", "goodbye")
VARIANTS = {"self_harm": ("", "passive", "injury"), "harm_to_others": ("", "parent"), "medical": ("", "poison", "attempt"),
            "someone_else": ("", "hurt"), "abuse": ("",)}  # fmt: skip


def states() -> list[CrisisState]:
    found = []
    for kind in KINDS:
        for variant in VARIANTS[kind]:
            for moment in MOMENTS:
                for turn in (1, 2, 3):
                    for now in (False, True):
                        for minor in (False, True):
                            found.append(CrisisState("active", kind, variant, turn, moment, now=now, minor=minor))
    return [*found, CrisisState("active", "abuse", "", 1, "hit", now=True, coming=True)]


def panel(reply: Reply) -> Panel:
    (part,) = reply.parts
    assert isinstance(part, Panel)
    return part


def everything() -> list[tuple[str, CrisisState, Panel]]:
    return [(country, state, panel(crisis_reply(state, country=country))) for country in COUNTRIES for state in states()]


ALL = everything()


def test_no_reply_has_more_than_eighty_words() -> None:
    long = {(c, s.kind, s.moment) for c, s, p in ALL if sum(len(t.split()) for t in (*p.text, *p.after)) > 80}
    assert long == set()


def test_no_reply_shows_more_than_three_contacts() -> None:
    assert all(len(p.lines) <= 3 for _, _, p in ALL)


def test_a_way_to_reach_someone_stands_in_the_first_250_characters() -> None:
    late = [(c, s) for c, s, p in ALL if not re.search(r"\d|\.org|\.ca|emergency number", " ".join(p.text)[:250])]
    assert late == []


def test_the_emergency_number_leads_when_it_is_happening_now() -> None:
    for country, state, shown in ALL:
        if state.now and state.moment == "hit" and country != UNKNOWN and shown.lines:
            assert shown.lines[0].id.startswith("em_"), (country, state)
            assert Lines.load().emergency(country).reach.split(" ", 1)[1] in shown.text[0]


def test_medical_names_the_emergency_number_alone_on_the_first_line() -> None:
    for country in COUNTRIES[:-1]:
        shown = panel(crisis_reply(CrisisState("active", "medical", "", 1, "hit"), country=country))
        assert re.fullmatch(r"Call \d+ now\.", shown.text[0])


def test_abuse_has_the_quick_exit_and_says_what_it_does_not_hide() -> None:
    shown = panel(crisis_reply(CrisisState("active", "abuse", "", 1, "hit")))
    assert shown.quick_exit
    assert "does not clear your history" in " ".join(shown.text)


def test_someone_coming_gets_two_lines_and_nothing_else() -> None:
    shown = panel(crisis_reply(CrisisState("active", "abuse", "", 1, "hit", now=True, coming=True)))
    assert len(shown.text) == 2
    assert shown.after == ()
    assert shown.choices == ()


def test_a_minor_gets_the_youth_line_and_the_emergency_number() -> None:
    for kind in ("self_harm", "abuse"):
        shown = panel(crisis_reply(CrisisState("active", kind, "", 1, "hit", minor=True)))
        assert "ca_kids_help_phone" in {line.id for line in shown.lines}
        assert "em_CA" in {line.id for line in shown.lines}


def test_the_first_second_and_third_reply_differ() -> None:
    for kind in KINDS:
        texts = {panel(crisis_reply(CrisisState("active", kind, "", turn, "more"))).text for turn in (1, 2, 3)}
        assert len(texts) == 3


def test_no_forbidden_form_in_any_crisis_reply() -> None:
    found = {(c, s.kind, s.moment, v.rule, v.words) for c, s, p in ALL for v in violations(" ".join((*p.text, *p.after)), "crisis")}
    assert found == set()


def test_no_forbidden_form_in_the_other_words() -> None:
    for moment in ("safe", "false_alarm"):
        text = crisis_reply(CrisisState("held", "self_harm", "", 1, moment)).parts[0].text  # type: ignore[union-attr,arg-type]
        assert violations(str(text), "crisis") == []
    for kind in KINDS:
        assert violations(check_in_part(Verdict("check_in", kind)).text, "crisis") == []
        assert violations(pinned_notice(CrisisState("held", kind)).text, "crisis") == []


def test_no_template_holds_a_digit_typed_by_hand() -> None:
    words = (ROOT / "content" / "en" / "crisis.yml").read_text(encoding="utf-8")
    code = (ROOT / "attune" / "safety" / "replies.py").read_text(encoding="utf-8")
    texts = [line for line in words.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in texts if re.search(r"\d", line)] == []
    assert re.search(r"STATIC_\w+ = .*\d", code) is None


def test_every_number_that_is_said_is_in_the_file() -> None:
    raw = FILE.read_text(encoding="utf-8")
    for _, _, shown in ALL:
        for number in re.findall(r"\d[\d -]{1,}\d", " ".join((*shown.text, *shown.after))):
            assert number in raw, number


def test_every_link_is_derived_from_its_printed_number() -> None:
    for line in Lines.load().by_id.values():
        for link in line.shown.links:
            if link.url.startswith(("tel:", "sms:")):
                digits = re.sub(r"\D", "", link.url.split("?")[0])
                assert digits in re.sub(r"\D", "", link.title), link


def test_only_verified_facts_are_in_the_file() -> None:
    source = ROOT.parent / "shared" / "data" / "crisis_lines.yml"
    if not source.exists():
        pytest.skip("the compiled source is not on this machine")
    facts = {entry["id"]: entry for entry in yaml.safe_load(source.read_text(encoding="utf-8"))["lines"]}
    for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))["lines"]:
        assert facts[entry["id"]]["verified"] == "yes"
        for field in ("phone", "sms", "tty", "chat", "web"):
            if entry.get(field):
                assert field in facts[entry["id"]]["verified_fields"]
                assert entry[field] == facts[entry["id"]][field]


def test_no_closed_line_is_shown() -> None:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    closed = {entry["number"] for entry in data["do_not_show"]}
    assert closed & {entry.get("phone") for entry in data["lines"]} == set()


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_is_served(province: str) -> None:
    for kind in KINDS:
        lines = Lines.load().select(kind, "CA", province)
        assert 1 <= len(lines) <= 3
        assert any(line.shown.id == "em_CA" for line in lines)
    own = {
        "QC": "qc_sos_violence_conjugale",
        "MB": "mb_domestic_violence",
        "BC": "bc_victimlink",
        "AB": "ab_family_violence_info_line",
    }
    assert Lines.load().select("abuse", "CA", province)[1].shown.id == own.get(
        province, Lines.load().select("abuse", "CA", province)[1].shown.id
    )


def test_a_line_that_closes_at_night_is_never_alone_and_shows_its_hours() -> None:
    for country in COUNTRIES:
        for kind in KINDS:
            lines = Lines.load().select(kind, country)
            for line in lines:
                if not line.day_and_night and line.shown.hours:
                    assert len(lines) > 1


def test_what_nobody_dialled_is_due_and_stops_a_release() -> None:
    runner = CliRunner()
    assert runner.invoke(safety, ["check"]).exit_code == 0
    assert runner.invoke(safety, ["check", "--release"]).exit_code == 1
    assert "DUE" in runner.invoke(safety, ["lines"]).output
    assert len(Lines.load().due(date.today() + timedelta(days=200))) > 0


def test_the_static_reply_stands_without_anything_else() -> None:
    assert static_reply("CA").parts[0].lines[0].id == "em_CA"  # type: ignore[union-attr]
    assert set(json.loads(json.dumps(static_replies()))) == set(COUNTRIES)


def test_the_visitors_own_country_goes_before_the_sites() -> None:
    shown = panel(crisis_reply(CrisisState("active", "self_harm", "", 1, "hit", country="GB"), country="CA"))
    assert shown.lines[0].id == "gb_samaritans"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("She committed suicide last year", "committed_suicide"),
        ("after a failed attempt", "successful_attempt"),
        ("I feel so sad for you", "feeling_of_the_bot"),
        ("she is a great match for you", "match"),
        ("I understand exactly", "understanding"),
        ("Promise me that you stay", "contract"),
        ("I can't talk about that", "cold_refusal"),
        ("we have alerted someone", "promise"),
    ],
)
def test_the_linter_finds(text: str, rule: str) -> None:
    assert rule in {found.rule for found in violations(text)}


def test_the_linter_lets_plain_words_pass() -> None:
    assert violations("Therapists who list grief as a focus, nearest first.") == []
    assert violations("She died by suicide.", "listing") == []
