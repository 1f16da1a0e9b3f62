"""Which of the shown results is meant: "the second one", "the first two", "#3", "the last one"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune.text.lexicon import Hit
from attune.text.listed import listed
from attune.text.sentence import Sentence

ORDINALS = {word: n for n, word in enumerate(listed("first second third fourth fifth sixth seventh eighth ninth tenth"), 1)}
ORDINALS |= {f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}": n for n in range(1, 21)}
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5} | {str(n): n for n in range(1, 21)}
RESULT = frozenset(listed("""one ones therapist therapists person people result results profile profiles
    option options listing listings card cards match
    matches lady guy woman man counsellor counsellors psychologist psychologists name names choice suggestion suggestions girl
    practitioner therapist's entry recommendation she he her him lady dude fellow"""))  # fmt: skip
LISTED = frozenset(listed("number no # option result card therapist profile listing match choice num nr nbr"))
#: What may follow "the second" when it stands for a result.
STANDS_ALONE = re.compile(
    r"^($|[.!?,;):]|\n|and\b|or\b|vs\b|versus\b|is\b|looks?\b|seems?\b|sounds?\b|has\b|have\b|does\b|charges?\b"
    r"|offers?\b|please\b|you\b|on\b|in the list\b|from\b"
    r"|s\b|with\b|please\b|takes?\b|speaks?\b|works?\b|instead\b|again\b|thanks\b|are\b|to\b|available\b"
    r"|costs?\b|differ|compare|to compare|i think|for me|too\b|better\b|more\b|/|&)"
)
NOT_RESULT = re.compile(
    r"^(session|time|step|appointment|language|message|call|visit|meeting|contact|year|aid|name basis|thing"
    r"|thought|thoughts|opinion|few|week|month|night|place|chance|generation|responder|trimester|consult"
    r"|free|impression|of all|relationship|therapist (i|didn|was|told|who|did|said|never|made|had)|one (i (saw"
    r"|had|went|tried|met|talked|spoke)|didn|told|said|never|made|had))"
)
COMPARE = re.compile(r"\b(compare|between|difference|differ|vs|versus|choose|deciding|stack up)\b")
LAST = re.compile(r"^(last|final|bottom)$")


def ordinals(sentence: Sentence) -> Iterator[Hit]:
    """Yield the results that the message points at, by number or as `last`."""
    for position, norm in enumerate(sentence.norms):
        if norm in ORDINALS:
            yield from _ordinal(sentence, position)
        elif LAST.match(norm) and _points(sentence, position):
            count = COUNTS.get(sentence.at(position + 1))
            yield Hit("ordinal", "last", position, position + (2 if count else 1))
        elif norm == "top" and sentence.at(position - 1) in ("the", "") and sentence.at(position + 1) in (RESULT | set(COUNTS)):
            yield from _many(position, COUNTS.get(sentence.at(position + 1), 1))
        elif norm in COUNTS and (_is_listed(sentence, position) or _is_compared(sentence, position)):
            yield Hit("ordinal", COUNTS[norm], position, position + 1)


def _ordinal(sentence: Sentence, position: int) -> Iterator[Hit]:
    count = COUNTS.get(sentence.at(position + 1)) if sentence.norms[position] in ("first", "1st") else None
    if (
        count
        and count > 1
        and not re.match(r"(session|time|week|month|year|meeting|visit|appointment|call|minute|message)", sentence.at(position + 2))
    ):
        yield from _many(position, count)
    elif _points(sentence, position):
        named = sentence.at(position + 1) in RESULT
        yield Hit("ordinal", ORDINALS[sentence.norms[position]], position, position + 1 + named)


def _many(position: int, count: int) -> Iterator[Hit]:
    for number in range(1, min(count, 10) + 1):
        yield Hit("ordinal", number, position, position + 2)


def _points(sentence: Sentence, position: int) -> bool:
    """Return whether the word at `position` points at a result."""
    before, after = sentence.before(position, 3), sentence.after(position + 1, 5)
    if NOT_RESULT.search(after) or re.search(r"\b(my|at|a|for the|his|their|our|was the|is my|just a|wait a|s|one)$", before):
        return False
    following = sentence.at(position + 1)
    if following in RESULT or COUNTS.get(following, 0) > 1:
        return True
    joined = re.search(r"\b(the|and|or|vs|versus|,|compare|than|/|about|show|on|between)$", before) is not None
    paired = re.match(rf"(and|or|vs|versus|,|/) (the )?({'|'.join(ORDINALS)}|last)\b", after)
    if paired and position == 0:
        return True
    return (joined or position == 0) and bool(STANDS_ALONE.search(after)) and (joined or sentence.is_all(position, position + 1))


def _is_listed(sentence: Sentence, position: int) -> bool:
    if sentence.at(position - 1) in LISTED and not re.match(r"(one|two) (in|of|who|for|that|near)", sentence.after(position)):
        return sentence.at(position - 1) != "no" or sentence.norms[position].isdigit()
    small = sentence.norms[position].isdigit() and len(sentence.norms[position]) == 1
    return small and sentence.is_all(position, position + 1)


def _is_compared(sentence: Sentence, position: int) -> bool:
    """Return whether it is one of "1 and 3", "one vs three" in a message that compares."""
    if re.match(r"(sessions?|weeks?|therapists?|people|times?|of|in)\b", sentence.after(position + 1)):
        return False
    pair = r"(and|vs|versus|or|to|with|,|/)"
    digits = sentence.norms[position].isdigit()
    before = re.search(
        rf"\b(\d+|one|two|three|four|five|1st|2nd|first|second) {pair}( the| number| #)?$", sentence.before(position, 4)
    )
    after = re.match(rf"{pair} (the |number |# )?(\d+|one|two|three|four|five)\b", sentence.after(position + 1, 3))
    comparing = COMPARE.search(" ".join(sentence.norms))
    alone = all(
        re.match(rf"^({pair}|\d|numbers?|options?|please|#|show|me|tell|about|more|one|two|three)$", norm)
        for norm in sentence.norms
    )
    return bool((before or after) and (comparing or (digits and alone)))
