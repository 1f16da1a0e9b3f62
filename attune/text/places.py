"""Which place names of a message are meant as places: city and province."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attune.model.places import Place, distance_km, find_place
from attune.text.gazetteer import QUARTER, Proof, nicknames, place_names, postal_codes
from attune.text.lexicon import Hit
from attune.text.sentence import Sentence

CUE = re.compile(
    r"\b(in|near|around|nearby|outside|outside of|close to|next to|live in|based in|within|downtown|greater"
    r"|nr|serving|visit|by|from|moved? (up |down |out )?to|moving to|live|out of|office|anywhere)"
    r"( the| downtown| city of| town of)?$"
)
BEFORE_PROVINCE = re.compile(r"\b(in|across|all of|throughout|within|of|from|anywhere|live)$")
POSTAL = re.compile(r"\b([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(?:[ -]?(\d[ABCEGHJ-NPRSTV-Z]\d)\b|\b(?![ -]?\d))", re.I)
#: Look like the first half of a postal code and are none.
NOT_POSTAL = re.compile(r"^(l8r|g2g|b2b|b2c|c2c|p2p|b4n|y2k|h1b|m2m|t2t|a1c|r2d|e2e|l2p|v2g)$", re.I)
#: Words beside the name of a town that say that somebody is looked for there.
PROFESSION = re.compile(
    r"(therap(y|ists?)|counsell(ors?|ing)|psycholog(y|ists?)|psychotherap(y|ists?)|practitioners?|providers?|area|region|based|here)$"
)
#: Wishes that may stand in a list beside a town.
WISHES = frozenset(
    {"approach", "concern", "language", "gender", "client_type", "format", "insurance", "sliding_scale", "accepting"}
)
EDGES = frozenset(["", ",", ";", ".", ":", "/", "\n", "("])
#: A list of wishes is short; a story is not.
LIST_LENGTH = 16
#: "Ottawa, Orléans side": where in the city that is named.
PARTS = frozenset(["side", "end"])
#: A quarter lies so near to the middle of its city.
QUARTER_KM = 20
#: Between places that are named together.
ROW = frozenset(["or", "and", "/", ","])
PERSON_BEFORE = re.compile(
    r"\b((my|our|his|her) (\w+ )?(name( is| s)?|sister|brother|friend|niece|nephew|daughter|son|wife|husband"
    r"|partner|mom|mum|mother|dad|father|cousin|boss|cat|dog|therapist|neighbou?r|roommate|coworker|colleague"
    r"|landlord|landlady|teacher|coach|grandma|grandmother|grandpa|ex|girlfriend|boyfriend)|called|named|aunt|uncle|dr|mrs|mr|miss|ms)$"
)
PERSON_AFTER = re.compile(
    r"(is|are|was|were) my (?!home|city|town)|(said|told|says|thinks|recommended)\b|(street|st|avenue|ave|road|rd|house)\b"
    r"|s (hospital|church|school|college|university|cathedral|day)\b"
)
PAST = re.compile(
    r"\b((used to (live|be|work)|i lived|we lived|born|born and raised|grew up|raised|originally|was|were) (in|from)"
    r"|(went|been|flew|drove) (back )?to)( the)?$"
)
OF_PLACE = re.compile(r"(anywhere|somewhere|anything|everywhere|all|any where) (in|within|around|near|across|of)( the)?$")


def places(sentence: Sentence) -> Iterator[Hit]:
    """Yield cities and provinces (entity `city` or `province`), with values as the contract has them."""
    provinces = [hit for hit in sentence.hits if hit.entity == "province" and _is_province(sentence, hit)]
    after = {hit.start: hit for hit in provinces}
    cities = list(_longest(_cities(sentence, after)))
    if len(cities) > 1:
        cities = [hit for hit in cities if sentence.at(hit.end) not in PARTS and not _is_quarter(hit, cities)]
    taken = {position for hit in cities for position in range(hit.start, hit.end)}
    yield from (hit for hit in cities if not _left_behind(sentence, hit, cities))
    for hit in provinces:
        if not taken.intersection(range(hit.start, hit.end)) and not _left_behind(sentence, hit, provinces):
            start = hit.start - _lead(sentence, hit.start)
            yield Hit("province", hit.value, start, hit.end)
    yield from _postal_codes(sentence)


def _longest(hits: Iterator[Hit]) -> Iterator[Hit]:
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        if not taken.intersection(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            yield hit


def _is_quarter(hit: Hit, cities: Sequence[Hit]) -> bool:
    """Return whether the city stands right behind its quarter: "High Park Toronto"."""
    city = next((find_place(str(other.value)) for other in cities if other.start == hit.end), None)
    quarter = find_place(str(hit.value), city.province) if city else None
    if quarter is None or city is None or city.population < QUARTER * quarter.population:
        return False
    return distance_km(quarter, city) < QUARTER_KM


def _lead(sentence: Sentence, start: int) -> int:
    """Return how many words before a place belong to it: "anywhere in"."""
    match = OF_PLACE.search(sentence.before(start))
    return len(match[0].split()) if match else 0


def _cities(sentence: Sentence, provinces: dict[int, Hit]) -> Iterator[Hit]:
    for hit in sentence.hits:
        if hit.entity != "place":
            continue
        name = place_names()[tuple(str(hit.value).split())]
        skip = 1 if sentence.at(hit.end) == "," else 0
        province = provinces.get(hit.end + skip)
        place: Place | None = name.place
        if province is not None:
            # "London, Ontario" proves itself; "Richmond, Ontario" is another one than the largest.
            place = find_place(name.place.name, str(province.value)) or (None if name.proof else name.place)
        elif not _proved(sentence, hit, name.proof):
            place = None
        if place is not None and not _is_quebec(sentence, hit, province):
            start = hit.start - _lead(sentence, hit.start)
            yield Hit("city", place.name, start, hit.end)


def _is_quebec(sentence: Sentence, hit: Hit, province: Hit | None) -> bool:
    """Return whether "Quebec" is the province: without "city" beside it, it is."""
    return hit.value == "quebec" and province is None and not sentence.before(hit.start, 2).endswith("city of")


def _is_person(sentence: Sentence, hit: Hit) -> bool:
    """Return whether it is somebody's name: "my sister Regina", "Charlotte and Victoria are my nieces"."""
    return bool(PERSON_BEFORE.search(sentence.before(hit.start, 4)) or PERSON_AFTER.match(sentence.after(hit.end, 4)))


def _proved(sentence: Sentence, hit: Hit, proof: Proof) -> bool:
    raw = sentence.words[hit.start].raw
    if _is_person(sentence, hit):
        return False
    if hit.value == "to":
        return raw in ("T.O.", "T.O") or (raw == "TO" and not sentence.shouted and sentence.at(hit.start - 1) == "in")
    if _is_word(sentence, hit):
        return False
    if proof is Proof.NONE:
        return True
    if proof is Proof.PROVINCE:
        return False
    if _is_listed(sentence, hit, proof):
        return True
    if _beside_known(sentence, hit):
        return True
    if proof is Proof.CAPITAL and (not raw[:1].isupper() or sentence.shouted):
        return False
    cue = CUE.search(sentence.before(hit.start, 4)) or sentence.at(hit.end) in ("area", "region")
    if cue or sentence.is_all(hit.start, hit.end):
        return True
    return _beside_profession(sentence, hit, proof)


def _is_word(sentence: Sentence, hit: Hit) -> bool:
    """Return whether it is an airport's code in small letters that nobody says for the place: "yet" is not Edson."""
    word = sentence.words[hit.start]
    codes = place_names()[tuple(str(hit.value).split())].place.airport_codes
    return word.norm.upper() in codes and not word.raw.isupper() and word.norm not in nicknames()


def _is_listed(sentence: Sentence, hit: Hit, proof: Proof) -> bool:
    """Return whether it is an item among short wishes: "aurora, somatic", "anxiety thompson"."""
    wishes = [other for other in sentence.hits if other.entity in WISHES and (other.end <= hit.start or other.start >= hit.end)]
    if not wishes or len(sentence.norms) > LIST_LENGTH:
        return False
    first, last = sentence.at(hit.start - 1) in EDGES, sentence.at(hit.end) in EDGES
    if proof is Proof.CAPITAL:
        return first and last
    return (first and (last or any(other.start == hit.end for other in wishes))) or (
        last and any(other.end == hit.start for other in wishes)
    )


def _beside_profession(sentence: Sentence, hit: Hit, proof: Proof) -> bool:
    if proof is not Proof.CUE:
        return False
    return any(PROFESSION.match(sentence.at(position)) for position in (hit.start - 1, hit.end))


def _beside_known(sentence: Sentence, hit: Hit) -> bool:
    """Return whether it stands in a row with a place that needs no proof: "Kingston or Belleville", "nelson, vernon or kelowna"."""
    starts = {other.start: other for other in sentence.hits if other.entity == "place"}
    ends = {other.end: other for other in sentence.hits if other.entity == "place"}
    return _is_row(sentence, hit.start, ends, -1) or _is_row(sentence, hit.end, starts, 1)


def _is_row(sentence: Sentence, edge: int, others: Mapping[int, Hit], step: int) -> bool:
    """Follow the row to one side: "newmarket aurora or bradford"."""
    while True:
        between = sentence.at(edge if step > 0 else edge - 1)
        other = others.get(edge) or (others.get(edge + step) if between in ROW else None)
        if other is None or _is_known(other):
            return other is not None
        edge = other.end if step > 0 else other.start


def _is_known(hit: Hit) -> bool:
    return place_names()[tuple(str(hit.value).split())].proof is Proof.NONE


def _is_province(sentence: Sentence, hit: Hit) -> bool:
    word = sentence.words[hit.start]
    if hit.end - hit.start > 1 or len(word.norm) > 3 or word.norm in ("pei", "nwt"):
        return True
    before = hit.start - 1 - (sentence.at(hit.start - 1) == ",")
    after_place = any(other.entity == "place" and other.end == before + 1 for other in sentence.hits)
    if after_place and (
        word.norm != "on" or word.raw.isupper() or hit.end >= len(sentence.norms) or sentence.at(hit.end) in ",.?!"
    ):
        return True
    if word.norm == "on" or word.norm == "pe":
        return word.raw.isupper() and not sentence.shouted
    if "." in word.raw or (word.raw.isupper() and not sentence.shouted) or sentence.is_all(hit.start, hit.end):
        return True
    return bool(BEFORE_PROVINCE.search(sentence.before(hit.start, 2)))


def _left_behind(sentence: Sentence, hit: Hit, others: Sequence[Hit]) -> bool:
    """Return whether it is where somebody comes from: "moved from Calgary to Halifax"."""
    if PAST.search(sentence.before(hit.start, 5)) or sentence.at(hit.end) == "originally":
        return True
    if sentence.at(hit.start - 1) != "from":
        return False
    return any(other.start >= hit.end and sentence.at(other.start - 1) in ("to", "in") for other in others)


def _postal_codes(sentence: Sentence) -> Iterator[Hit]:
    cities = postal_codes()
    for match in POSTAL.finditer(sentence.text):
        area = match[1].upper()
        cue = "postal" in sentence.text.lower() or match[0].strip() == sentence.text.strip()
        if not match[2] and (NOT_POSTAL.match(area) or not (match[1].isupper() or cue)):
            continue
        name = next((cities[area[:length]] for length in (3, 2, 1) if area[:length] in cities), None)
        start = next((i for i, word in enumerate(sentence.words) if word.end > match.start()), None)
        end = next((i for i, word in enumerate(sentence.words) if word.end >= match.end()), None)
        if name and start is not None and end is not None:
            yield Hit("city", name, start, end + 1)
