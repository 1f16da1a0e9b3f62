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

from attune.safety.grammar import Spec, Words, anchors, words_of
from attune.safety.tokens import END
from attune.safety.views import DATA, View

UNKNOWN = "\u00a4"


@dataclass(frozen=True)
class Family:
    """One expression family, as its data file describes it.

    Attributes:
        id: As in the list of families (C001) or of exemptions (X01).
        kind: The kind of crisis it belongs to; empty for exemptions and answers.
        tier: 1 act now, 2 explicit, 3 passive, 4 ambiguous alone.
        explicit: A statement that a later "you misunderstood" does not take out of the record.
        negatable: Whether "not" before it takes it away.
        own_subject: Its patterns name who does it, so context need not look for the subject.
        after_risk: It counts only when an earlier message showed risk.
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
    own_subject: bool = False
    after_risk: bool = False
    raise_with: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()
    nots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A family found at words `start` to `end` (exclusive) of a view's core."""

    family: Family
    start: int
    end: int

    def touches(self, other: Hit) -> bool:
        """Say whether the two share a word."""
        return self.start < other.end and other.start < self.end

    def takes_away(self, hit: Hit) -> bool:
        """Say whether this exemption takes `hit` away."""
        return self.touches(hit) and (not self.family.only or hit.family.id in self.family.only)


class Library:
    """Families that are looked for together, each with its own small `Matcher` behind its rarest words."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.words: set[str] = {END}
        self.families: list[Family] = []
        self._matchers: list[Matcher] = []
        self._by_anchor: dict[str, set[int]] = {}

    def add(self, family: Family, specs: Sequence[Spec]) -> None:
        """Add a family with its patterns."""
        matcher = Matcher(self.vocab, validate=False)
        matcher.add(family.id, list(specs))
        index = len(self.families)
        self.families.append(family)
        self._matchers.append(matcher)
        self.words.update(words_of(specs))
        for spec in specs:
            for word in anchors(spec):
                self._by_anchor.setdefault(word, set()).add(index)

    def hits(self, view: View) -> list[Hit]:
        """Return what is found in `view`, the longest at each place of each family."""
        words = view.words
        due = set().union(*(self._by_anchor.get(word, ()) for word in set(words)))
        if not due:
            return []
        doc = Doc(self.vocab, words=[word if word in self.words else UNKNOWN for word in words])
        return [hit for index in sorted(due) for hit in self._longest(index, doc)]

    def _longest(self, index: int, doc: Doc) -> Iterator[Hit]:
        ends: dict[int, int] = {}
        for _, start, end in self._matchers[index](doc):
            ends[start] = max(end, ends.get(start, 0))
        covered = 0
        for start, end in sorted(ends.items()):
            if end > covered:
                covered = end
                yield Hit(self.families[index], *_trim(start, end, doc))


def _trim(start: int, end: int, doc: Doc) -> tuple[int, int]:
    """Leave sentence ends out of a span."""
    if doc[start].orth_ == END:
        start += 1
    if doc[end - 1].orth_ == END and end - start > 1:
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
        own_subject=entry.get("who", data.get("who")) == "any",
        after_risk=bool(entry.get("after_risk", False)),
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
