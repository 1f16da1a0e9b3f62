"""What is wrong with the content, said with file, line, entry and a fix."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 20


class ContentError(ValueError):
    """The content cannot be used as it stands; each line of the message names file, line, entry and fix."""

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        rest = len(self.problems) - SHOWN
        super().__init__("\n".join(self.problems[:SHOWN]) + (f"\n... and {rest} more" if rest > 0 else ""))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "..."?` for the nearest known word, or an empty string."""
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""
