"""Every phrase of data/vocabulary in one spaCy PhraseMatcher: label → where it stands in a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from attune.model.vocabulary import VOCABULARY, terms
from attune.text.expand import expand
from attune.text.gazetteer import Proof, place_names
from attune.text.listed import listed
from attune.text.mention import Value
from attune.text.spelling import LONG, Speller
from attune.text.tokens import word_lists, words

TOPICS = {
    "approach": "approaches", "concern": "concerns", "language": "languages", "gender": "genders",
    "client_type": "client_types", "format": "formats", "province": "provinces",
}  # fmt: skip
FILES = ("gender", "approach", "concern", "client_type", "format", "flags", "drop")
#: Words of cues and parsers (roles.py, drops.py, money.py): spelled right so that those need not think of typos.
CUE_WORDS = listed("""ideally preferably prefer preferred possible anything except without forget doesn matter budget maximum
    minimum under below around between dollars hundred session therapist therapists online consultation language
    insurance person second third fourth first remove anymore important necessary""")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its entity and value, first word and the word behind its last; `told` when it is a story, not a name."""

    entity: str
    value: Value
    start: int
    end: int
    told: bool = False


class Lexicon:
    """The phrases, ready to be found."""

    def __init__(self) -> None:
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._labels: dict[int, tuple[str, Value]] = {}
        patterns: dict[tuple[str, Value], set[tuple[str, ...]]] = {}
        for entity, value, phrase in _phrases():
            patterns.setdefault((entity, value), set()).add(tuple(word.norm for word in words(phrase)))
        known = {word for phrases in patterns.values() for phrase in phrases for word in phrase}
        for label, phrases in patterns.items():
            self._add(label, phrases)
        for name in place_names():
            self._add(("place", " ".join(name)), {name})
        # Only towns of some size are worth guessing at; a hamlet would take the typos of a city.
        spelled = {
            word
            for name, place in place_names().items()
            for word in name
            if place.population >= 15_000 or (place.population >= 6_000 and len(word) >= LONG and place.proof is Proof.NONE)
        }
        others = {word for name in place_names() for word in name}
        self.speller = Speller(known | spelled | set(CUE_WORDS), others)

    def _add(self, label: tuple[str, Value], phrases: set[tuple[str, ...]]) -> None:
        key = f"{label[0]}={label[1]}"
        self._labels[self._vocab.strings.add(key)] = label
        self._matcher.add(key, [Doc(self._vocab, words=list(phrase)) for phrase in sorted(phrases) if phrase])

    def find(self, norms: Sequence[str]) -> list[Hit]:
        """Return every phrase in the words, overlapping ones too."""
        doc = Doc(self._vocab, words=list(norms))
        return [Hit(*self._labels[key], start, end) for key, start, end in self._matcher(doc)]


def _phrases() -> Iterator[tuple[str, Value, str]]:
    """Yield (entity, value, phrase) of everything in data/vocabulary."""
    for entity, topic in TOPICS.items():
        for term in terms(topic).values():
            for phrase in (*term.names.values(), *(p for same in term.synonyms.values() for p in same)):
                yield entity, term.code, phrase
    for name in FILES:
        for entity, values in _file(name).items():
            yield from _expanded(entity, values)
    for entity, values in _file("answer")["answer"].items():
        yield from _expanded(f"answer.{entity}", values)
    yield from _expanded("blocked", {"true": _file("blocked")["blocked"]})


def _file(name: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load((VOCABULARY / "phrases" / f"{name}.yml").read_text(encoding="utf-8"))
    return data


def _expanded(entity: str, values: Mapping[Value, Sequence[str]]) -> Iterator[tuple[str, Value, str]]:
    for value, phrases in values.items():
        for phrase in phrases:
            for plain in expand(phrase, word_lists()):
                yield entity, True if value == "true" else value, plain


@cache
def lexicon() -> Lexicon:
    """Return the process's lexicon, read at first use."""
    return Lexicon()
