"""Words of a folded message with their places, sentence ends as `.` tokens, contractions opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from attune.safety.fold import Char

END = "."
# A word may hold censor marks between its letters; each alternative is linear in the length of the text.
WORD = re.compile(r"[@$]?[a-z0-9']+(?:[@$*#!_]{1,4}[a-z0-9']+)*\*?|[.?!;:\n]|,|\"|[(){}\[\]]")
BREAKS = frozenset(".?!;:\n(){}[]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as the patterns see it.

    Attributes:
        word: Folded and opened form; `.` where a sentence or clause ends.
        start: Where it begins in the raw text.
        end: Where it ends in the raw text.
        comma: A comma stands before it.
        quoted: It stands between quotation marks.
    """

    word: str
    start: int
    end: int
    comma: bool = False
    quoted: bool = False


def tokenise(chars: Sequence[Char]) -> list[Token]:
    """Split folded characters into tokens; punctuation inside a word ("k.i.l.l", "9.30") is no sentence end."""
    text = "".join(char.char for char in chars)
    paired = text.count('"') % 2 == 0
    tokens: list[Token] = []
    quoted = comma = False
    for match in WORD.finditer(text):
        found, start, end = match.group(), match.start(), match.end()
        if found == '"':
            quoted = paired and not quoted
        elif found == ",":
            comma = True
        elif found in BREAKS:
            if not _inside_word(text, start) and tokens and tokens[-1].word != END:
                tokens.append(Token(END, chars[start].at, chars[start].at + 1))
        else:
            word = found.strip("'")
            if word:
                tokens.append(Token(word, chars[start].at, chars[end - 1].at + 1, comma, quoted))
                comma = False
    return tokens


def _inside_word(text: str, at: int) -> bool:
    """Say whether the mark at `at` joins two single letters or digits rather than ending a sentence."""
    if text[at] not in ".:!" or at == 0 or at + 1 >= len(text):
        return False
    alone_before = at < 2 or not text[at - 2].isalnum()
    return text[at - 1].isalnum() and text[at + 1].isalnum() and alone_before


def opened(
    tokens: Iterable[Token], expand: Mapping[str, Sequence[str]], before: Mapping[tuple[str, str], Sequence[str]]
) -> list[Token]:
    """Open contractions and shorthand; every word that comes out keeps the place of the word it came from.

    Args:
        tokens: As `tokenise` gives them.
        expand: Word to words, spelled without apostrophes ("dont": ["do", "not"]).
        before: A word and the word that follows it to what it then means ("ill", "do": ["i", "will"]).
    """
    source = list(tokens)
    result: list[Token] = []
    for index, token in enumerate(source):
        following = source[index + 1].word if index + 1 < len(source) else ""
        words = before.get((token.word, following)) or _open(token.word, expand)
        for position, word in enumerate(words):
            comma = token.comma and position == 0
            result.append(Token(word, token.start, token.end, comma, token.quoted))
    return result


def _open(word: str, expand: Mapping[str, Sequence[str]]) -> Sequence[str]:
    bare = word.replace("'", "")
    if "'" in word:
        head, _, tail = word.rpartition("'")
        if tail in SUFFIXES and head not in IRREGULAR:
            return [opened for part in _suffix(head, tail) for opened in expand.get(part, (part,))]
    if bare in expand:
        return expand[bare]
    return (bare,)


SUFFIXES = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "is", "t": "not"}
IRREGULAR = frozenset({"can", "won", "shan", "ain", "y", "o"})
PRONOUNS = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "that",
        "this",
        "there",
        "what",
        "who",
        "where",
        "here",
        "how",
        "they",
        "we",
        "you",
        "one",
        "everyone",
        "everybody",
    ]
)


def _suffix(head: str, tail: str) -> Sequence[str]:
    """Open `head'tail`: "he's" is "he is", "mother's" stays "mother", "don't" is "do not"."""
    head = head.replace("'", "")
    if tail == "t":
        return (head.removesuffix("n"), "not") if head.endswith("n") else (head + "t",)
    if tail == "s" and head not in PRONOUNS:
        return (head,)
    return (head, SUFFIXES[tail])
