"""Read a message: what it says about a search, as mentions with canonical values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attune.text.lexicon import Hit
from attune.text.meaning import mentions_of
from attune.text.mention import Mention
from attune.text.money import budgets
from attune.text.ordinals import ordinals
from attune.text.people import genders, teens
from attune.text.places import places
from attune.text.sentence import ANSWER_FILLERS, ENDS, SMALL_WORDS, Sentence
from attune.text.stories import stories
from attune.text.tokens import words

#: Of two readings of the same words, the first one named here wins.
PRIORITY = ("blocked", "drop", "max_fee", "ordinal", "client_type", "city", "province", "approach", "concern")
PLAIN = frozenset({"blocked", "drop", "field", "concern", "language", "client_type", "format",
                   "sliding_scale", "free_consultation", "insurance", "accepting"})  # fmt: skip


ITEM_END = re.compile(r"(if possible|ideally|please|preferred|preferably|would be|only)\b")


def parse(text: str) -> list[Mention]:
    """Return every mention in `text`, in the order of the text."""
    if not re.search(r"\w", text):
        return []
    sentence = Sentence.of(text)
    return mentions_of(sentence, _chosen(_candidates(sentence)))


def _candidates(sentence: Sentence) -> list[Hit]:
    found = [hit for hit in sentence.hits if hit.entity in PLAIN]
    found += _approaches(sentence)
    found += _answers(sentence)
    found += stories(sentence)
    found += places(sentence)
    found += genders(sentence, sentence.hits)
    found += teens(sentence)
    found += budgets(sentence)
    found += ordinals(sentence)
    return found


def _chosen(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits; ordinals of one phrase ("the first two") stay together."""
    kept: list[Hit] = []
    taken: dict[int, Hit] = {}
    found = sorted(hits, key=_rank)
    for hit in found:
        if hit.told:
            continue
        others = {taken[position] for position in range(hit.start, hit.end) if position in taken}
        if not all(_beside(hit, other) for other in others):
            continue
        kept.append(hit)
        taken.update(dict.fromkeys(range(hit.start, hit.end), hit))
    kept += [hit for hit in found if hit.told and not any(_covers(taken.get(at), hit) for at in range(hit.start, hit.end))]
    return sorted((hit for hit in kept if hit.entity != "blocked"), key=lambda hit: (hit.start, str(hit.value)))


def _covers(named: Hit | None, story: Hit) -> bool:
    """Return whether a story is no story, because its words are something else."""
    return named is not None and (named.entity == "blocked" or (named.start <= story.start and story.end <= named.end))


def _beside(hit: Hit, longer: Hit) -> bool:
    """Return whether two hits that share words can both stand.

    "the first two" are two results at the same words; "sexual problems with my wife" are two concerns that overlap.
    """
    if hit.value == longer.value:
        return False
    if hit.entity == "ordinal" == longer.entity:
        return (hit.start, hit.end) == (longer.start, longer.end)
    within = longer.start <= hit.start and hit.end <= longer.end
    return hit.entity == "concern" == longer.entity and not within


def _rank(hit: Hit) -> tuple[int, int, int]:
    priority = PRIORITY.index(hit.entity) if hit.entity in PRIORITY else len(PRIORITY)
    return hit.start - hit.end, priority, hit.start


def _approaches(sentence: Sentence) -> Iterable[Hit]:
    """Yield approaches; bare "attachment" is one beside another approach or as the whole message, else a concern."""
    hits = [hit for hit in sentence.hits if hit.entity == "approach"]
    yield from hits
    for hit in sentence.hits:
        if hit.entity == "concern" and hit.value == "attachment" and hit.end - hit.start == 1:
            beside = any(_joined(sentence, hit, other) or _joined(sentence, other, hit) for other in hits)
            if beside or sentence.is_all(hit.start, hit.end):
                yield Hit("approach", "attachment", hit.start, hit.end)


def _joined(sentence: Sentence, left: Hit, right: Hit) -> bool:
    return 0 < right.start - left.end <= 2 and set(sentence.norms[left.end : right.start]) <= {"and", "or", "nor", ",", "/", "vs"}


def _answers(sentence: Sentence) -> Iterable[Hit]:
    whole: Sequence[Hit] = [hit for hit in sentence.hits if hit.entity.startswith("answer.")]
    for hit in whole:
        if sentence.is_all(hit.start, hit.end, ANSWER_FILLERS) or (len(sentence.hits) > 2 and _is_item(sentence, hit)):
            yield Hit(hit.entity.removeprefix("answer."), hit.value, hit.start, hit.end)


def _is_item(sentence: Sentence, hit: Hit) -> bool:
    """Return whether it is one item of a list: "me, online, English"."""
    ends = sentence.at(hit.end) in ("", ",", ";", ".", "/") or ITEM_END.match(sentence.after(hit.end)) is not None
    return sentence.at(hit.start - 1) in ("", ",", ";", ".", "/") and ends


def says_only(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether `text` says nothing but what stands in `spans` (offsets), small words aside."""
    outside = [
        norm
        for word, norm in zip(words(text), Sentence.of(text).norms, strict=True)
        if not any(start <= word.start < end for start, end in spans)
    ]
    return all(norm in SMALL_WORDS or norm in ENDS or not re.search(r"\w", norm) for norm in outside)
