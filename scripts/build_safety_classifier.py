"""Build data/safety/en/classifier.npz and common.txt: `python scripts/build_safety_classifier.py`.

Trains on data/safety/dev and on lines made from the vocabulary of searches, with a fixed seed: the same input
gives the same weights. scikit-learn is needed here, and only here.
"""

from __future__ import annotations

import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from attune.safety.classifier import CLASSES, ngrams  # noqa: E402  (the path is set above)
from attune.safety.detector import Detector  # noqa: E402
from attune.safety.devset import Example, dev_lines, nlu_lines, written_lines  # noqa: E402
from attune.safety.generated import searches  # noqa: E402
from attune.safety.tokens import END  # noqa: E402
from attune.safety.views import DATA  # noqa: E402

SEED = 7
STRENGTH = 6.0
FEWEST = 2
KEEP = 20000
AMBIGUOUS = {"report_misconduct"}  # some of these are assaults as well: the patterns decide
# The share of held-out ordinary lines that the classifier alone may alarm, and ask about; five folds choose the thresholds.
ALARMS, CHECK_INS, WITH_HIT = 0.002, 0.012, 0.02
# The same for lines that only look like a crisis: idioms, grief, a past that is past, professionals.
HARD_ALARMS, HARD_CHECK_INS, HARD_WITH_HIT = 0.02, 0.1, 0.15
FOLDS = 5


def main() -> None:
    """Train and write both files."""
    examples = [*training(), *(Example("none", 0, "generated", text) for text in searches(1500, SEED))]
    common = write_common([*dev_lines(), *nlu_lines(), *(one for one in examples if one.family == "generated")])
    detector = Detector("en")
    sets = [features(detector, example.text) for example in examples]
    thresholds = choose(sets, examples)
    names, weights, bias = train(sets, examples)
    target = DATA / "en" / "classifier.npz"
    with target.open("wb") as file:
        np.savez_compressed(
            file,
            features=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
            weights=weights.astype(np.float16),
            bias=bias.astype(np.float32),
            thresholds=np.array(thresholds, np.float32),
        )
    print(f"{len(examples)} lines, {len(names)} features, {common} common words -> {target} ({target.stat().st_size} bytes)")


def training() -> list[Example]:
    """Return the development lines with copies in which a search surrounds the crisis, and ordinary slips."""
    rng = random.Random(SEED)
    around = searches(400, SEED + 1)
    lines = [line for line in (*written_lines(), *dev_lines(), *nlu_lines()) if line.tier != 4 and line.family not in AMBIGUOUS]
    mixed = []
    for line in lines:
        if line.kind != "none" and rng.random() < 0.35:
            request = rng.choice(around)
            text = f"{request}. {line.text}" if rng.random() < 0.5 else f"{line.text}. {request}"
            mixed.append(Example(line.kind, line.tier, line.family, text))
        if rng.random() < 0.3:
            mixed.append(Example(line.kind, line.tier, line.family, slip(line.text, rng)))
    return lines + mixed


def slip(text: str, rng: random.Random) -> str:
    """Return `text` with one slip of the finger."""
    at = rng.randrange(max(1, len(text) - 1))
    return rng.choice((text[:at] + text[at + 1 :], text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]))


def write_common(examples: Iterable[Example]) -> int:
    """Write the words of ordinary talk, which spelling repair must leave alone."""
    plain = Detector("en").spelling
    words = Counter(
        token.word
        for example in examples if example.kind == "none"
        for token in plain.views(example.text)[-1].tokens if token.word.isalpha() and len(token.word) > 3
    )  # fmt: skip
    words = Counter({word: count for word, count in words.items() if count > 1 or len(word) < 6})
    (DATA / "en" / "common.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    return len(words)


def features(detector: Detector, text: str) -> set[str]:
    """Return the n-grams of a line as the classifier sees them."""
    view = detector.spelling.views(text)[0]
    return set(ngrams([token.word for token in view.tokens if token.word != END]))


def choose(sets: Sequence[set[str]], examples: Sequence[Example]) -> tuple[float, float, float]:
    """Return the three thresholds from held-out folds; a line and its copies stay in one fold by their family and text."""
    fold = [zlib.crc32(example.text[:12].lower().encode()) % FOLDS for example in examples]
    scores = np.zeros(len(examples))
    for out in range(FOLDS):
        inside = [at for at in range(len(examples)) if fold[at] != out]
        outside = [at for at in range(len(examples)) if fold[at] == out]
        names, weights, bias = train([sets[at] for at in inside], [examples[at] for at in inside])
        rows = {name: row for row, name in enumerate(names)}
        for at in outside:
            known = [rows[name] for name in sets[at] if name in rows]
            raw = bias + weights[known].sum(axis=0) / max(1.0, len(known)) ** 0.5
            powers = np.exp(raw - raw.max())
            scores[at] = 1.0 - powers[0] / powers.sum()
    safe = [
        (s, e.family.startswith("hard "))
        for s, e in zip(scores, examples, strict=True)
        if e.kind == "none" and e.family != "generated"
    ]
    ordinary, hard = (np.sort([score for score, is_hard in safe if is_hard is wanted]) for wanted in (False, True))
    crisis = np.array([s for s, e in zip(scores, examples, strict=True) if e.kind != "none"])
    shares = zip((ALARMS, CHECK_INS, WITH_HIT), (HARD_ALARMS, HARD_CHECK_INS, HARD_WITH_HIT), strict=True)
    found = tuple(max(_above(ordinary, share), _above(hard, share_of_hard)) for share, share_of_hard in shares)
    for name, value in zip(("high", "middle", "with hit"), found, strict=True):
        print(f"{name}: {value:.3f}; recall of the classifier alone on held-out crisis lines {np.mean(crisis >= value):.3f}")
    return found  # type: ignore[return-value]


def _above(scores: np.ndarray, share: float) -> float:
    """Return the score that only `share` of the sorted scores exceed."""
    return float(scores[min(len(scores) - 1, int(len(scores) * (1 - share)))])


def train(sets: Sequence[set[str]], examples: Sequence[Example]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return feature names, weights (one row a feature) and bias."""
    counts = Counter(name for found in sets for name in found)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    names, weights, _ = fit(names, sets, examples)
    strongest = np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:KEEP]
    return fit(sorted(names[row] for row in strongest), sets, examples)


def fit(names: list[str], sets: Sequence[set[str]], examples: Sequence[Example]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Fit the regression on the given features."""
    rows = {name: row for row, name in enumerate(names)}
    matrix = sparse.lil_matrix((len(sets), len(names)), dtype=np.float32)
    for line, found in enumerate(sets):
        known = [rows[name] for name in found if name in rows]
        if known:
            matrix[line, known] = 1.0 / max(1.0, len(known)) ** 0.5
    labels = [CLASSES.index(example.kind) for example in examples]
    model = LogisticRegression(C=STRENGTH, max_iter=400, random_state=SEED)
    model.fit(matrix.tocsr(), labels)
    weights = np.zeros((len(names), len(CLASSES)))
    bias = np.zeros(len(CLASSES))
    for row, label in enumerate(model.classes_):
        weights[:, label] = model.coef_[row]
        bias[label] = model.intercept_[row]
    return names, weights, bias


if __name__ == "__main__":
    main()
