"""Whom a word for a person means: the therapist wished for, the visitor, or a child of a certain age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attune.text.lexicon import Hit
from attune.text.listed import listed
from attune.text.numbers import numbers
from attune.text.sentence import Sentence

_ADJECTIVES = (
    r"(an?|the|just|only|really|very|cis|straight|queer|gay|lesbian|bi|trans|black|white|brown|asian|south"
    r"|muslim|jewish|christian|indigenous|single|married|young|younger|older|middle aged|old|elderly|busy"
    r"|shy|divorced|tired|new|stressed|\d+|year|yr|yo|old|,|other|grown)"
)

VISITOR = re.compile(
    rf"\b(i|im|i am|i m|we are|we re|i was|i identify|identify as|identifying as|as|being|my|his|by|this"
    rf"|that|your|our|another|hurt|trust|married|dating|date|raised)( am| was| as| m| are)?( {_ADJECTIVES})*$"
)
AS_THERAPIST = re.compile(
    r"\b(therapist|counsellor|psychologist|someone|somebody|one|person) (who|that) (is|s|identifies as)\b"
    r"|\bas (my|a) (therapist|counsellor)"
)
VISITOR_AFTER = re.compile(
    r"^(,? ?\d\d ?,? ?)?(here\b|looking\b|seeking\b|searching\b|in (my|her|his|mid|early|late)\b|aged\b"
    r"|,? \d\d\b|who (has|have|lost|wants|needs|is (struggling|looking))|and (i|my|need|looking|want)\b"
    r"|with (anxiety|depression|ptsd|adhd|trauma|kids|two|a (history|baby|job)))"
)
#: "the other woman" is one of the results; "only the women" is a wish.
POINTED_AT = re.compile(
    r"\b(?<!only )(?<!just )(?<!not )(?<!no )(the|that|this)"
    r"( (two|three|other|same|first|second|third|last|nice|kind|young|older|old))*$"
)
#: "I had a male therapist once"
HAD = re.compile(r"\b(i|we) (had|saw|tried|have had|have seen|have tried) (a|an|one)$")
GENERIC = frozenset(listed("women men females males guys ladies"))
GENERIC_BEFORE = re.compile(r"\b(only|prefer|no|not|any|want|rather|just|female|see|show|more|but|or|except|avoid)$")
GENERIC_AFTER = re.compile(
    r"^(only|therapist|therapists|please|preferred|counsellor|counsellors|psychologist|psychologists|psychotherapists?"
    r"|practitioners?|providers?|clinicians?|ideally|preferably|if possible|who (speak|do|work|offer|are"
    r"|can|take|charge)|scare|intimidate|trigger|freak|make me|terrify|instead\b|$|[.!?])"
)
KIN = (
    r"(son|daughter|kid|child|boy|girl|stepson|stepdaughter|niece|nephew|grandson|granddaughter|brother"
    r"|sister|youngest|oldest|eldest|teen|teenager|twins)"
)

OLD = re.compile(r"^(-? ?)?(year|years|yr|yrs|y / o|y o|yo|yrs? old|yo\b)")
OWN_AGE = re.compile(r"\b(i am|i m|im|am|me|i turned|i just turned|i will be)( only| just| a| an| almost| turning)*$")
CHILD = re.compile(
    rf"\b(my|our|a|an|the|her|his|for|{KIN})( s| is| are| was| just turned| turned| who is| who s| ,| \("
    rf"| aged?| only| almost| turning| just| now| and)*$"
)
GLUED = re.compile(r"^(1[2-9])(yo|yr|yrs|y|yrold|yearold|f|m)$")


def genders(sentence: Sentence, hits: list[Hit]) -> Iterator[Hit]:
    """Yield those genders that are said of the therapist."""
    for hit in hits:
        if hit.entity == "gender" and not _is_visitor(sentence, hit):
            yield hit


def _is_visitor(sentence: Sentence, hit: Hit) -> bool:
    before, after = sentence.before(hit.start, 7), sentence.after(hit.end, 6)
    last = sentence.at(hit.end - 1)
    if last in GENERIC and not (GENERIC_BEFORE.search(before) or GENERIC_AFTER.search(after)):
        return True
    if re.search(r"\b[1-7]\d$", before) or re.match(r"[1-7]\d\b", after):
        return True
    if POINTED_AT.search(before):
        return not re.match(r"(thing|part|filter|requirement|wish|bit|preference|stuff|therapist|counsellor)", after)
    if HAD.search(before):
        return True
    if VISITOR.search(before) and not AS_THERAPIST.search(before):
        return True
    return hit.start <= 1 and bool(VISITOR_AFTER.search(after))


def teens(sentence: Sentence) -> Iterator[Hit]:
    """Yield `client_type: teen` for a child of 12 to 19, never for the visitor's own age."""
    for position, norm in enumerate(sentence.norms):
        if GLUED.match(norm) and CHILD.search(sentence.before(position, 5)) and not OWN_AGE.search(sentence.before(position, 4)):
            yield Hit("client_type", "teen", position, position + 1)
    for number in numbers(sentence.norms):
        if not 12 <= number.value <= 19 or number.unit:
            continue
        before, after = sentence.before(number.start, 6), sentence.after(number.end, 4)
        if OWN_AGE.search(before):
            continue
        aged = OLD.match(after) and re.search(r"\b(my|our|for an?|the|her|his|a)( 1\d (and|or|,|/))*$", before)
        kin = re.search(
            rf"\b{KIN}( s| is| he| she| they| are| who is| who s| ,| \(| aged?| turned| just turned| of| at| age)*$", before
        )
        kin = kin or re.search(r"\b(he|she) (is|s)( only| just| now| almost)?$", before)
        later_kin = re.search(r"\b(my|our)$", before) and re.search(rf"\b{KIN}\b", after)
        if (aged or kin or later_kin) and not re.match(r"(\$|dollars|sessions|months|weeks)", after):
            yield Hit(
                "client_type", "teen", number.start, number.end + (2 if OLD.match(after) and "old" in after.split()[1:2] else 0)
            )
