"""Build data/safety/en/classifier.npz and common.txt: `python scripts/build_safety_classifier.py`.

Learns from every line of scripts/safety_lines.py with a fixed seed: the same input gives the same weights. How the two
learned votes are fused, and from where on they count, is chosen with the shipped encoder on data/safety/calibration, from
which neither vote learns. scikit-learn is needed here, and only here.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from attune.safety.classifier import CLASSES, Classifier, ngrams  # noqa: E402  (the path is set above)
from attune.safety.detector import Detector, Evidence  # noqa: E402
from attune.safety.devset import CALIBRATION, Example, dev_lines, nlu_lines, written_lines  # noqa: E402
from attune.safety.generated import searches  # noqa: E402
from attune.safety.learned import Fusion, Learned, Thresholds  # noqa: E402
from attune.safety.meaning import Meaning  # noqa: E402
from attune.safety.tokens import END  # noqa: E402
from attune.safety.views import DATA  # noqa: E402
from scripts.safety_lines import lines, surroundings, with_copies  # noqa: E402

SEED = 7
STRENGTH = 6.0
FEWEST = 2
KEEP = 20000
# The largest share of ordinary lines, of lines that only look like a crisis and of long letters about real trouble that may
# be alarmed, and alarmed or asked. The alarms of the first two are four fifths of the bars of the safety specification (0.5
# and 3 %): lines on which nothing was chosen are alarmed a little more often. It names none for check-ins, which cost an
# ordinary visitor one line beside the answer, nor for letters: there no more than before they were counted.
MOST = {"ordinary": (0.004, 0.05), "hard": (0.024, 0.2), "letter": (0.13, 0.55)}
EXCESS = 100.0  # what a share above it costs
# Where each threshold may stand.
MAY_STAND = {
    "alarm": (0.5, 0.6, 0.7, 0.8, 0.9, 0.95),
    "alarm_other": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "sure": (0.95, 0.98),  # a calm letter of tests/safety is alarmed below
    "with_hit": (0.2, 0.4, 0.6),
    "doubt": (0.05, 0.1, 0.2, 0.3, 0.4),
    "doubt_explicit": (0.02, 0.05, 0.1, 0.2),
    "check_in": (0.02, 0.03, 0.05, 0.1, 0.15),
}


def main() -> None:
    """Choose, train and write both files."""
    every = lines()
    common = write_common([*dev_lines(), *nlu_lines(), *generated()])
    detector = Detector("en")
    ngram_model = train(detector, every)
    fusion, thresholds = choose(detector, ngram_model, list(written_lines(CALIBRATION)))
    target = DATA / "en" / "classifier.npz"
    with target.open("wb") as file:
        np.savez_compressed(
            file,
            features=np.frombuffer("\n".join(ngram_model.features).encode("utf-8"), dtype=np.uint8),
            weights=ngram_model.weights.astype(np.float16),
            bias=ngram_model.bias.astype(np.float32),
            fusion=np.array(astuple(fusion), np.float32),
            thresholds=np.array(astuple(thresholds), np.float32),
        )
    print(f"{len(every)} lines, {len(ngram_model.features)} features, {common} common words -> {target}")


def generated() -> list[Example]:
    """Return ordinary lines made from parts of searches."""
    return [Example("none", 0, "generated", text) for text in searches(1500, SEED)]


def choose(detector: Detector, ngram_model: Classifier, untaught: Sequence[Example]) -> tuple[Fusion, Thresholds]:
    """Return how the votes are fused and from where on they count, from lines that neither vote has seen."""
    learned = detector.learned = Learned(ngram_model, Meaning.load("en"), Fusion(), Thresholds())
    odds = np.array([learned.odds(detector.spelling.views(line.text)[0], line.text) for line in untaught])
    regression = LogisticRegression().fit(odds, [line.kind != "none" for line in untaught])
    learned.fusion = Fusion(*map(float, (*regression.coef_[0], regression.intercept_[0])))
    groups: dict[str, list[Evidence]] = {name: [] for name in ("crisis", *MOST)}
    for line in untaught:
        groups[group_of(line)].append(detector.weigh(detector.look(line.text), line.text))
    return learned.fusion, stood(detector, groups)


def group_of(line: Example) -> str:
    """Return which share a line counts in."""
    if line.kind != "none":
        return "crisis"
    group = line.family.partition(" ")[0]
    return group if group in MOST else "ordinary"


def stood(detector: Detector, groups: Mapping[str, Sequence[Evidence]]) -> Thresholds:
    """Return the thresholds that miss least within what `MOST` allows, found three by three, in two rounds.

    Among equals the lowest: passing doubt goes to help.
    """
    settled = {group: Counter(level for one in found if (level := _settled(one))) for group, found in groups.items()}
    unsettled = {group: [one for one in found if not _settled(one)] for group, found in groups.items()}

    def shares(group: str, thresholds: Thresholds) -> tuple[float, float]:
        detector.learned.thresholds = thresholds
        levels = settled[group] + Counter(detector.fuse(evidence).level for evidence in unsettled[group])
        return levels["alarm"] / levels.total(), (levels["alarm"] + levels["check_in"]) / levels.total()

    def worth(thresholds: Thresholds) -> float:
        false = [pair for group in MOST for pair in zip(shares(group, thresholds), MOST[group], strict=True)]
        return sum(shares("crisis", thresholds)) - EXCESS * sum(max(0.0, share - most) for share, most in false)

    chosen = Thresholds(**{name: places[-1] for name, places in MAY_STAND.items()})
    for names in [*combinations(MAY_STAND, 3)] * 2:
        places = product(*(MAY_STAND[name] for name in names))
        near = (replace(chosen, **dict(zip(names, found, strict=True))) for found in places)
        chosen = max(filter(_in_order, near), key=worth)
    for group, found in groups.items():
        alarmed, answered = shares(group, chosen)
        print(f"{group}: {len(found)} lines, {alarmed:.2%} alarmed, {answered:.2%} alarmed or asked")
    print(chosen)
    return chosen


def _in_order(place: Thresholds) -> bool:
    """Say whether what should take more does take more."""
    return place.sure >= max(place.alarm, place.alarm_other) and place.doubt >= place.doubt_explicit


def _settled(evidence: Evidence) -> str:
    """Return the level that a verdict has wherever the thresholds stand; nothing where it depends on them."""
    crisis = evidence.votes.worst.crisis
    if evidence.readings or min(MAY_STAND["check_in"]) <= crisis < max(MAY_STAND["sure"]):
        return ""
    return "none" if crisis < min(MAY_STAND["check_in"]) else "alarm"


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


def train(detector: Detector, taught: Sequence[Example]) -> Classifier:
    """Return the n-gram classifier of `taught` and all that is made from these lines."""
    examples = enlarged(taught)
    return learn([features(detector, example.text) for example in examples], examples)


def enlarged(taught: Sequence[Example]) -> list[Example]:
    """Return the lines, copies of some among other sentences and with slips, and generated searches."""
    return [*with_copies(taught, surroundings(taught, SEED + 1), random.Random(SEED)), *generated()]


def learn(sets: Sequence[set[str]], examples: Sequence[Example]) -> Classifier:
    """Return the n-gram classifier of lines given by their n-grams; only the strongest are kept."""
    counts = Counter(name for found in sets for name in found)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    names, weights, _ = fit(names, sets, examples)
    strongest = np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:KEEP]
    names, weights, bias = fit(sorted(names[row] for row in strongest), sets, examples)
    halved = weights.astype(np.float16).astype(np.float32)  # as the file keeps them
    return Classifier({name: row for row, name in enumerate(names)}, halved, bias.astype(np.float32))


def features(detector: Detector, text: str) -> set[str]:
    """Return the n-grams of a line as the classifier sees them."""
    view = detector.spelling.views(text)[0]
    return set(ngrams([token.word for token in view.tokens if token.word != END]))


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
