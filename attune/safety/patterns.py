"""The expression families: read from data files, matched with spaCy over the words of a view.

The spaCy vocabulary is closed: a word that no pattern names becomes `UNKNOWN` before spaCy sees it, so no
visitor's word is ever kept, and matching costs the same for any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from attune.safety.grammar import Spec, Words, words_of
from attune.safety.sieve import Sieve
from attune.safety.tokens import END
from attune.safety.views import DATA, View

UNKNOWN = "\u00a4"
SHORT = 80  # words: a message up to here is matched as a whole
ENOUGH = 4  # of the places where a family ends in a long text, the first and the last few
WINDOWS = 40
REACH = 24


@dataclass(frozen=True)
class Family:
    """One expression family, as its data file describes it.

    Attributes:
        id: As in the list of families (C001) or of exemptions (X01).
        kind: The kind of crisis it belongs to; empty for exemptions and answers.
        tier: 1 act now, 2 explicit, 3 passive, 4 ambiguous alone.
        explicit: A statement that a later "you misunderstood" does not take out of the record.
        negatable: Whether "not" before it takes it away.
        denied_within: Whether "never" in a gap of its patterns makes it a question: "he has never hit me".
        own_subject: Its patterns name who does it, so context need not look for the subject.
        frames: A story, a song or a general question around it lowers it; false for questions about methods.
        after_risk: It counts only when an earlier message showed risk.
        only_asks: Votes that are not very sure do not raise it: it has a normal answer of its own.
        raise_with: Words in the message that raise it to tier 3.
        signs: What it says about the moment: `now`, `coming`, `minor`.
        unless: For exemptions: words in the sentence that keep the hit.
        only: For exemptions: the families it speaks about; all when empty.
        sentences: Own examples that must hit.
        nots: Own examples that must not.
    """

    id: str
    kind: str = ""
    tier: int = 0
    explicit: bool = False
    negatable: bool = True
    denied_within: bool = False
    own_subject: bool = False
    frames: bool = True
    after_risk: bool = False
    only_asks: bool = False
    raise_with: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()
    nots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A family found at words `start` to `end` (exclusive) of a view's core.

    Attributes:
        family: The family.
        start: The first word.
        end: The word after the last.
        loose: Words of the span that no pattern which found it names: they stand in its gaps.
    """

    family: Family
    start: int
    end: int
    loose: frozenset[str] = frozenset()

    def touches(self, other: Hit) -> bool:
        """Say whether the two share a word."""
        return self.start < other.end and other.start < self.end

    def takes_away(self, hit: Hit) -> bool:
        """Say whether this exemption takes `hit` away."""
        return self.touches(hit) and (not self.family.only or hit.family.id in self.family.only)


class Library:
    """Families that are looked for together: a sieve finds which patterns end where, spaCy's `Matcher` finds the spans."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.words: set[str] = {END}
        self.families: list[Family] = []
        self.specs: list[Spec] = []
        self._owner: list[int] = []
        self._matchers: dict[int, Matcher] = {}
        self._sieve: Sieve | None = None

    def add(self, family: Family, specs: Sequence[Spec]) -> None:
        """Add a family with its patterns."""
        self.families.append(family)
        self.specs.extend(specs)
        self._owner.extend([len(self.families) - 1] * len(specs))
        self.words.update(words_of(specs))
        self._sieve = None

    def hits(self, view: View) -> list[Hit]:
        """Return what is found in `view`, the longest at each place of each family."""
        if self._sieve is None:
            self._sieve = Sieve(self.specs)
        words = [word if word in self.words else UNKNOWN for word in view.words]
        ends = self._sieve.ends(words)
        if not ends:
            return []
        spans: dict[int, dict[tuple[int, int], frozenset[str]]] = {}
        for number, first, last in self._due(ends, len(words)):
            doc = Doc(self.vocab, words=words[first:last])
            for _, start, end in self._matcher(number)(doc):
                span = (first + start, first + end)
                found = spans.setdefault(self._owner[number], {})
                loose = self._unnamed(number, words[span[0] : span[1]])
                found[span] = found.get(span, loose) & loose
        return [hit for owner in sorted(spans) for hit in self._longest(owner, spans[owner], words)]

    def _unnamed(self, number: int, words: Sequence[str]) -> frozenset[str]:
        """Return the words that a pattern lets stand in its gaps."""
        return frozenset(words) - frozenset(words_of([[token for token in self.specs[number] if "IN" in token["ORTH"]]]))

    def _due(self, ends: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int, int]]:
        """Return (pattern, window) for spaCy: the whole of a short text, else the stretches where patterns end."""
        sieve = self._sieve or Sieve(self.specs)
        if length <= SHORT:
            whole = 0
            for _, bits in ends:
                whole |= bits
            yield from ((number, 0, length) for number in sieve.patterns(whole))
            return
        seen: dict[int, int] = {}
        left = WINDOWS
        for position, bits in _outside_in(ends):
            for number in sieve.patterns(bits):
                if left == 0:
                    return
                if seen.get(self._owner[number], 0) < ENOUGH:
                    seen[self._owner[number]] = seen.get(self._owner[number], 0) + 1
                    left -= 1
                    yield number, max(0, position - REACH), min(length, position + 2)

    def _matcher(self, number: int) -> Matcher:
        """Return spaCy's matcher of one pattern, made when it is first needed."""
        matcher = self._matchers.get(number)
        if matcher is None:
            matcher = Matcher(self.vocab, validate=False)
            matcher.add(str(number), [self.specs[number]])
            self._matchers[number] = matcher
        return matcher

    def _longest(self, owner: int, spans: Mapping[tuple[int, int], frozenset[str]], words: Sequence[str]) -> Iterator[Hit]:
        ends: dict[int, int] = {}
        for start, end in spans:
            ends[start] = max(end, ends.get(start, 0))
        covered = 0
        for start, end in sorted(ends.items()):
            if end > covered:
                covered = end
                yield Hit(self.families[owner], *_trim(start, end, words), spans[start, end])


def _outside_in(ends: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Return the items from both ends towards the middle: people come to the point first or last."""
    low, high = 0, len(ends) - 1
    while low <= high:
        yield ends[high]
        if low != high:
            yield ends[low]
        low, high = low + 1, high - 1


def _trim(start: int, end: int, words: Sequence[str]) -> tuple[int, int]:
    """Leave sentence ends out of a span."""
    if words[start] == END:
        start += 1
    if words[end - 1] == END and end - start > 1:
        end -= 1
    return start, end


def read_words(language: str) -> Words:
    """Read the classes and macros of `language`."""
    return Words.read(yaml.safe_load((DATA / language / "words.yml").read_text(encoding="utf-8")))


def read_families(language: str, words: Words) -> Iterator[tuple[Family, list[Spec]]]:
    """Read every family file of `language`."""
    for path in sorted((DATA / language / "families").glob("*.yml")):
        yield from _read(path, "families", words)


def read_file(path: Path, key: str, words: Words) -> list[tuple[Family, list[Spec]]]:
    """Read one file of exemptions or answers."""
    return list(_read(path, key, words))


def _read(path: Path, key: str, words: Words) -> Iterator[tuple[Family, list[Spec]]]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for entry in data[key]:
        specs = [spec for line in entry["patterns"] for spec in words.specs(str(line), f"{path.name}: {entry['id']}")]
        yield _family(entry, data, words), specs


def _family(entry: Mapping[str, Any], data: Mapping[str, Any], words: Words) -> Family:
    return Family(
        id=str(entry["id"]),
        kind=str(entry.get("as", data.get("kind", ""))),
        tier=int(entry.get("tier", 0)),
        explicit=bool(entry.get("explicit", False)),
        negatable=bool(entry.get("negatable", True)),
        denied_within=bool(entry.get("denied_within", False)),
        own_subject=entry.get("who", data.get("who")) == "any",
        frames=bool(entry.get("frames", True)),
        after_risk=bool(entry.get("after_risk", False)),
        only_asks=bool(entry.get("only_asks", False)),
        raise_with=_raise_with(entry.get("raise_with", ()), words),
        signs=tuple(entry.get("signs", ())),
        unless=tuple(map(str, entry.get("unless", ()))),
        only=frozenset(map(str, entry.get("only", ()))),
        sentences=tuple(map(str, entry.get("sentences", ()))),
        nots=tuple(map(str, entry.get("not", ()))),
    )


def _raise_with(value: str | Iterable[str], words: Words) -> frozenset[str]:
    """Return the words of a class, or the listed words."""
    return frozenset(words.classes[value]) if isinstance(value, str) else frozenset(map(str, value))
