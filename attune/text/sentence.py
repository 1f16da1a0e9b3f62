"""A message made ready: its words, put right, and the phrases found so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from attune.text.lexicon import Hit, lexicon
from attune.text.listed import listed
from attune.text.tokens import Word, words

#: Words that add no wish: "just online please" says no more than "online".
FILLERS = frozenset(listed("""please thanks thank you just maybe for i would like want it is s a an the ok okay
    yes yeah yep sure no hi hello well um
    then am and or to be in with on my oh so actually probably prefer that we need looking think guess say let make do will
    d ll m re can could only one someone somebody therapist kind of works fine good great both either mostly sessions session
    around near at about area city downtown from here live based now me us this"""))  # fmt: skip
ANSWER_FILLERS = frozenset(
    listed("it is s for just please only thanks would be therapy session sessions the a ok okay yes think i an well hi")
)
SMALL_WORDS = ANSWER_FILLERS | frozenset(
    listed("in on and or to with no not near around about from maybe then only ideally must has if possible max who speaks that s")
)
ENDS = frozenset(",;.!?\n:()")


@dataclass(frozen=True)
class Sentence:
    """A message as words; positions in it count words."""

    text: str
    words: Sequence[Word]
    norms: Sequence[str]

    @classmethod
    def of(cls, text: str) -> Sentence:
        """Return the message `text`, spelled right."""
        found = words(text)
        correct = lexicon().speller.correct
        return cls(text, found, [correct(word.norm) for word in found])

    @cached_property
    def hits(self) -> list[Hit]:
        """Every phrase of the lexicon in the message."""
        return lexicon().find(self.norms)

    @cached_property
    def shouted(self) -> bool:
        """Whether capitals mean nothing, because there are hardly any others."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return sum(letter.isupper() for letter in letters) > 0.7 * len(letters)

    def at(self, position: int) -> str:
        """Return the word at `position`, or an empty string outside the message."""
        return self.norms[position] if 0 <= position < len(self.norms) else ""

    def before(self, position: int, count: int = 6) -> str:
        """Return up to `count` words before `position`, joined."""
        return " ".join(self.norms[max(0, position - count) : position])

    def after(self, position: int, count: int = 6) -> str:
        """Return up to `count` words from `position` on, joined."""
        return " ".join(self.norms[position : position + count])

    def is_all(self, start: int, end: int, fillers: frozenset[str] = FILLERS) -> bool:
        """Return whether the words from `start` to `end` are all that the message says."""
        rest = (*self.norms[:start], *self.norms[end:])
        return all(word in fillers or word in ENDS or not re.search(r"\w", word) for word in rest)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the words from `start` to `end` in the message."""
        return self.words[start].start, self.words[end - 1].end
