"""How a wish is meant: taken back, not wanted, a must, or nice to have. The cues before and behind it are data (cues.yml)."""

from __future__ import annotations

import re
from functools import cache

import yaml

from attune.model.vocabulary import VOCABULARY

#: Behind a wish, before a cue: "a woman therapist preferred".
_NOUN = (
    r"(therapists?|sessions?|therapy|one|speaking|speaker|counsell\w+|part|practitioners?|please"
    r"|for me|based|person|herself|himself)?"
)
NO_MORE = re.compile(r"\b(do|does|did) not (need|want|have to have|have to be|care about|require)( \w+){0,3}$")
ANYMORE = re.compile(r"^(\w+ ){0,2}(anymore|any more|after all|any longer)\b")
RATHER_NOT = re.compile(r"\b(rather not|prefer not|not prefer|rather avoid|prefer no)\b")
#: "not with any": the small words between say that "any" and "no" belong to the wish, not to its name.
ANY = re.compile(r"(\bno|\bany|\beither)( (a|an|the|in|for|therapist|who|is|on|more))*$")
#: Between two wishes that share a cue: "ideally online or in French".
JOINED = re.compile(
    r"^(and|or|nor|/|plus|& |and also)( (a|an|the|in|with|by|for|under|who|speaks?|is|near|around|it|s|has|to|be|not|at))*$"
)


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data = yaml.safe_load((VOCABULARY / "cues.yml").read_text(encoding="utf-8"))
    of = {name: "|".join(words) for name, words in data.items()}
    between = rf"( ({of['small']}))*$"
    patterns = {
        "not": rf"\b({of['not_before']}){between}",
        "not want": rf"\b(do|does|would|will|did|can|could|am|is|are) not( really| actually| even)?( ({of['not_want']}))?{between}",
        "not meant": rf"\b({of['not_meant']})( \w+)*$",
        "not after": rf"^({of['not_after']})",
        "must": rf"\b({of['must_before']})\b(?!.*\b(but|ideally|prefer\w*)\b)",
        "only": rf"\b(only|exclusively|strictly|nothing but|solely)( ({of['only_between']}))*$",
        "must after": rf"^{_NOUN} ?,? ?({of['must_after']})(?! ({of['only_counts']}))\b",
        "nice": rf"\b({of['nice_before']})\b(?!.*\b(but|must|has to|have to|only)\b)",
        "nice after": rf"^{_NOUN} ?,? ?({of['nice_after']})( [.,;!?)]|$|\b)",
        "drop": rf"\b({of['drop_before']})( ({of['drop_between']}))*$",
        "careless": rf"\b({of['careless_before']})",
        "indifferent": r"^(part|thing|filter|or not|either way|of the therapist|bit|wish|requirement|limit|stuff)? ?"
        rf"(is|are|do|does|did|s|was|really|of|it)? ?(the therapist)? ?({of['indifferent_after']})"
        rf"|^,? ?({of['indifferent_clause']})\b",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def before_cue(text: str) -> str | None:
    """Return what the words right before a wish make of it: `drop`, `not`, `must`, `nice`, or None."""
    cues = _cues()
    if cues["drop"].search(text) or (cues["careless"].search(text) and not ANY.search(text)):
        return "drop"
    unwanted = cues["not"].search(text) or cues["not want"].search(text)
    if RATHER_NOT.search(text) or (unwanted and not cues["not meant"].search(text)):
        return "not"
    if cues["only"].search(text) or cues["must"].search(text):
        return "must"
    return "nice" if cues["nice"].search(text) else None


def after_cue(text: str) -> str | None:
    """Return what the words right behind a wish make of it."""
    cues = _cues()
    for name, role in (("indifferent", "drop"), ("not after", "not"), ("must after", "must"), ("nice after", "nice")):
        if cues[name].search(text):
            return role
    return None


def without_nice(text: str) -> str:
    """Return the words between two wishes without what they say of the first: "a free call would be nice, before I pay"."""
    return _cues()["nice after"].sub("", text).strip()


def unneeded(before: str, after: str) -> bool:
    """Return whether a wish is taken back by words on both sides: "I don't need online anymore"."""
    return bool(NO_MORE.search(before) and ANYMORE.search(after))


def is_careless(before: str) -> bool:
    """Return whether the words before the name of a wish say that it does not matter: "any", "no", "whatever"."""
    return bool(_cues()["careless"].search(before) or _cues()["drop"].search(before))
