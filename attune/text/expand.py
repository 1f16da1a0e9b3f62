"""The small language of data/vocabulary/phrases: `(a|b)`, `[x]` for something that may be missing, `&list`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


class PhraseError(ValueError):
    """A phrase cannot be read; the message quotes it."""


def expand(phrase: str, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield every plain phrase that `phrase` stands for.

    Raises:
        PhraseError: When a bracket is not closed or a list is unknown.
    """
    alternatives, rest = _alternatives(phrase, 0, "", lists)
    if rest != len(phrase):
        raise PhraseError(f"a bracket too many in phrase `{phrase}`")
    yield from dict.fromkeys(" ".join(text.split()) for text in alternatives)


def _alternatives(phrase: str, at: int, closing: str, lists: Mapping[str, Sequence[str]]) -> tuple[list[str], int]:
    """Read up to `closing`; return what it can be, and where it ended."""
    done: list[str] = []
    current = [""]
    while at < len(phrase) and phrase[at] != closing:
        letter = phrase[at]
        if letter in "([":
            inner, at = _alternatives(phrase, at + 1, ")" if letter == "(" else "]", lists)
            current = [left + right for left in current for right in (inner if letter == "(" else ["", *inner])]
        elif letter == "|":
            done, current = done + current, [""]
        elif letter == "&":
            end = at + 1
            while end < len(phrase) and (phrase[end].isalpha() or phrase[end] == "_"):
                end += 1
            current, at = [left + right for left in current for right in _listed(phrase, at + 1, end, lists)], end - 1
        elif letter in ")]":
            break
        else:
            current = [left + letter for left in current]
        at += 1
    if closing and (at >= len(phrase) or phrase[at] != closing):
        raise PhraseError(f"a bracket is not closed in phrase `{phrase}`")
    return done + current, at


def _listed(phrase: str, start: int, end: int, lists: Mapping[str, Sequence[str]]) -> Sequence[str]:
    name = phrase[start:end]
    if name not in lists:
        raise PhraseError(f"phrase `{phrase}` names the list `{name}`; words.yml has {', '.join(sorted(lists))}")
    return lists[name]
