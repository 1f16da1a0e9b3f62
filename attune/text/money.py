"""The budget of a session: which numbers are dollars, and which is the upper end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune.text.lexicon import Hit
from attune.text.numbers import Number, numbers
from attune.text.sentence import Sentence

_PER = r"(an?|per|each|every|the) (session|hour|hr|visit|appointment|time|pop|meeting|50 min|week|sitting)"
UNIT = re.compile(
    rf"^(ish )?(or so )?(dollars?|bucks|cad|\$|canadian|loonies|usd|quid|per\b|{_PER}|/ (session|hr|hour"
    rf"|h|s|visit|sess)|(a|p) (session|hour|pop)|ph\b|session|for (the )?(both|two) of us)"
)
CUE = re.compile(
    r"\b(under|below|up to|upto|max(imum)?( of| is| would be)?|at most|less th[ae]n|lower than|cheaper than"
    r"|no more th[ae]n|not more th[ae]n"
    r"|not over|not even|nothing over|never over|no higher than|not above|nothing above|not exceed(ing)?|within"
    r"|around|about|roughly|approx(imately)?|budget( is| of| s| would be| around| about|:)*"
    r"|afford|for|pay|spend|spending|paying|limit( is| of| s)?|cap(ped)?( at| is| of)?|tops|between|from|range"
    r"|price( is| of)?|fees? (is|of|at)|~|<|≤|:|(to )?\$"
    r"|charges?|costs?|keep it (to|at|under)|have|got|ceiling( of| is)?|can do|could do|do|go( up)? to"
    r"|stay under|rate( of| is)?|say|like|near|somewhere|most|cad|make (it|that)|(budget|price|limit|max"
    r"|maximum|fee|it|cap)( \w+){0,2} to|raise it to|(go|went|going) (up|down) to|lower it to|bump it (up )?to"
    r"|increase it to|can (it|we|that|i) (be|do|say|make it)|could (it|we|that) (be|do|say|make it)|would|stretch to|up it to"
    r"|what about|ideally|preferably|how about|lower like|lower|higher|or)"
    r"( (about|around|roughly|only|maybe|up to|like|at most|the|is|say|something like|maximum|max|it s"
    r"|of|in|under|no more th[ae]n|,))*$"
)
STRONG = re.compile(
    r"\b(budget|afford|pay|spend|spending|paying|max|maximum|limit|ceiling|cheaper|cap|capped|at most|tops"
    r"|up to|price|fee|fees|cost|charge|charges|rate)\b"
)
AFTER = re.compile(
    r"^(ish )?(or so )?(instead|then$|max|maximum|tops|at (the )?most|or (less|under|below|lower|cheaper)|and (under"
    r"|below|less)|range|ish|is (ok|okay|fine|good|doable|possible|manageable|what (i|we)|all i|the most|as (high"
    r"|much)|about (right|what|my|the))|is (my|the|our) (max|limit|budget|top|maximum|ceiling)|budget|limit"
    r"|max|or thereabouts|or close|give or take|enough|all in|all included|altogether"
    r"|(incl\w*|with|plus|before|after) (the )?tax(es)?|(would|will) do"
    r"|if (it|i|we) (has to|have to|must|need)|if (needed|necessary)|(buy|get)s? (me |us )?\w+$)\b"
)
NOT_MONEY = re.compile(
    r"^(-? ?(year|yr|month|week|day|hour|minute|min|second|session|people|person|kid|child|therapist|option"
    r"|time|km|kilometre|kilometer|mile|percent|%|am\b|pm\b|result|name|friend|thing|question|block|step"
    r"|star|of (them|us|these|those|the)|yo\b|y / o|y o\b|th\b|st\b|nd\b|rd\b|in the|o clock|different"
    r"|other|more|or (two|three|four)|/ 7|/ 10|out of)s?\b)|^%"
)
#: A bare number of a list is an age up to here: "44, Vernon, divorced".
OLDEST = 65
PRICE = re.compile(r"\b(expensive|cheap|cheaper|budget|price|fee|cost|money|pay|afford)\b")
WISHES = frozenset(
    {"approach", "concern", "place", "province", "language", "gender", "client_type", "format", "insurance", "sliding_scale",
     "accepting", "free_consultation"}
)  # fmt: skip
EDGES = frozenset(["", ",", ";", "/", ".", "\n", "and", "or", "?", "!", "-", ":"])
NOT_BEFORE = re.compile(
    r"\b(i am|am|aged?|age|turned|turning|is|he s|she s|since|in|at|covid|unit|room|year|number|no|option"
    r"|#|session|grade|top|first|last|next|the|level|over the|born|called|dial|text|phone) ?$"
)
YEARLY = re.compile(
    r"\b(a|per|each|every|/) (year|yr|annum|month)\b|\b(coverage|annually|yearly|total|covers?|covered"
    r"|reimburse|left|of (benefits|coverage|my plan)|in my plan)\b"
)
TOO_MUCH = re.compile(
    r"^(dollars |bucks |\$ )?(a session |an hour |per session )?(is|s|would be|was|seems|are|feels) (a bit "
    r"|way |just |really |kinda )?(too|not|out of|more than|a lot|pricey|expensive|steep)"
)
OVER = re.compile(r"\b(over|above|more th[ae]n|beyond|higher than|at least|minimum|min|starting at)( \$)?$")
NOT_OVER = re.compile(
    r"\b(not|no|nothing|never|nobody|anything|none|cannot|without)( \w+){0,3} (over|above|more th[ae]n|beyond"
    r"|higher than|much over|exceed)( \$)?$"
)
#: What somebody has or had, not what they can pay.
EARNED = re.compile(r"\b(earns?|earned|makes|weighs?|owes?|lost|won|charged|costs? me|it costs)( \$)?$")
#: "90, not 120"
GIVEN_UP = re.compile(r"(, not|but not|instead of|rather than)( \$)?$")
LEAD = re.compile(
    r"(under|below|up to|max(imum)?|at most|less th[ae]n|no more th[ae]n|not more th[ae]n|not over|nothing over"
    r"|around|about|cheaper than|within|not above|<|between)( \$)?$"
)


def budgets(sentence: Sentence) -> Iterator[Hit]:
    """Yield the budget, at most one: the last amount that is a limit, the upper end of a range."""
    amounts = [hit for hit in _amounts(sentence) if not GIVEN_UP.search(sentence.before(hit.start, 3))]
    if amounts:
        limits = [hit for hit in amounts if _is_limit(sentence, hit)]
        yield (limits or amounts)[-1]


def _is_limit(sentence: Sentence, hit: Hit) -> bool:
    words = " ".join(sentence.norms[hit.start : hit.end])
    return bool(
        re.match(r"(under|below|up to|max|at most|less|no more|not|cheaper|within|<)", words)
        or AFTER.search(sentence.after(hit.end))
    )


def _amounts(sentence: Sentence) -> Iterator[Hit]:
    found = numbers(sentence.norms)
    for index, number in enumerate(found):
        low = found[index - 1] if index and _is_range(sentence, found[index - 1], number) else None
        if index + 1 < len(found) and _is_range(sentence, number, found[index + 1]):
            continue
        first = low or number
        if _is_money(sentence, first, number):
            value = max(number.value, low.value) if low else number.value
            start = first.start - _lead(sentence, first.start)
            yield Hit("max_fee", int(value), start, number.end + _tail(sentence, number.end))


def _is_range(sentence: Sentence, low: Number, high: Number) -> bool:
    between = " ".join(sentence.norms[low.end : high.start])
    if between in ("-", "to", "- $", "to $", "$ -", "$ to", "$ - $", "ish to", "/", "or", "or $"):
        return low.value >= 20 and high.value >= 20
    return between in ("and", "and $", "dollars and", "bucks and") and sentence.before(low.start, 3).removesuffix(" $").endswith(
        "between"
    )


def _is_money(sentence: Sentence, first: Number, number: Number) -> bool:
    before, after = sentence.before(first.start, 7), sentence.after(number.end)
    dollars = before.endswith("$") or after.startswith("$") or number.unit in ("bucks", "dollars", "cad", "ph", "hr", "h")
    if YEARLY.search(after) or (TOO_MUCH.search(after) and not NOT_OVER.search(before) and not OVER.search(before)):
        return False
    if OVER.search(before) and not NOT_OVER.search(before) and not TOO_MUCH.search(after):
        return False
    if EARNED.search(before.removesuffix(" $")):
        return False
    unit = dollars or bool(UNIT.search(after))
    if NOT_MONEY.search(after) and not unit:
        return False
    if unit:
        return 5 <= number.value <= 1500
    return _is_bare_money(sentence, first, number, before, after)


def _is_bare_money(sentence: Sentence, first: Number, number: Number, before: str, after: str) -> bool:
    """Decide about a number without a currency: only with a cue, or as the whole message."""
    if number.unit == "xx" or number.unit == "max":
        return True
    if not 30 <= number.value <= 600 or sentence.text[sentence.words[number.end - 1].end :].startswith("+"):
        return False
    if NOT_OVER.search(before):
        return True
    alone = sentence.is_all(first.start, number.end) and not re.search(r"\b(am|m|at|in|on|aged?)$", before)
    if AFTER.search(after) or (alone and number.value >= 40):
        return True
    if NOT_BEFORE.search(before) and not re.search(
        r"\b(max(imum)?|budget|limit|price|fee|rate|ceiling|most|cap|spend) is$|budget s$", before
    ):
        return False
    if _is_listed(sentence, first, number):
        return number.value >= OLDEST
    if CUE.search(before):
        return number.value >= 40 or bool(STRONG.search(before))
    return first is not number and number.value >= 60


def _is_listed(sentence: Sentence, first: Number, number: Number) -> bool:
    """Return whether it is an item of a list of wishes: "couple, Calgary, EFT, 200", "woman 130 online"."""
    if not number.digits or _is_age(sentence, first, number):
        return False
    wishes = [hit for hit in sentence.hits if hit.entity in WISHES]
    after_wish = any(hit.end == first.start for hit in wishes)
    before_wish = any(hit.start == number.end for hit in wishes)
    left = after_wish or sentence.at(first.start - 1) in EDGES
    right = before_wish or sentence.at(number.end) in EDGES
    talk = bool(wishes) or PRICE.search(" ".join(sentence.norms)) is not None
    return left and right and talk


def _is_age(sentence: Sentence, first: Number, number: Number) -> bool:
    """Return whether a small number stands beside a person: "man, 45, Barrie"."""
    people = [hit for hit in sentence.hits if hit.entity == "gender"]
    return number.value < 75 and any(first.start - hit.end in (0, 1) or hit.start == number.end for hit in people)


def _lead(sentence: Sentence, start: int) -> int:
    match = LEAD.search(sentence.before(start, 4))
    if match:
        return len(match[0].split())
    return 1 if sentence.at(start - 1) == "$" else 0


def _tail(sentence: Sentence, end: int) -> int:
    match = re.match(
        r"(\$|dollars|bucks|cad)?( ?(an?|per|each) (session|hour|hr|visit)| ?/ (session|hr|hour))?", sentence.after(end)
    )
    return len(match[0].split()) if match else 0
