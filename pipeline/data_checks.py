"""Check the training data: ``python -m pipeline.data_checks`` (part of `make check`).

A fault stops the check; a note is for whoever writes the data. Both name file and line.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from attune.model.places import find_place
from attune.model.vocabulary import terms
from attune.text.lexicon import TOPICS
from pipeline.training_data import NLU, Example, examples

FEWEST = 60
#: Ordinary talk has no end; these may have more examples than others.
LARGE = {"out_of_scope": 1200, "inform": 500, "find_therapist": 400, "share_feelings": 400}
MOST = 260
NEAR = 96.0
FLAGS = frozenset({"sliding_scale", "free_consultation", "insurance", "accepting"})


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[\w$]+", letters)) or text.strip()


def repeated(lines: Sequence[Example]) -> Iterator[str]:
    """Yield examples that stand twice, under one intent or under two."""
    first: dict[str, Example] = {}
    for line in lines:
        other = first.setdefault(_plain(line.text), line)
        if other is line:
            continue
        if other.intent == line.intent:
            yield f"{line.place}: `{line.text}` is already an example of {line.intent} ({other.place}); remove one"
        else:
            yield f"{line.place}: `{line.text}` is {line.intent} here and {other.intent} in {other.place}; it can only be one"


def near_repeats(lines: Sequence[Example]) -> Iterator[str]:
    """Yield examples that differ from another of the same intent by next to nothing."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for line in lines:
        groups[line.intent].append(line)
    for group in groups.values():
        texts = [_plain(line.text) for line in group]
        for at, text in enumerate(texts):
            if len(text) < 15 or not texts[:at]:
                continue
            match = process.extractOne(text, texts[:at], scorer=fuzz.ratio, score_cutoff=NEAR)
            if match and match[0] != text:
                yield f"{group[at].place}: `{group[at].text}` is nearly `{group[match[2]].text}` ({group[match[2]].place})"


def unbalanced(lines: Sequence[Example]) -> Iterator[str]:
    """Yield intents with too few or too many examples."""
    counts = Counter(line.intent for line in lines)
    where = {line.intent: line.place for line in reversed(lines)}
    for intent, count in sorted(counts.items()):
        most = LARGE.get(intent, MOST)
        if count < FEWEST:
            yield f"{where[intent]}: {intent} has {count} examples; write at least {FEWEST}"
        elif count > most:
            yield f"{where[intent]}: {intent} has {count} examples; more than {most} pull the others' lines towards it"


def strange_values(lines: Sequence[Example]) -> Iterator[str]:
    """Yield annotated entities whose name or value the contract does not know."""
    for line in lines:
        for text, braces in line.annotations:
            try:
                entity = json.loads("{" + braces + "}")
            except ValueError:
                yield f"{line.place}: the annotation of `{text}` is not JSON: {{{braces}}}"
                continue
            fault = _fault(str(entity.get("entity")), str(entity.get("value", text)))
            if fault:
                yield f"{line.place}: `{text}`: {fault}"


def _fault(name: str, value: str) -> str | None:
    if name in TOPICS:
        known = terms(TOPICS[name])
        return None if value in known else f"{name} has no value `{value}`; known are {', '.join(known)}"
    if name == "city":
        return None if find_place(value) else f"`{value}` is not a place of data/vocabulary/places.tsv"
    if name == "max_fee":
        return None if value.replace(".", "", 1).isdigit() else f"max_fee is a number, not `{value}`"
    if name == "ordinal":
        return None if value.isdigit() or value == "last" else f"ordinal is a number or `last`, not `{value}`"
    if name in FLAGS or name == "drop":
        return None
    return f"there is no entity `{name}`"


def main(folder: Path = NLU) -> int:
    """Print faults and notes; return 1 when there is a fault."""
    lines = examples(folder)
    faults = [*repeated(lines), *unbalanced(lines), *strange_values(lines)]
    notes = [*near_repeats(lines)]
    for fault in faults:
        print(fault)  # noqa: T201
    for note in notes:
        print(f"note: {note}")  # noqa: T201
    print(f"{len(lines)} examples of {len({line.intent for line in lines})} intents: {len(faults)} faults, {len(notes)} notes")  # noqa: T201
    return 1 if faults or not lines else 0


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:2])))
