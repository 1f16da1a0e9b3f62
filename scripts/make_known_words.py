"""Write data/vocabulary/known_words.txt: ``python -m scripts.make_known_words``.

The speller changes a word that it does not know into a search word that is nearly the same. It must know those English
words and names that merely look alike (drama, trauma; heating, eating). They come from the word list of the
sentence encoder (BERT's, Apache-2.0); only those near one of our words are kept.
"""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from attune.encoder.source import model_folder
from attune.model.vocabulary import VOCABULARY
from attune.text import spelling
from attune.text.spelling import LONG, SHORTEST

TARGET = VOCABULARY / "known_words.txt"


def main() -> None:
    """Write the words, one a line."""
    TARGET.touch()
    from attune.text.lexicon import lexicon

    everything = (model_folder() / "vocab.txt").read_text(encoding="utf-8").split()
    english = {word for word in everything if word.isascii() and word.isalpha() and len(word) >= SHORTEST}
    ours = {word for words in lexicon().speller._targets.values() for word in words}
    near = sorted(word for word in english - ours if _near(word, lexicon().speller))
    TARGET.write_text("\n".join(near) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(near)} words")


def _near(word: str, speller: spelling.Speller) -> bool:
    limit = 2 if len(word) >= LONG else 1
    targets = speller._targets.get(word[0], ())
    return process.extractOne(word, targets, scorer=OSA.distance, score_cutoff=limit) is not None


if __name__ == "__main__":
    main()
