"""From phrases to mentions: role, flipped two-valued wishes, and wishes that are taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attune.text.lexicon import Hit
from attune.text.mention import Mention, Value
from attune.text.roles import JOINED, after_cue, before_cue, is_careless, unneeded, without_nice
from attune.text.sentence import Sentence

FLAGS = frozenset({"sliding_scale", "free_consultation", "insurance", "accepting"})
#: Stands where the next wish begins.
NEXT = "§"
#: "swap EFT for somatic": the first is given up.
GIVEN_UP = re.compile(r"\b(swap|change|switch|replace|trade|exchange)( out| from| the| my)*$")
GIVEN_FOR = re.compile(r"^(for|to|with|by|into)( the| a| an| some)*$")
OTHER_FORMAT: dict[Value, str] = {"online": "in_person", "in_person": "online"}
CLAUSE = re.compile(
    r"[,;.!?\n:()]|(?<!anywhere )(?<!anything )(?<!anyone )(?<!everything )(?<!all )(?<!anybody )(?<!nothing )\bbut\b|\bthough\b"
)
#: What stands before a colon opens the next wish: "somatic. Nice to have: a woman".
AFTER_CLAUSE = re.compile(r"[,;.!?\n()]|\b(?:but|though)\b")
PAUSED = re.compile(
    r"\b(ideally|preferably|hopefully|if possible|a must|must have|must haves|nice to have|forget about"
    r"|anything but|required|preferred|non negotiable)$"
)
#: Cues that say something of the words before them, unless they open a clause: "if possible, a woman".
TRAILING = re.compile(r"(if possible|ideally|preferably|a must|required|preferred|nice to have|must haves?)$")
INSTEAD = re.compile(r"^(\w+ ){0,2}instead\b(?! of)")
#: "can't pay more than 75" is a limit of 75, not "not 75".
LIMITING = re.compile(r"\b(more than|over|above|higher than|beyond|exceed|exceeding|afford|pay|spend|go)\b")
OVER = re.compile(r"(over|above|more than|higher than|beyond)\b")
SWITCH = re.compile(
    r"\b(switch|change|make (it|that)|actually|rather|instead)( (to|it to|that to|the|a|an|my|approach|language|it))*$"
)


def mentions_of(sentence: Sentence, hits: Sequence[Hit]) -> list[Mention]:
    """Return the mentions that the chosen phrases make, in the order of the text."""
    found = [_told(sentence, hit) for hit in hits if hit.told]
    hits = [hit for hit in hits if not hit.told]
    role: str | None = None
    for index, hit in enumerate(hits):
        if _is_given_up(sentence, hits, index):
            continue
        before, after = _context(sentence, hits, index)
        gap = _gap(sentence, hits[index - 1], hit) if index else ""
        joined = JOINED.match(gap) is not None
        alternative = (joined or gap == ",") and hits[index - 1].entity == hit.entity
        role = _role(before, after, role if joined else None, alternative)
        mention = _mention(sentence, hit, role, before, after, index > 0 and _is_given_up(sentence, hits, index - 1))
        if mention is not None:
            found.append(mention)
    return _without_repeats(_indifferent_formats(sentence, found))


def _told(sentence: Sentence, hit: Hit) -> Mention:
    """Return the mention of a story; cues around it are part of the story."""
    start, end = sentence.span(hit.start, hit.end)
    return Mention(hit.entity, hit.value, None, start, end, sentence.text[start:end])


def _gap(sentence: Sentence, left: Hit, right: Hit) -> str:
    return " ".join(sentence.norms[left.end : right.start])


def _is_given_up(sentence: Sentence, hits: Sequence[Hit], index: int) -> bool:
    """Return whether the next wish takes the place of this one: "change Toronto to Hamilton"."""
    if index + 1 == len(hits) or hits[index + 1].entity != hits[index].entity:
        return False
    given_up = GIVEN_UP.search(sentence.before(hits[index].start, 4))
    return given_up is not None and GIVEN_FOR.match(_gap(sentence, hits[index], hits[index + 1])) is not None


def _context(sentence: Sentence, hits: Sequence[Hit], index: int) -> tuple[str, str]:
    """Return the words of the same clause before and behind a phrase, up to the next phrases."""
    hit = hits[index]
    left = max((other.end for other in hits[:index]), default=0)
    right = min((other.start for other in hits[index + 1 :] if other.start >= hit.end), default=len(sentence.norms))
    before = " ".join(sentence.norms[min(left, hit.start) : hit.start])
    words = [*sentence.norms[hit.end : right], *([NEXT] if right < len(sentence.norms) else [])]
    after = " ".join(words[:9])
    pieces = CLAUSE.split(before)
    # "ideally, a woman": a comma right behind the cue does not part it from the wish, as in "no, online".
    near = pieces[-1].strip()
    if left and len(pieces) == 1:
        near = without_nice(near)
    if not near and len(pieces) > 1 and PAUSED.search(pieces[-2].strip()) and not _is_trailing(pieces, left):
        near = pieces[-2].strip()
    return near, after


def _is_trailing(pieces: Sequence[str], left: int) -> bool:
    """Return whether the cue belongs to what stands before it: "French if possible, London"."""
    cue = TRAILING.search(re.sub(r"^(and|but|or) ", "", pieces[-2].strip()))
    return cue is not None and (cue.start() > 0 or (left > 0 and len(pieces) == 2))


def _role(before: str, after: str, inherited: str | None, alternative: bool) -> str | None:
    """Return how a wish is meant; of an `alternative` ("Hull or Ottawa, whichever") indifference takes nothing back."""
    first, *later = AFTER_CLAUSE.split(after)
    role = after_cue(first.strip())
    if not first.strip() and later and NEXT not in later[0]:
        # "a woman, if possible": a clause of its own, and not the beginning of the next wish (", ideally under 150").
        role = after_cue(later[0].strip())
    if unneeded(before, after):
        return "drop"
    if role == "drop" and not alternative:
        return role
    role = None if role == "drop" else role
    return before_cue(before) or role or inherited


def _mention(sentence: Sentence, hit: Hit, role: str | None, before: str, after: str, replaces: bool) -> Mention | None:
    start, end = sentence.span(hit.start, hit.end)
    text = sentence.text[start:end]
    if hit.entity == "drop":
        return Mention("drop", hit.value, None, start, end, text)
    if hit.entity == "field":
        # "no fee over 100" is a limit, no lack of one.
        taken_back = (role == "drop" or is_careless(before)) and not OVER.match(after)
        return Mention("drop", hit.value, None, start, end, text) if taken_back else None
    if hit.entity == "ordinal":
        return Mention("ordinal", hit.value, None, start, end, text)
    if role == "drop":
        return Mention("drop", hit.entity, None, start, end, text, only=hit.value)
    if role == "not":
        return _negated(hit, start, end, text, before)
    if hit.entity in ("approach", "language", "concern"):
        replaces = replaces or bool(INSTEAD.match(after) or SWITCH.search(before))
    return Mention(hit.entity, hit.value, _weighed(hit, role, before), start, end, text, replaces)


def _weighed(hit: Hit, role: str | None, before: str) -> str | None:
    """A budget is a limit anyway: "I can only pay 90" stresses how little, not that it is a must."""
    if hit.entity == "max_fee" and role == "must" and re.search(r"\bonly\b", before):
        return None
    return role


def _negated(hit: Hit, start: int, end: int, text: str, before: str) -> Mention | None:
    if hit.entity == "format":
        return Mention("format", OTHER_FORMAT[hit.value], None, start, end, text)
    if hit.entity == "max_fee" and LIMITING.search(before):
        return Mention("max_fee", hit.value, None, start, end, text)
    if hit.entity in FLAGS or hit.entity in ("max_fee", "client_type"):
        return None
    return Mention(hit.entity, hit.value, "not", start, end, text)


def _indifferent_formats(sentence: Sentence, found: list[Mention]) -> list[Mention]:
    """Both formats without a weight are no wish; with "either is fine" they take an earlier one back."""
    formats = [mention for mention in found if mention.entity == "format"]
    if {mention.value for mention in formats} != {"online", "in_person"} or any(m.role for m in formats):
        return found
    gap = sentence.text[formats[0].end : formats[-1].start].lower()
    if not re.fullmatch(r"[\s,/]*(or|and|ou|et|&|/|vs|as well as|and also)?[\s,/]*(in|by|via|through)?\s*", gap):
        return found
    rest = [mention for mention in found if mention.entity != "format"]
    if re.search(
        r"\b(either|both|any|whatever|whichever|matter|mind|care|fine|ok|okay|works?|flexible|open)\b", sentence.text.lower()
    ):
        rest.append(
            Mention("drop", "format", None, formats[0].start, formats[-1].end, sentence.text[formats[0].start : formats[-1].end])
        )
    return sorted(rest, key=lambda mention: mention.start)


def _without_repeats(found: Sequence[Mention]) -> list[Mention]:
    """Keep one mention of the same value: the one with a role, else the first."""
    best: dict[tuple[str, Value], Mention] = {}
    for mention in found:
        key = (mention.entity, mention.value)
        if key not in best or (mention.role and not best[key].role):
            best[key] = mention
    return sorted(best.values(), key=lambda mention: mention.start)
