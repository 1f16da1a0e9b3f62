"""How a wish is meant: taken back, not wanted, a must, or nice to have. Cues stand before or behind it."""

from __future__ import annotations

import re

_SMALL = r"(a|an|the|any|some|really|necessarily|that|it|to|be|in|with|for|of|do|by|from|see|have|seeing|doing|go|going|based|live|trained|style|type|kind|at|too|over|speaking|who|is|s|are|therapist|therapists|someone|somebody|anyone|another|more|person|work|talk|speak|room|like|want|keen on|into|comfortable with|interested in|looking for|all that|much)"
NOT = re.compile(rf"\b(not|no|never|nothing|nobody|without|except|except for|other than|anything but|anyone but|everything but|anybody but|all but|rather not|avoid|avoiding|instead of|rather than|hate|hated|nor|neither|but not|tired of|sick of|isn t|excluding|exclude|besides|apart from|aside from|dislike|skip|against|opposed to|away from)( {_SMALL})*$")
DONT_WANT = re.compile(rf"\b(do|does|would|will|did|can|could|am|is|are) not( really| actually| even)?( want| like| need| do| wanna| go| work with| feel comfortable with| trust| feel safe with| care for| see| handle| talk to| believe in| interested in| looking for| comfortable with| into| open to| be comfortable with| have| got| sit| be| stay| talk)?( {_SMALL})*$")
NOT_REALLY = re.compile(r"\b(not only|not just|not more than|no more than|not over|why not|if not|not sure( about| if| whether)?|not (too|that) (far|bad)|no problem with|no one( that| who)?|not mind|do not care|not (\w+ )?(know|understand|coping|getting|well|doing|able|enough|find|finding|cope|deal|stop|stand|control|get|seem|have|had))( \w+)*$")
NOT_AFTER = re.compile(rf"^(is|are|would|does|do|was|s|sessions|therapy|therapist|therapists)?( sessions| therapy)? ?(not|never|no) (for me|work|working|what|an option|my thing|good|possible|okay|ok|great|suit|help|helpful|really my|an? good|comfortable|wanted|happening|going to work|useful|please)\b|^(is|s|are) (out|a no|off the table|no good|not)$|^(does|do|did) not (work|suit|help)|^(scares|freaks|creeps|terrifies|weirds) me")
MUST = re.compile(r"\b(must|has to|have to|needs to|need to be|got to|gotta|absolutely|definitely|strictly|exclusively|required|requirement|mandatory|essential|insist|non negotiable|at all costs|crucial|important|vital|needs)\b(?!.*\b(but|ideally|prefer\w*)\b)")
ONLY = re.compile(r"\b(only|exclusively|strictly|nothing but|solely)( (a|an|the|in|with|by|for|if|want|do|does|see|looking|consider|interested|open|comfortable|go|take|someone|somebody|who|speaks?|is|s|to|be|near|around|therapists?|therapy|work|works|people|ones|show|me|want|at|speaking|talk|those|do|something|s|s they|am|are|it|would|will|willing|feel|they|that|have|has|doing|sessions))*$")
MUST_AFTER = re.compile(r"^(therapists?|sessions?|therapy|counsell\w+|one|speaking|speaker|part|practitioners?|please|for me|based)? ?,? ?(only|is (a |an )?(must|non negotiable|essential|required|mandatory|necessary|a requirement|important|crucial|vital|a deal ?breaker|absolutely)|a must|must( have)?|non negotiable|required|is what matters|exclusively|no exceptions?|nothing else|mandatory|absolutely|is very important|is really important|is key|or nothing)(?! (if|when|because|on|have|afford|can|speak))\b")
NICE = re.compile(r"\b(ideally|preferably|prefer|preferred|preferring|preference|pref|hopefully|would rather|d rather|rather|would be (nice|great|good|ideal|lovely|cool|awesome|better)|bonus|nice to have|leaning|lean|love|if possible|better if|best if|favou?r|preferrably|if i can|more comfortable|happier|feel better|safer|more at ease|easier|plus|optional|optionally|possibly)\b(?!.*\b(but|must|has to|have to|only)\b)")
NICE_AFTER = re.compile(r"^(therapists?|sessions?|one|speaking|speaker|counsell\w+|part|practitioners?|based|person)? ?,? ?(ideally|preferably|preferred|if (it is |it s |at all )?(possible|available|you (can|have)|u can|there is|i can)|(would|might|could|will|d) be (a |an |really |so |very )?(nice|great|good|ideal|lovely|cool|awesome|better|best|bonus|plus|perfect|wonderful|preferred|preferable)|is (a )?(bonus|plus|preferred|preferable|nice|my preference|better|ideal)|a (plus|bonus)|bonus|nice to have|is nice|would be (my )?prefer\w+|but (not essential|not required|not a must|flexible|not necessary|it s not|open|that s not|i am flexible)|is not (essential|required|a must|a deal ?breaker)|not a deal ?breaker|if that s possible|not essential|optional|over)( [.,;!?)]|$|\b)")
RATHER_NOT = re.compile(r"\b(rather not|prefer not|not prefer|rather avoid|prefer no)\b")
DROP = re.compile(r"\b(forget( about)?|never mind( about)?|nevermind|nvm|drop|remove|lose|skip|scrap|ditch|delete|take (out|off|away)|get rid of|leave out|ignore|clear|scratch|undo|cancel|take back|no longer (need|want|care about)|no need (for|to have)|stop looking for|changed my mind about|forgot|toss|disregard|erase|reset|without (the|that|my)|let go of|relax|wipe)( (the|my|that|about|to|all|for|it|s|thing|bit|part|a|an|wish|filter|requirement|limit|being|on|what i said about|in|with|by|of|be|and|need|whole))*$")
CARELESS = re.compile(r"\b(do not|don t|does not|doesn t|did not|never)( really| even| actually| necessarily| much)? (care|mind|matter|bother)( \w+){0,5}$|\b(no matter|regardless( of)?|any|whatever|whichever|either|flexible (on|about|with)|open (on|about|to any)|doesn t have to be|does not have to be|does not need to be|do not need (it )?to be|not have to (be|speak|live)|not need to (be|speak)|not necessarily|no preference( on| about| for| in)?|not (picky|fussy) (about|on)|not set on|not tied to|no)( (what|the|which|about|a|an|if|whether|it|s|is|they|she|he|on|who|therapist|speaks?|in|be|s a|or|my|exact|limit on|real|particular|specific|fixed|for))*$")
INDIFFERENT = re.compile(r"^(part|thing|filter|or not|either way|of the therapist|bit|wish|requirement|limit|stuff)? ?(is|are|do|does|did|s|was|really|of|it)? ?(the therapist)? ?((does|do|is|are|did) not |not |no longer |isn t |doesn t )(really |actually |that |so |even |all that |very |super |matter|much )?(matter|important|relevant|needed|necessary|an issue|a big deal|a problem|a factor|a concern|required|a deal ?breaker|anymore|a must|bother)|^,? ?(either (way|one|works|is)|whichever|whatever|all (fine|good|the same)|any (is|works)|no (object|issue|problem|longer matters|preference)|i (do not|don t) (care|mind)|(is|are|s) (flexible|open|whatever|up to you|optional|irrelevant|negotiable|fine either way|no issue|no object|all the same)|can be anything|no longer (matters|needed|important)|do not (care|mind|matter)|does not matter|makes no difference|it s all the same|doesnt matter)\b")
NO_MORE = re.compile(r"\b(do|does|did) not (need|want|have to have|have to be|care about|require)( \w+){0,3}$")
ANYMORE = re.compile(r"^(\w+ ){0,2}(anymore|any more|after all|any longer)\b")
#: Between two wishes that share a cue: "ideally online or in French".
JOINED = re.compile(r"^(and|or|nor|/|plus|& |and also)( (a|an|the|in|with|by|for|under|who|speaks?|is|near|around|it|s|has|to|be|not|at))*$")


def before_cue(text: str) -> str | None:
    """Return what the words right before a wish make of it: `drop`, `not`, `must`, `nice`, or None."""
    if DROP.search(text):
        return "drop"
    if CARELESS.search(text) and not re.search(r"(\bno|\bany|\beither)( (a|an|the|in|for|therapist|who|is))*$", text):
        return "drop"
    if RATHER_NOT.search(text):
        return "not"
    if NOT_REALLY.search(text) is None and (NOT.search(text) or DONT_WANT.search(text)):
        return "not"
    if ONLY.search(text) or MUST.search(text):
        return "must"
    return "nice" if NICE.search(text) else None


def after_cue(text: str) -> str | None:
    """Return what the words right behind a wish make of it."""
    if INDIFFERENT.search(text):
        return "drop"
    if NOT_AFTER.search(text):
        return "not"
    if MUST_AFTER.search(text):
        return "must"
    return "nice" if NICE_AFTER.search(text) else None


def unneeded(before: str, after: str) -> bool:
    """Return whether a wish is taken back by words on both sides: "I don't need online anymore"."""
    return bool(NO_MORE.search(before) and ANYMORE.search(after))


def is_careless(before: str) -> bool:
    """Return whether the words before the name of a wish say that it does not matter: "any", "no", "whatever"."""
    return bool(CARELESS.search(before) or DROP.search(before))
