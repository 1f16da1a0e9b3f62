"""Proof that quoted spans stand in their sources, and that our own words do not repeat them.

The source texts are not ours to publish, so two lists of digests stand in for them: `content/evidence.sha256`
(each span that was found in its source) and `content/shingles.txt` (every run of eight words of both articles).
`attune content lock` writes both where the texts are at hand.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from attune.knowledge.model import Passage, Source

RUN = 8
LOCK, SHINGLES = "evidence.sha256", "shingles.txt"
FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the words of a text: lower case, straight apostrophes, no punctuation."""
    return WORD.findall(unicodedata.normalize("NFKC", text.translate(FOLD)).casefold())


def digest(source: str, span: str) -> str:
    """Return the SHA-256 under which a span of a source is remembered."""
    return hashlib.sha256(f"{source}:{' '.join(words(span))}".encode()).hexdigest()


def runs(text: str, length: int = RUN) -> Iterator[str]:
    """Yield every run of `length` words."""
    listed = words(text)
    return (" ".join(listed[start : start + length]) for start in range(len(listed) - length + 1))


def shingle(run: str) -> str:
    """Return the short digest of a run of words: 64 bits are plenty for a few thousand runs."""
    return hashlib.sha256(run.encode()).hexdigest()[:16]


def stands_in(span: str, text: str) -> bool:
    """Return whether a span occurs in a text, word for word."""
    return f" {' '.join(words(span))} " in f" {' '.join(words(text))} "


def source_texts(sources: Iterable[Source], folder: Path | None) -> dict[str, str]:
    """Return the texts that lie in `folder`, by the id of their source."""
    named = ((source.id, folder / source.text) for source in sources if folder and source.text)
    return {id_: path.read_text(encoding="utf-8") for id_, path in named if path.is_file()}


def read_list(path: Path) -> frozenset[str]:
    """Return the digests of a list, empty where there is no such file."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))


def lock_text(passages: Iterable[Passage]) -> str:
    """Return the content of evidence.sha256 for spans that were found in their sources."""
    lines = sorted({f"{digest(passage.source, passage.span)}  {passage.source}" for passage in passages if passage.span})
    return "# Spans found in their sources; written by `attune content lock`, never by hand.\n" + "\n".join(lines) + "\n"


def shingles_text(texts: Iterable[str]) -> str:
    """Return the content of shingles.txt for the texts of the sources."""
    lines = sorted({shingle(run) for text in texts for run in runs(text)})
    head = f"# Every run of {RUN} words of the two articles, hashed; written by `attune content lock`, never by hand.\n"
    return head + "\n".join(lines) + "\n"
