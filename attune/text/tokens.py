"""Cut a message into words that can be compared: lower case, no accents, one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import spacy
import yaml
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex

from attune.model.vocabulary import VOCABULARY

#: A message of a search is short; of a pasted book the beginning is enough.
MAX_CHARACTERS = 4000
PUNCTUATION = frozenset(",;.!?()/:$%#<>~\n-≤")
NUMBER = re.compile(r"\$?\d[\dx]*")
#: The full stop behind them ends no sentence: "st. albert".
SHORTENED = frozenset({"st", "ste", "mt", "ft"})
_CURLY = str.maketrans("’‘`´“”–—‑‐", "''''\"\"----")
_EDGES = "'\"*_[]{}|^`´+=-.…"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark: `norm` is for comparing, `start` and `end` point into the message."""

    norm: str
    start: int
    end: int
    raw: str

    @property
    def capitalised(self) -> bool:
        """Return whether the first letter is a capital."""
        return self.raw[:1].isupper()


@cache
def _nlp() -> Language:
    nlp = spacy.blank("en")
    infixes = [
        *(nlp.Defaults.infixes or []),
        r"(?<=[0-9a-z])[/+](?=[0-9a-z$])",
        r"(?<=[0-9])\$",
        r"(?<=[0-9])-(?=\$)",
        r"(?<=[a-z])\$(?=\d)",
    ]
    prefixes = [*(nlp.Defaults.prefixes or []), "~", "<", "≤"]
    nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


@cache
def word_lists() -> Mapping[str, tuple[str, ...]]:
    """Return the word lists that phrases name with "&"."""
    data = yaml.safe_load((VOCABULARY / "phrases" / "words.yml").read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in data.items() if name != "same"}


@cache
def _same() -> Mapping[str, str]:
    data = yaml.safe_load((VOCABULARY / "phrases" / "words.yml").read_text(encoding="utf-8"))
    return {other: word for word, others in data["same"].items() for other in others}


def fold(text: str) -> str:
    """Return `text` in lower case without accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def words(text: str) -> list[Word]:
    """Return the words and marks of a message in order."""
    plain = text[:MAX_CHARACTERS].translate(_CURLY)
    found: list[Word] = []
    for token in _nlp().make_doc(plain):
        norm = _norm(token.norm_, plain, token.idx)
        if norm == "." and found and found[-1].norm in SHORTENED and found[-1].end == token.idx:
            continue
        if norm:
            found.append(Word(norm, token.idx, token.idx + len(token.text), text[token.idx : token.idx + len(token.text)]))
    return found


def _norm(norm: str, text: str, start: int) -> str:
    if norm.isspace():
        return "\n" if "\n" in norm else ""
    if norm == "-":
        return _dash(text, start)
    if norm in PUNCTUATION:
        return norm
    norm = fold(norm)
    norm = _same().get(norm, norm)
    bare = norm.strip(_EDGES).replace(".", "") if not norm.replace(".", "").isdigit() else norm.strip(".")
    return bare.replace("'", "")


def _dash(text: str, at: int) -> str:
    """Keep a dash between numbers (a range) and one that stands alone (a pause), not the one inside a word."""
    before, after = text[:at].rstrip(), text[at + 1 :].lstrip()
    if (before[-1:].isdigit() and (after[:1].isdigit() or after[:1] == "$")) or (before[-1:] == "$" and after[:1].isdigit()):
        return "-"
    alone = text[at - 1 : at].isspace() or text[at + 1 : at + 2].isspace()
    return "," if alone else ""
